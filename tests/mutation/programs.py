"""Runs GoogleTest programs: which cases fail, how long each takes, and when one hangs."""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

# What a case may take in all: so many times what it takes by itself, and some seconds.
TIMES_OF_NORMAL = 4
SECONDS_BEYOND = 4.0
# For a run that tells how long each case takes.
FIRST_RUN_LIMIT = 1800.0
POLL_SECONDS = 0.2
# Of a mutant that asks for memory without end.
MEMORY_LIMIT = 8 << 30
# Counters of a mutant's lines are nobody's business.
NOT_COUNTING = {"GCOV_PREFIX": "/dev/null/none", "GCOV_ERROR_FILE": "/dev/null"}


@dataclass
class Run:
    """One run of a program: its failed cases, and the seconds that each case took."""

    passed: bool
    hung: bool = False
    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    # The case that was running at the end, where there was one.
    last: str | None = None

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def case_limit(normal: float) -> float:
    return TIMES_OF_NORMAL * normal + SECONDS_BEYOND


def run_cases(
    program: Path,
    environment: dict[str, str],
    cases: list[str] | None = None,
    normal: dict[str, float] | None = None,
    until_failure: bool = True,
) -> Run:
    """Runs `cases`, or all. With `normal`, the seconds of each, a case that hangs ends the run."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        arguments = [str(program), f"--gtest_output=json:{report}", "--gtest_color=no"]
        if until_failure:
            arguments.append("--gtest_fail_fast")
        if cases is not None:
            flags = Path(folder, "flags")
            flags.write_text("--gtest_filter=" + ":".join(cases) + "\n")
            arguments.append(f"--gtest_flagfile={flags}")
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=limit_resources,
        )
        try:
            run = watch(process, normal)
        finally:
            kill_group(process)
        if not run.hung:
            read_report(report, run)
        return run


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def watch(process: subprocess.Popen, normal: dict[str, float] | None) -> Run:
    """Follows the program's output to its end, or to the case that takes too long."""
    assert process.stdout is not None
    run = Run(passed=False)
    longest = max(normal.values(), default=0.0) if normal else 0.0
    deadline = time.monotonic() + (FIRST_RUN_LIMIT if normal is None else case_limit(longest))
    text = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while time.monotonic() < deadline:
            if not selector.select(POLL_SECONDS):
                # A process that it has left behind may hold the output open.
                if process.poll() is not None:
                    break
                continue
            piece = os.read(process.stdout.fileno(), 1 << 16)
            if not piece:
                break
            *lines, text = (text + piece).split(b"\n")
            for line in lines:
                if line.startswith(b"[ RUN      ] "):
                    run.last = line[13:].decode().strip()
                    if normal is not None:
                        expected = normal.get(run.last, longest)
                        deadline = time.monotonic() + case_limit(expected)
    try:
        run.passed = process.wait(max(0.0, deadline - time.monotonic())) == 0
    except subprocess.TimeoutExpired:
        run.hung = True
    return run


def kill_group(process: subprocess.Popen) -> None:
    """The program, and whatever it has started and left."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def read_report(report: Path, run: Run) -> None:
    """What GoogleTest wrote down; nothing, if the program ended before its end."""
    if not report.is_file():
        run.failed = [run.last] if run.last else []
        return
    for suite in json.loads(report.read_text())["testsuites"]:
        for case in suite["testsuite"]:
            if case["status"] != "RUN" or case["result"] == "SUPPRESSED":
                continue
            name = f"{suite['name']}.{case['name']}"
            run.seconds[name] = float(case["time"].rstrip("s"))
            if case.get("failures"):
                run.failed.append(name)
