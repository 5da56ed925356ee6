"""The copy's own build: configured once by CMake, built by Ninja, and asked what it consists of."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """A test program: its target, the folder of its CMakeLists.txt, and its file."""

    name: str
    folder: str
    path: Path


class Build:
    """The build of CMake project `project` in `folder`; `options` are CMake's, for configuring."""

    def __init__(self, project: Path, folder: Path, options: list[str]) -> None:
        self.project = project
        self.folder = folder
        self._options = options
        # A compiler's cache would be filled with mutants.
        self._environment = os.environ | {"CCACHE_DISABLE": "1"}

    def configure(self) -> None:
        query = self.folder / ".cmake/api/v1/query/codemodel-v2"
        query.parent.mkdir(parents=True, exist_ok=True)
        query.touch()
        fixed = ["-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-G", "Ninja", "-S", "."]
        done = subprocess.run(
            ["cmake", *self._options, *fixed, "-B", str(self.folder)],
            cwd=self.project,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"mutate: CMake cannot configure {self.folder}:\n{done.stdout}{done.stderr}")

    def build(self, *targets: str, quietly: bool = True) -> bool:
        """Whether they could be built."""
        where = subprocess.DEVNULL if quietly else None
        done = subprocess.run(
            ["ninja", "-j", str(jobs()), *targets],
            cwd=self.folder,
            env=self._environment,
            stdout=where,
            stderr=where,
        )
        return done.returncode == 0

    @cached_property
    def targets(self) -> dict[str, dict]:
        """CMake's description of each target, by its id."""
        reply = self.folder / ".cmake/api/v1/reply"
        index = json.loads(max(reply.glob("index-*.json")).read_text())
        model = json.loads((reply / index["reply"]["codemodel-v2"]["jsonFile"]).read_text())
        described = model["configurations"][0]["targets"]
        return {
            target["id"]: json.loads((reply / target["jsonFile"]).read_text())
            for target in described
        }

    @cached_property
    def commands(self) -> list[dict]:
        return json.loads((self.folder / "compile_commands.json").read_text())

    def objects(self, file: Path) -> list[Path]:
        """The object files that a source, or a header after a build, is compiled into."""
        if file.suffix == ".cpp":
            found = [entry for entry in self.commands if Path(entry["file"]) == file]
            return [self._object(entry) for entry in found]
        return [self.folder / name for name in self._objects_of_headers.get(str(file), [])]

    def _object(self, entry: dict) -> Path:
        words = shlex.split(entry["command"])
        return Path(entry["directory"], words[words.index("-o") + 1])

    @cached_property
    def _objects_of_headers(self) -> dict[str, list[str]]:
        """From what the compiler told Ninja."""
        told = subprocess.run(
            ["ninja", "-t", "deps"], cwd=self.folder, capture_output=True, text=True
        ).stdout
        found: dict[str, list[str]] = {}
        object_name = ""
        for line in told.splitlines():
            if line and not line.startswith(" "):
                object_name = line.split(":")[0]
            elif object_name.endswith(".o") and line.endswith(".hpp"):
                header = os.path.normpath(self.folder / line.strip())
                found.setdefault(header, []).append(object_name)
        return found

    def arguments(self, file: Path) -> list[str]:
        """What a parser needs of the compile command of `file`, or of a source near to it."""
        best = max(self.commands, key=lambda entry: nearness(Path(entry["file"]), file))
        words = shlex.split(best["command"])
        kept = []
        for index, word in enumerate(words):
            if word in ("-isystem", "-iquote"):
                kept += [word, words[index + 1]]
            elif word.startswith(("-I", "-D", "-U", "-std=")):
                kept.append(word)
        return kept

    def test_programs(self, files: list[Path], left_out: set[str]) -> list[Program]:
        """The GoogleTest programs that link one of the files, or for a header any of its folder."""
        holders = {
            target_id
            for target_id, target in self.targets.items()
            for source in target.get("sources", [])
            for file in files
            if belongs(self._source_path(source), file)
        }
        return [
            Program(
                target["name"],
                target["paths"]["source"],
                self.folder / target["artifacts"][0]["path"],
            )
            for target_id, target in self.targets.items()
            if target["type"] == "EXECUTABLE"
            and target["name"] not in left_out
            and any("gtest" in part["fragment"] for part in target["link"]["commandFragments"])
            and holders & self._needed_by(target_id)
        ]

    def _source_path(self, source: dict) -> Path:
        return (self.project / source["path"]).resolve()

    def _needed_by(self, target_id: str) -> set[str]:
        """The target itself and all that it depends on."""
        found: set[str] = set()
        pending = [target_id]
        while pending:
            current = pending.pop()
            if current in found:
                continue
            found.add(current)
            pending += [need["id"] for need in self.targets[current].get("dependencies", [])]
        return found


def belongs(source: Path, file: Path) -> bool:
    return source == file or (file.suffix == ".hpp" and source.parent == file.parent)


def nearness(source: Path, file: Path) -> tuple[bool, bool, int]:
    shared = os.path.commonpath([source, file])
    return (source == file, source.with_suffix("") == file.with_suffix(""), len(shared))


def jobs() -> int:
    return len(os.sched_getaffinity(0))
