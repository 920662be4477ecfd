"""Breaks one guard at a time, in a copy of the project, and looks whether its tests see it.

    python benchmarks/sabotage.py                    # every change of sabotages.yaml
    python benchmarks/sabotage.py --only disclosure  # those whose file or tests have the word in their path
    python benchmarks/sabotage.py --any 3 --seed abc # three, chosen by the seed; the same seed chooses the same

A change that no test sees is a guard without a test. Every line says what was tried; the code is 1 where one stayed
green. The project itself is never changed.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

TOP: Final = Path(__file__).parents[1]
LIST: Final = Path(__file__).with_name("sabotages.yaml")
COPIED: Final = ("qa_analysis", "data_contracts", "notebooks", "tests", "benchmarks", "docs", "pyproject.toml")
PATIENCE: Final = 900  # seconds for the tests of one change
FAILED: Final = 1  # what pytest says where a test failed; other codes say that nothing was tried


@dataclass(frozen=True)
class Sabotage:
    """One change: the file, its text, what the text becomes, and the files of tests of which one must fail."""

    file: str
    text: str
    becomes: str
    tests: tuple[str, ...]

    @property
    def words(self) -> str:
        """The change in a line."""
        return f"{self.file}: {self.text.strip().splitlines()[0]}"


def sabotages() -> tuple[Sabotage, ...]:
    """Every change of the list."""
    listed = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return tuple(Sabotage(one["file"], one["text"], one["becomes"], tuple(one["tests"].split())) for one in listed)


def places(one: Sabotage, top: Path = TOP) -> int:
    """How many times the text stands in its file; more or less than once, the list is out of date."""
    return (top / one.file).read_text(encoding="utf-8").count(one.text)


def copy_of(top: Path, target: Path) -> Path:
    """The project without its history, for changes to be made in; what Python knows to be compiled comes along."""
    for name in COPIED:
        if (top / name).is_dir():
            shutil.copytree(top / name, target / name)
        elif (top / name).is_file():
            shutil.copy2(top / name, target / name)
    return target


def is_seen(one: Sabotage, copy: Path) -> bool | None:
    """Whether a test fails of the change; None where its tests could not be run. The copy is left as it was."""
    path = copy / one.file
    whole = path.read_text(encoding="utf-8")
    try:
        path.write_text(whole.replace(one.text, one.becomes), encoding="utf-8", newline="\n")
        code = run_tests(one.tests, copy)
    finally:
        path.write_text(whole, encoding="utf-8", newline="\n")
    return {0: False, FAILED: True}.get(code)


def run_tests(tests: Sequence[str], copy: Path) -> int:
    """What pytest says of some files of tests, the first failure enough."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-x", "-p", "no:randomly", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_CURRENT_TEST"):
        environment.pop(name, None)
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return FAILED  # a test that does not end has seen it
    return done.returncode


def chosen(seed: str, number: int, among: Sequence[Sabotage]) -> list[Sabotage]:
    """So many of them, the same for the same seed."""
    return random.Random(seed).sample(list(among), min(number, len(among)))


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="a word in the path of the file or of its tests")
    parser.add_argument("--any", type=int, default=0, help="so many, chosen by the seed")
    parser.add_argument("--seed", default="0", help="such as a commit")
    return parser.parse_args()


def main() -> int:
    """0 where every change that was tried turned a test red."""
    asked = arguments()
    listed = [one for one in sabotages() if asked.only in one.file or asked.only in " ".join(one.tests)]
    tried = chosen(asked.seed, asked.any, listed) if asked.any else listed
    missed = 0
    with tempfile.TemporaryDirectory(prefix="sabotage-") as folder:
        copy = copy_of(TOP, Path(folder))
        for one in tried:
            began, seen = time.monotonic(), is_seen(one, copy) if places(one) == 1 else None
            said = {True: "red", False: "GREEN", None: "NOT TRIED"}[seen]
            missed += seen is not True
            print(f"{said:9} {time.monotonic() - began:4.0f} s  {one.words}", flush=True)
    print(f"{len(tried)} changes, {len(tried) - missed} seen by their tests.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
