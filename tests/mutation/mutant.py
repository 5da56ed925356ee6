"""What a mutant is: one change to one place of one file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    NOT_COVERED = "not covered"
    DOES_NOT_COMPILE = "does not compile"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, order=True)
class Mutant:
    """The bytes from `start` to `end` of `file`, replaced by `new`.

    `line` and `column` begin with 1 and say where the bytes begin; `last_line` is where they end.
    `text` is the line without its indentation, which with `mutation` stands for the mutant in
    equivalent.json; `occurrence` counts, from 1, those of a file in which both are the same.
    """

    file: str
    start: int
    end: int
    new: str
    kind: str
    old: str
    line: int
    column: int
    last_line: int
    text: str
    occurrence: int = 1

    @property
    def mutation(self) -> str:
        """`old -> new` on one line; what is taken away becomes `(nothing)`."""
        return f"{one_line(self.old)} -> {one_line(self.new) or '(nothing)'}"

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def applied_to(self, content: bytes) -> bytes:
        return content[: self.start] + self.new.encode() + content[self.end :]


def one_line(text: str) -> str:
    """The text with all its white space as single spaces."""
    return " ".join(text.split())
