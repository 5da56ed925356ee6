"""The command line of `./run mutate`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# What is mutated when no file is named: decisions, and tables of what vendors say.
DEFAULT_FILES = [
    "src/delivery/*/*.[ch]pp",
    "src/client/*.[ch]pp",
    "src/http/pool/connection_pool.[ch]pp",
    "src/http/pool/http_exchange.[ch]pp",
    "src/platform/deadline_queue.[ch]pp",
    "src/http/tls/socket_bio.[ch]pp",
    "providers/*/*_errors.cpp",
]


@dataclass(frozen=True)
class Options:
    """What was asked for; the folders differ only where the tool itself is tested."""

    files: list[str]
    sample: int | None
    seed: int
    lines: tuple[int, int] | None
    only_list: bool
    json: Path | None
    minimum: float
    programs: list[str]
    root: Path
    project: Path
    folder: Path
    configure: list[str]
    equivalent: Path


def read_options(words: list[str]) -> Options:
    parser = argparse.ArgumentParser(
        prog="./run mutate",
        description="Changes one place of the code after the other, and tells which changes no "
        "test notices.",
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="C++ files (default: the decisions and tables)")
    add("--sample", type=positive, metavar="N", help="only so many mutants, chosen at random")
    add("--seed", type=int, default=1, help="of the choice (default: 1)")
    add("--line", type=line_range, metavar="A-B", help="only mutants of these lines")
    add("--list", action="store_true", help="print the mutants, and build nothing")
    add("--json", type=Path, metavar="FILE", help="write all verdicts to FILE")
    add("--minimum", type=float, default=95.0, metavar="PERCENT", help="of the score; default: 95")
    add("--program", action="append", default=[], help="only this test program; may be repeated")
    add("--root", type=Path, default=PROJECT, help="the folder that is copied")
    add("--project", default=".", help="the folder in it with the CMakeLists.txt to build")
    add("--folder", type=Path, help="where to build (default: build/mutate in the root)")
    add("--configure", action="append", metavar="OPTION", help="CMake's, in place of its preset's")
    add("--equivalent", type=Path, default=Path(__file__).with_name("equivalent.json"))
    given = parser.parse_args(words)
    root = given.root.resolve()
    files = [relative(name, root) for name in given.files] or default_files(root)
    for file in files:
        if not (root / file).is_file():
            parser.error(f"no such file: {file}")
    return Options(
        files=list(dict.fromkeys(files)),
        sample=given.sample,
        seed=given.seed,
        lines=given.line,
        only_list=given.list,
        json=given.json,
        minimum=given.minimum,
        programs=given.program,
        root=root,
        project=Path(given.project),
        folder=(given.folder or root / "build/mutate").resolve(),
        configure=given.configure or ["--preset", "mutate"],
        equivalent=given.equivalent,
    )


def default_files(root: Path) -> list[str]:
    return sorted(
        path.relative_to(root).as_posix() for glob in DEFAULT_FILES for path in root.glob(glob)
    )


def relative(name: str, root: Path) -> str:
    """The path of a file in the root, whether it was named from there or from elsewhere."""
    path = Path(name)
    if not path.is_absolute() and (root / path).exists():
        return path.as_posix()
    resolved = path.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else name


def positive(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return int(text)


def line_range(text: str) -> tuple[int, int]:
    """`A-B`, or `A` for one line."""
    first, _, last = text.partition("-")
    return int(first), int(last or first)
