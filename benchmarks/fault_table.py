"""The table of docs/reliability.md: what was promised, how often it was tried, and what came of it."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGIN, END = "<!-- made by benchmarks/faults.py -->", "<!-- end -->"
HEAD: Final = ("| what was done | promise | times | when | result |", "|---|---|---|---|---|")
KEPT: Final = "kept each time"


@dataclass(frozen=True)
class Kept:
    """A promise, how many times it was tried and on which days, and what went against it."""

    what: str
    promise: str
    tried: int
    against: tuple[str, ...] = ()
    days: str = ""
    skipped: str = ""  # why it was not tried here

    @property
    def result(self) -> str:
        """What came of it, in words."""
        return "; ".join(sorted(set(self.against))[:3]) or KEPT

    @property
    def row(self) -> str:
        """The line of the table."""
        return f"| {self.what} | {self.promise} | {self.tried:,} | {self.days} | {self.result} |"


def day_in_words(day: date) -> str:
    """28 November 2026."""
    return f"{day.day} {day:%B %Y}"


def rows_of(page: str) -> dict[str, Kept]:
    """What the table holds already, by what was done."""
    table = page.partition(BEGIN)[2].partition(END)[0]
    cells = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return {
        row[0]: Kept(row[0], row[1], int(row[2].replace(",", "")), () if row[4] == KEPT else (row[4],), row[3])
        for row in cells
        if len(row) == len(HEAD[0].strip("| ").split(" | ")) and row[2].replace(",", "").isdigit()
    }


def added(before: Kept | None, now: Kept, today: date, *, anew: bool = False) -> Kept:
    """What was tried on all days; a promise that was broken on an earlier day begins anew, or all where it is asked."""
    day = day_in_words(today)
    if anew or before is None or before.against or now.against or before.promise != now.promise:
        return replace(now, days=day)
    first = re.split(" to ", before.days)[0]
    return replace(now, tried=before.tried + now.tried, days=day if first == day else f"{first} to {day}")


def with_table(page: str, done: Sequence[Kept], today: date, *, anew: bool = False) -> str:
    """The page with what was tried added to its table; anew, in place of what was tried before of the same."""
    held = rows_of(page)
    for now in done:
        if now.tried:
            held[now.what] = added(held.get(now.what), now, today, anew=anew)
    above, _, rest = page.partition(BEGIN)
    told = f"Python {sys.version.split()[0]}, {sys.platform}:"
    table = "\n".join([*HEAD, *(kept.row for kept in held.values())])
    return f"{above}{BEGIN}\n{told}\n\n{table}\n{END}{rest.partition(END)[2]}"
