"""Damages 7,000 workbooks and 3,000 text files, each in one way, and counts what becomes of them. About ten minutes.

    python benchmarks/mutated_extracts.py [WORKBOOKS] [TEXT_FILES]

Each is refused (one line, exit code 10), listed (loaded with a word about the row or the file), or read the same as
the undamaged file, and then held against its contracts as `qa-analysis check` does. None may be lost in silence: a
record that differs stands beside a row that was named. None may raise anything but a refusal. Both are counted.
"""

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from mutated import LOST, mutated_csv, mutated_workbook, outcome

from qa_analysis.data.identity import Key, new_key
from qa_analysis.errors import Refusal
from qa_analysis.framework import Rules, rules_for
from qa_analysis.month.checking import read_and_check

FAULT = "exception"


def tried(name: str, make: Callable[[int], tuple[str, bytes]], times: int) -> Counter[tuple[str, str]]:
    """What became of so many damaged files, by the way each was damaged."""
    found: Counter[tuple[str, str]] = Counter()
    rules, key = rules_for("2023-06"), new_key()
    for seed in range(times):
        how, content = make(seed)
        try:
            became = outcome(name, content)
            check(name, content, rules, key)
        except Exception as fault:  # any exception but a refusal is what is looked for
            became = f"{FAULT} {type(fault).__name__}"
        found[how, became] += 1
        if became == LOST or became.startswith(FAULT):
            print(f"  {name}, seed {seed}: {how}: {became}")
    return found


def check(name: str, content: bytes, rules: Rules, key: Key) -> None:
    """Hold the file against its contracts, as the command does; a refusal is an answer, any other exception a fault."""
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        with suppress(Refusal):
            read_and_check(Path(folder), rules, key=key, month="2023-06")


def main() -> None:
    """The counts of both kinds of file."""
    times = [int(number) for number in sys.argv[1:]] or [7_000, 3_000]
    for name, make, number in (("audits.xlsx", mutated_workbook, times[0]), ("audits.csv", mutated_csv, times[-1])):
        found = tried(name, make, number)
        print(f"{number:,} of {name}: " + ", ".join(f"{became} {n}" for became, n in sorted(_totals(found).items())))
        for (how, became), n in sorted(found.items()):
            print(f"    {how:20} {became:18} {n}")


def _totals(found: Counter[tuple[str, str]]) -> Counter[str]:
    """The counts whatever the way of damage."""
    totals: Counter[str] = Counter()
    for (_, became), number in found.items():
        totals[became] += number
    return totals


if __name__ == "__main__":
    main()
