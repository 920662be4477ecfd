"""Which three cycles the newest financial quarter is that has ended."""

from typing import Final

from qa_analysis.dates import months_after
from qa_analysis.framework import Rules

LENGTH: Final = 3  # months: a quarter of the financial year, which begins in April, ends with every third month
YEAR_BEGINS: Final = 4


def quarter_up_to(month: str, rules: Rules) -> tuple[str, ...]:
    """The cycles of the newest financial quarter that ended by a month; none before the council's first."""
    return rules.cycles_up_to(months_after(month, -(int(month[-2:]) % LENGTH)), LENGTH)


def quarter_called(last: str) -> str:
    """A quarter by its last month: "quarter 1 of 2023/24"."""
    first = months_after(last, 1 - LENGTH)
    begins = int(first[:4]) - (int(first[5:]) < YEAR_BEGINS)
    number = (int(first[5:]) - YEAR_BEGINS) % 12 // LENGTH + 1
    return f"quarter {number} of {begins}/{(begins + 1) % 100:02d}"
