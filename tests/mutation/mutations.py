"""All mutants of a file."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

from expressions import Change, expression_changes
from mutant import Mutant
from parsed_source import ParsedSource
from statements import statement_changes


def mutants_of(source: ParsedSource, root: Path) -> list[Mutant]:
    """In the order of the file, each change once; `root` is the folder of the project."""
    inside = [
        change
        for change in expression_changes(source, root)
        if not source.is_untouched(change.start, change.end)
    ]
    negated = {change.negates for change in inside if change.negates}
    around = [
        change
        for change in statement_changes(source, negated)
        # A condition may be a macro's use as a whole.
        if change.kind == "negation" or not source.is_untouched(change.start, change.end)
    ]
    unique = {(change.start, change.end, change.new): change for change in inside + around}
    file = source.path.relative_to(root).as_posix()
    mutants = sorted(to_mutant(source, file, change) for change in unique.values())
    return with_occurrences(mutants)


def to_mutant(source: ParsedSource, file: str, change: Change) -> Mutant:
    start, end, new = change.start, change.end, change.new
    if start == end:
        # Something is put in: shown with the token that it is put into.
        start = max(token.start for token in source.tokens if token.start < start)
        end = next(token.end for token in source.tokens if token.start == start)
        new = source.text(start, change.start) + new + source.text(change.end, end)
    line, column = source.position(start)
    return Mutant(
        file=file,
        start=start,
        end=end,
        new=new,
        kind=change.kind,
        old=source.text(start, end),
        line=line,
        column=column,
        last_line=source.position(max(start, end - 1))[0],
        text=source.line_text(line),
    )


def with_occurrences(mutants: list[Mutant]) -> list[Mutant]:
    """The same mutants, numbered where their lines and mutations read the same."""
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for mutant in mutants:
        key = (mutant.text, mutant.mutation)
        seen[key] += 1
        numbered.append(dataclasses.replace(mutant, occurrence=seen[key]))
    return numbered
