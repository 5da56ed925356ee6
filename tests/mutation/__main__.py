"""A mutation tester: `./run mutate [FILE...]`.

A mutant is the project with one small change: `<` for `<=`, a condition turned round, a statement
left out, another enumerator in a table. Tests that still pass with it do not test that place: the
mutant has survived. The score is the percentage that tests have killed, of all that compile and are
not known to be equivalent (equivalent.json).

It works in a copy of the project (build/mutate/tree) with a build of its own (build/mutate/build):

    options.py        the command line
    tree.py           the copy
    build.py          its build, and which test programs there are
    parsed_source.py  a file as libclang sees it
    expressions.py    mutations of operators, constants, enumerators and tables
    statements.py     mutations of conditions and statements
    mutations.py      both, as mutants (mutant.py)
    programs.py       runs a test program, and ends one that hangs
    coverage.py       which programs and cases run which lines
    verdicts.py       tries each mutant with the cases that reach it
    equivalent.py     the list of those that stay
    report.py         the table

A mutant is rebuilt for one test program after the other, that of its own folder's unit tests first,
until a case fails; only cases that run the line are run. A case that takes much longer than without
the mutant counts as failed. A case that fails is run once more by itself, so that one that fails
now and then kills nothing.
"""

from __future__ import annotations

import fcntl
import pickle
import random
import shutil
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True

from build import Build  # noqa: E402
from coverage import Coverage, Covered  # noqa: E402
from equivalent import is_equivalent, read_entries, stale_entries  # noqa: E402
from mutant import Mutant, Verdict  # noqa: E402
from mutations import mutants_of  # noqa: E402
from options import Options, read_options  # noqa: E402
from parsed_source import ParsedSource  # noqa: E402
from report import LIVES, score, survivor_text, table, write_json  # noqa: E402
from tree import Tree  # noqa: E402
from verdicts import Judge, Judged  # noqa: E402

# It compares the documentation with the code and tests nothing that others do not, and it links
# everything.
PROGRAMS_LEFT_OUT = {"test_docs"}


def say(text: str) -> None:
    print(text, flush=True)


def main(words: list[str]) -> int:
    options = read_options(words)
    options.folder.mkdir(parents=True, exist_ok=True)
    with (options.folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"mutate: another run uses {options.folder}")
        return mutate(options)


def mutate(options: Options) -> int:
    tree = Tree(options.root, options.folder / "tree")
    tree.refresh()
    build = Build(tree.root / options.project, options.folder / "build", options.configure)
    say(f"== configuring {build.folder}")
    build.configure()

    mutants = [mutant for file in options.files for mutant in parsed(build, tree.root, file)]
    entries = read_entries(options.equivalent)
    stale = stale_entries(entries, options.files, mutants, tree.root)
    chosen = choose(mutants, options)
    if options.only_list:
        for mutant in chosen:
            mark = " (equivalent)" if is_equivalent(entries, mutant) else ""
            say(f"{mutant.place}: {mutant.kind}: {mutant.mutation}{mark}")
        say(f"{len(chosen)} mutants")
        return 0

    judged = [Judged(one, Verdict.EQUIVALENT) for one in chosen if is_equivalent(entries, one)]
    open_ones = [one for one in chosen if not is_equivalent(entries, one)]
    judged += judge_all(tree, build, options, open_ones)
    return conclude(options, sorted(judged, key=lambda one: one.mutant), stale)


def parsed(build: Build, root: Path, file: str) -> list[Mutant]:
    source = ParsedSource(root / file, build.arguments(root / file))
    if source.errors:
        # What it understood is mutated all the same; the compiler has the last word.
        say(f"{file}: libclang reports {len(source.errors)} errors: {source.errors[0]}")
    return mutants_of(source, root)


def choose(mutants: list[Mutant], options: Options) -> list[Mutant]:
    if options.lines:
        first, last = options.lines
        mutants = [mutant for mutant in mutants if first <= mutant.line <= last]
    if options.sample and options.sample < len(mutants):
        mutants = sorted(random.Random(options.seed).sample(mutants, options.sample))
    return mutants


def judge_all(
    tree: Tree, build: Build, options: Options, mutants: list[Mutant]
) -> list[Judged]:
    files = sorted({mutant.file for mutant in mutants})
    covered = coverage_of(tree, build, options, files) if files else []
    judge = Judge(tree, build, covered)
    judged: list[Judged] = []

    def tell(one: Judged) -> None:
        judged.append(one)
        by = f"  by {one.by}" if one.by else ""
        say(
            f"[{len(judged)}/{len(mutants)}] {one.seconds:5.1f} s  {one.verdict.value}  "
            f"{one.mutant.place}  {one.mutant.mutation[:60]}{by}"
        )

    say(f"== trying {len(mutants)} mutants")
    for file in files:
        judge.judge([mutant for mutant in mutants if mutant.file == file], tell)
    return judged


def coverage_of(tree: Tree, build: Build, options: Options, files: list[str]) -> list[Covered]:
    """Builds what tests these files, and asks it; or what was told when all was the same."""
    paths = [tree.root / file for file in files]
    programs = build.test_programs(paths, PROGRAMS_LEFT_OUT)
    if options.programs:
        programs = [program for program in programs if program.name in options.programs]
    say(f"== building {len(programs)} test programs")
    if not programs or not build.build(*(program.name for program in programs), quietly=False):
        sys.exit("mutate: without a mutant the tests cannot be built")
    key = (tree.digest, options.configure, files, sorted(program.name for program in programs))
    kept = options.folder / "coverage"
    if kept.is_file():
        known_key, known = pickle.loads(kept.read_bytes())
        if known_key == key:
            return known
    say(f"== asking {len(programs)} test programs what they run")
    begun = time.monotonic()
    scratch = options.folder / "counters"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    covered = Coverage(build, tree.root, files, scratch, say).collect(programs)
    say(f"{len(covered)} of them run these files ({time.monotonic() - begun:.0f} s)")
    kept.write_bytes(pickle.dumps((key, covered)))
    return covered


def conclude(options: Options, judged: list[Judged], stale: list) -> int:
    """Prints the survivors and the table, and says whether that is good enough."""
    say("")
    for one in judged:
        if one.verdict in LIVES:
            say(survivor_text(one))
    say("")
    say(table(judged))
    for entry in stale:
        say(f"stale: no mutant is like this entry of {options.equivalent.name}: {entry}")
    if options.json:
        write_json(options.json, judged, stale)
    reached = score(judged)
    enough = reached is None or reached >= options.minimum
    if not enough:
        say(f"the score is below {options.minimum:g} %")
    return 0 if enough and not stale else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
