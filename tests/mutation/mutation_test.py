"""Tests of the mutation tester, on the project in the folder `example`.

    mutation_test.py
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

from mutations import mutants_of  # noqa: E402
from parsed_source import ParsedSource  # noqa: E402

HERE = Path(__file__).resolve().parent

SOURCE = """\
#define BOTH(a, b) ((a) && (b))
static_assert(sizeof(int) > 2);
enum class Mood { good, bad };
struct Box { bool open = false; int size() const; void shut(); };
constexpr int table[] = {0, 41};  // 1 + 1
template <typename Value> Value twice(Value value) { return value + value; }
int choose(Box& box, Mood mood) {
    if (int const size = box.size()) return -size;
    switch (mood) {
        case Mood::good: box.shut(); break;
        case Mood::bad: return box.open ? 0x1f : 10;
    }
    for (int i = 0; i < 3; i++) {
        if (BOTH(box.open, i == 2)) continue;
        box.shut();
    }
    return table[1];
}
bool quiet(Box const& box, bool asked) {
    return asked && !box.open;
}
void leave(Box& box) {
    if (box.open) return;
    box.shut();
    return;
}
"""

EXPECTED = [
    "4: false -> true",
    "5: 0 -> 1",
    "5: 41 -> 42",
    "6: + -> -",
    "8: int const size = box.size() -> int const size = box.size(); !(size)",
    "8: - -> (nothing)",
    "10: box.shut() -> (nothing)",
    "10: break -> (nothing)",
    "11: box.open -> !(box.open)",
    "11: 0x1f -> 0x20",
    "11: 10 -> 11",
    "13: 0 -> 1",
    "13: < -> <=",
    "13: < -> >=",
    "13: 3 -> 4",
    "13: ++ -> --",
    "14: BOTH(box.open, i == 2) -> !(BOTH(box.open, i == 2))",
    "14: continue -> (nothing)",
    "15: box.shut() -> (nothing)",
    "17: 1 -> 0",
    "20: asked && !box.open -> !(asked && !box.open)",
    "20: && -> ||",
    "20: ! -> (nothing)",
    "23: box.open -> !(box.open)",
    "23: return -> (nothing)",
    "24: box.shut() -> (nothing)",
]


class Mutations(unittest.TestCase):
    """Which mutants a file has."""

    maxDiff = None

    def test_each_place_that_can_change_and_no_other(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            file = root / "source.cpp"
            file.write_text(SOURCE)
            source = ParsedSource(file, ["-std=c++20"])
            self.assertEqual(source.errors, [])
            found = [f"{mutant.line}: {mutant.mutation}" for mutant in mutants_of(source, root)]
        self.assertEqual(sorted(found), sorted(EXPECTED))


class Example(unittest.TestCase):
    """One run on a project with a survivor, and with what else can become of a mutant."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        root = Path(cls.folder.name, "example")
        shutil.copytree(HERE / "example", root)
        cls.before = (root / "example.cpp").read_text()
        report = Path(cls.folder.name, "report.json")
        cls.outcome = subprocess.run(
            [
                sys.executable,
                str(HERE),
                f"--root={root}",
                "--configure=-DCMAKE_CXX_FLAGS=-O0 -w --coverage",
                f"--equivalent={root / 'equivalent.json'}",
                f"--json={report}",
                "--minimum=80",
                "example.cpp",
            ],
            capture_output=True,
            text=True,
        )
        cls.root = root
        cls.report = json.loads(report.read_text()) if report.is_file() else {}

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def mutants(self, verdict: str) -> list[str]:
        return [
            f"{mutant['line_number']}: {mutant['mutation']}"
            for mutant in self.report["mutants"]
            if mutant["verdict"] == verdict
        ]

    def test_the_planted_survivors_are_found_and_shown(self) -> None:
        self.assertEqual(self.mutants("survived"), ["30: >= -> >", "30: 18 -> 19"])
        self.assertIn(
            "example.cpp:30:18: survived: >= -> >\n    return years >= 18;", self.outcome.stdout
        )

    def test_the_rest_is_killed(self) -> None:
        self.assertEqual(len(self.mutants("killed")), 20)
        self.assertAlmostEqual(self.report["score"], 100 * 20 / 24)
        self.assertIn("83.3 %", self.outcome.stdout)

    def test_what_no_test_runs_is_not_covered(self) -> None:
        self.assertEqual(self.mutants("not covered"), ["48: - -> +", "48: 4 -> 5"])

    def test_what_does_not_compile_is_not_counted(self) -> None:
        self.assertEqual(self.mutants("does not compile"), ["43: 1 -> 0"])

    def test_an_equivalent_mutant_is_not_tried(self) -> None:
        self.assertEqual(self.mutants("equivalent"), ["24: > -> >="])

    def test_a_mutant_that_hangs_is_killed(self) -> None:
        hung = [mutant for mutant in self.report["mutants"] if "time-out" in mutant["by"]]
        self.assertIn("number /= 2 -> (nothing)", [mutant["mutation"] for mutant in hung])

    def test_stale_entries_are_shown_and_fail_the_run(self) -> None:
        self.assertEqual(
            [(entry["file"], entry["mutation"]) for entry in self.report["stale"]],
            [("example.cpp", "< -> <="), ("gone.cpp", "1 -> 0")],
        )
        self.assertIn("stale: no mutant is like this entry", self.outcome.stdout)
        self.assertEqual(self.outcome.returncode, 1, self.outcome.stdout + self.outcome.stderr)

    def test_files_are_left_as_they_were(self) -> None:
        copy = self.root / "build/mutate/tree/example.cpp"
        self.assertEqual((self.root / "example.cpp").read_text(), self.before)
        self.assertEqual(copy.read_text(), self.before)

    def test_a_score_below_the_minimum_fails_the_run(self) -> None:
        # Of what is known to survive; the build is there, so it takes a moment.
        for minimum, status in (("1", 0), ("50", 1)):
            again = subprocess.run(
                [
                    sys.executable,
                    str(HERE),
                    f"--root={self.root}",
                    "--configure=-DCMAKE_CXX_FLAGS=-O0 -w --coverage",
                    f"--equivalent={self.root / 'no_such_list.json'}",
                    f"--minimum={minimum}",
                    "--line=30",
                    "example.cpp",
                ],
                capture_output=True,
                text=True,
            )
            self.assertEqual(again.returncode, status, again.stdout + again.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
