"""The list of mutants that no test can kill, because they do the same: equivalent.json.

Each entry has `file`, `line` (the text of the line without its indentation), `mutation` (as
printed, `old -> new`) and `why`; and `occurrence` where several lines of the file and their
mutations read the same, counted from 1. Numbers of lines are not in it, so that it lasts.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from mutant import Mutant

NEEDED = ("file", "line", "mutation", "why")


@dataclass(frozen=True)
class Entry:
    file: str
    line: str
    mutation: str
    why: str
    occurrence: int = 1

    def matches(self, mutant: Mutant) -> bool:
        return (self.file, self.line, self.mutation, self.occurrence) == (
            mutant.file,
            mutant.text,
            mutant.mutation,
            mutant.occurrence,
        )

    def __str__(self) -> str:
        return f"{self.file}: {self.mutation}  in  {self.line}"


def read_entries(path: Path) -> list[Entry]:
    if not path.is_file():
        return []
    entries = []
    for number, raw in enumerate(json.loads(path.read_text()), 1):
        missing = [name for name in NEEDED if not raw.get(name)]
        if missing:
            sys.exit(f"mutate: entry {number} of {path.name} lacks {', '.join(missing)}")
        entries.append(Entry(**raw))
    return entries


def stale_entries(
    entries: list[Entry], files: list[str], mutants: list[Mutant], root: Path
) -> list[Entry]:
    """Those that match no mutant of these files, and those about files that are gone."""
    return [
        entry
        for entry in entries
        if (entry.file in files or not (root / entry.file).is_file())
        and not any(entry.matches(mutant) for mutant in mutants)
    ]


def is_equivalent(entries: list[Entry], mutant: Mutant) -> bool:
    return any(entry.matches(mutant) for entry in entries)
