"""What becomes of each mutant: built, run against the tests that reach it, and taken back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from build import Build, Program
from coverage import Covered
from mutant import Mutant, Verdict
from programs import NOT_COUNTING, run_cases
from tree import Tree


@dataclass(frozen=True)
class Judged:
    """A mutant's verdict; `by` names what killed it."""

    mutant: Mutant
    verdict: Verdict
    by: str = ""
    seconds: float = 0.0


class Judge:
    """Tries mutants in the copy of the project, with the tests that reach them."""

    def __init__(self, tree: Tree, build: Build, covered: list[Covered]) -> None:
        self._tree = tree
        self._build = build
        self._covered = covered

    def judge(self, mutants: list[Mutant], tell: Callable[[Judged], None]) -> list[Judged]:
        """The verdict on each mutant of one file, which is as before at the end."""
        judged = []
        original = (self._tree.root / mutants[0].file).read_bytes() if mutants else b""
        try:
            for mutant in mutants:
                begun = time.monotonic()
                verdict, by = self._verdict(mutant, original)
                judged.append(Judged(mutant, verdict, by, time.monotonic() - begun))
                tell(judged[-1])
        finally:
            if mutants:
                self._tree.write(mutants[0].file, original)
        return judged

    def _verdict(self, mutant: Mutant, original: bytes) -> tuple[Verdict, str]:
        reaching = [(covered, covered.cases_for(mutant)) for covered in self._covered]
        reaching = [(covered, cases) for covered, cases in reaching if cases]
        if not reaching:
            return Verdict.NOT_COVERED, ""
        self._tree.write(mutant.file, mutant.applied_to(original))
        for covered, cases in sorted(reaching, key=lambda found: cost(mutant, *found)):
            if not self._build.build(covered.program.name):
                return Verdict.DOES_NOT_COMPILE, ""
            killer = killer_among(covered, cases)
            if killer:
                return Verdict.KILLED, f"{covered.program.name}: {killer}"
        return Verdict.SURVIVED, ""


def cost(mutant: Mutant, covered: Covered, cases: list[str]) -> tuple[bool, float]:
    """The unit tests of the file's own folder come first, then what takes the least time."""
    return (not is_own_room(mutant, covered.program), sum(covered.seconds[name] for name in cases))


def is_own_room(mutant: Mutant, program: Program) -> bool:
    return PurePosixPath(mutant.file).parent.name == PurePosixPath(program.folder).name


def killer_among(covered: Covered, cases: list[str]) -> str:
    """The case that fails with the mutant, and fails again by itself; or the one that hangs."""
    run = run_cases(covered.program.path, NOT_COUNTING, cases, covered.seconds)
    while not run.passed:
        name = run.last or "the program"
        if run.hung:
            return f"{name} (time-out)"
        failed = [case for case in run.failed if case in cases]
        if not failed:
            return f"{name} (crash)"
        again = run_cases(covered.program.path, NOT_COUNTING, failed[:1], covered.seconds)
        if not again.passed:
            return failed[0]
        # It passes now: a test that depends on the time of day is no proof. The rest goes on.
        cases = [case for case in cases if case not in failed]
        if not cases:
            return ""
        run = run_cases(covered.program.path, NOT_COUNTING, cases, covered.seconds)
    return ""
