"""What is printed and written at the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from equivalent import Entry
from mutant import Verdict
from verdicts import Judged

COLUMNS = [
    Verdict.KILLED,
    Verdict.SURVIVED,
    Verdict.NOT_COVERED,
    Verdict.DOES_NOT_COMPILE,
    Verdict.EQUIVALENT,
]
LIVES = (Verdict.SURVIVED, Verdict.NOT_COVERED)


def score(judged: Iterable[Judged]) -> float | None:
    """Percent killed of those that can be; None if there are none."""
    counts = Counter(one.verdict for one in judged)
    able = counts[Verdict.KILLED] + sum(counts[verdict] for verdict in LIVES)
    return 100 * counts[Verdict.KILLED] / able if able else None


def survivor_text(judged: Judged) -> str:
    mutant = judged.mutant
    occurrence = f" (occurrence {mutant.occurrence})" if mutant.occurrence > 1 else ""
    return (
        f"{mutant.place}: {judged.verdict.value}: {mutant.mutation}{occurrence}\n    {mutant.text}"
    )


def table(judged: list[Judged]) -> str:
    """One row for each file, and one for all."""
    files = sorted({one.mutant.file for one in judged})
    rows = [["file", *(verdict.value for verdict in COLUMNS), "score"]]
    for file in files:
        rows.append(row(file, [one for one in judged if one.mutant.file == file]))
    if len(files) != 1:
        rows.append(row("all", judged))
    widths = [max(len(line[column]) for line in rows) for column in range(len(rows[0]))]
    rows.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
        )
        for line in rows
    )


def row(name: str, judged: list[Judged]) -> list[str]:
    counts = Counter(one.verdict for one in judged)
    reached = score(judged)
    shown = "none" if reached is None else f"{reached:.1f} %"
    return [name, *(str(counts[verdict]) for verdict in COLUMNS), shown]


def write_json(path: Path, judged: list[Judged], stale: list[Entry]) -> None:
    path.write_text(
        json.dumps(
            {
                "score": score(judged),
                "mutants": [
                    {
                        "file": one.mutant.file,
                        "line_number": one.mutant.line,
                        "column": one.mutant.column,
                        "line": one.mutant.text,
                        "mutation": one.mutant.mutation,
                        "occurrence": one.mutant.occurrence,
                        "kind": one.mutant.kind,
                        "verdict": one.verdict.value,
                        "by": one.by,
                        "seconds": round(one.seconds, 2),
                    }
                    for one in judged
                ],
                "stale": [vars(entry) for entry in stale],
            },
            indent=2,
        )
        + "\n"
    )
