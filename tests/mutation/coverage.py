"""Which test programs, and which of their cases, run which lines: gcov's counters."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from build import Build, Program, jobs
from mutant import Mutant
from programs import Run, run_cases

# Of longer programs a mutant meets only the cases that run its lines.
SECONDS_TO_ASK_EACH_CASE = 3.0


@dataclass
class Lines:
    """Of one file: lines that have code, those of them that ran, and where functions stand."""

    code: set[int] = field(default_factory=set)
    ran: set[int] = field(default_factory=set)
    functions: set[tuple[int, int]] = field(default_factory=set)

    def add(self, other: Lines) -> None:
        self.code |= other.code
        self.ran |= other.ran
        self.functions |= other.functions

    def lines_of(self, mutant: Mutant) -> set[int] | None:
        """Lines whose counters tell whether the mutant was reached; None if none tells."""
        own = self.code & set(range(mutant.line, mutant.last_line + 1))
        if own:
            return own
        around = [
            (first, last) for first, last in self.functions if first <= mutant.line <= last
        ]
        if not around:
            return None
        first = max(around)[0]
        before = [line for line in self.code if first <= line <= mutant.line]
        return {max(before)} if before else None

    def reach(self, mutant: Mutant) -> bool:
        """Whether what ran has reached the mutant; a table is reached with any line of its file."""
        lines = self.lines_of(mutant)
        return bool(self.ran if lines is None else self.ran & lines)


@dataclass
class Covered:
    """What a program runs: its cases with their seconds, their lines, and those of each case."""

    program: Program
    seconds: dict[str, float]
    lines: dict[str, Lines]
    cases: dict[str, dict[str, Lines]] = field(default_factory=dict)

    def cases_for(self, mutant: Mutant) -> list[str]:
        """The cases that reach the mutant; all, where only the whole program was asked."""
        if mutant.file not in self.lines or not self.lines[mutant.file].reach(mutant):
            return []
        if not self.cases:
            return list(self.seconds)
        known = self.lines[mutant.file]
        return [name for name, lines in self.cases.items() if reached(lines, mutant, known)]


def reached(lines: dict[str, Lines], mutant: Mutant, known: Lines) -> bool:
    """As `Lines.reach`, for one case: the whole program knows best which lines have code."""
    if mutant.file not in lines:
        return False
    return Lines(known.code, lines[mutant.file].ran, known.functions).reach(mutant)


class Coverage:
    """Collects it in `scratch` for `files`, named as in mutants."""

    def __init__(
        self, build: Build, root: Path, files: list[str], scratch: Path, say: Callable[[str], None]
    ) -> None:
        self._files = {str(root / file): file for file in files}
        self._objects = {compiled for file in files for compiled in build.objects(root / file)}
        self._scratch = scratch
        self._say = say

    def collect(self, programs: list[Program]) -> list[Covered]:
        found = []
        for program in programs:
            run, lines = self._counted(program, None)
            cases = {name: time for name, time in run.seconds.items() if name not in run.failed}
            if run.failed or not run.seconds:
                self._say(
                    f"{program.name}: left out, as without a mutant they fail here: "
                    + (" ".join(run.failed) or "all of its cases")
                )
            covered = Covered(program, cases, {f: l for f, l in lines.items() if l.ran})
            if covered.lines and run.total > SECONDS_TO_ASK_EACH_CASE:
                self._ask_each_case(covered)
            if covered.lines and covered.seconds:
                found.append(covered)
        return found

    def _ask_each_case(self, covered: Covered) -> None:
        """Each case by itself; one that fails alone is left out, as it would kill every mutant."""
        names = list(covered.seconds)
        self._say(f"{covered.program.name}: asking each of its {len(names)} cases")
        with ThreadPoolExecutor(jobs()) as pool:
            answers = list(pool.map(lambda name: self._counted(covered.program, [name]), names))
        for name, (run, lines) in zip(names, answers):
            if run.passed:
                covered.cases[name] = {file: found for file, found in lines.items() if found.ran}
            else:
                self._say(f"{covered.program.name}: left out, as it fails alone: {name}")
                del covered.seconds[name]

    def _counted(self, program: Program, cases: list[str] | None) -> tuple[Run, dict[str, Lines]]:
        folder = Path(tempfile.mkdtemp(dir=self._scratch))
        try:
            environment = {"GCOV_PREFIX": str(folder), "GCOV_ERROR_FILE": "/dev/null"}
            run = run_cases(program.path, environment, cases, until_failure=False)
            return run, self._read(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _read(self, folder: Path) -> dict[str, Lines]:
        """gcov's report on the counters that a run has left in `folder`."""
        counters = []
        for compiled in self._objects:
            counted = folder / compiled.with_suffix(".gcda").relative_to("/")
            if counted.is_file():
                counted.with_suffix(".gcno").symlink_to(compiled.with_suffix(".gcno"))
                counters.append(str(counted))
        found = {file: Lines() for file in self._files.values()}
        if counters:
            reported = subprocess.run(
                ["gcov", "--json-format", "--stdout", *counters],
                cwd=folder,
                capture_output=True,
                text=True,
            ).stdout
            for report in reported.splitlines():
                for path, lines in lines_in(json.loads(report)):
                    if path in self._files:
                        found[self._files[path]].add(lines)
        return found


def lines_in(report: dict) -> Iterator[tuple[str, Lines]]:
    """Each file of one of gcov's reports, by its full path."""
    for file in report["files"]:
        yield (
            str(Path(report["current_working_directory"], file["file"])),
            Lines(
                {line["line_number"] for line in file["lines"]},
                {line["line_number"] for line in file["lines"] if line["count"]},
                {(function["start_line"], function["end_line"]) for function in file["functions"]},
            ),
        )
