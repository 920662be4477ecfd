"""What each column asks for and accepts: its hint, its list or range, and how its cells are kept.

Excel opens a file as damaged where a list written out is longer than 255 characters, a title longer than 32, a hint
than 255 or a refusal than 224; so lists stand on a sheet of their own and words are cut to length.
"""

import textwrap
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.expectations import BETWEEN
from qa_analysis.data.reading.cell_dates import EARLIEST, LATEST
from qa_analysis.english import at_first

LONGEST_TITLE, LONGEST_HINT, LONGEST_REFUSAL = 32, 255, 224
TEXT, DATE, MONTH, NUMBER = "@", "dd/mm/yyyy", "mmm yyyy", "General"
LARGEST: Final = 10**9  # no count or rate of a council comes near it

# Identifiers and prompts stay as they are typed (3.10 is not 3.1), and a text that begins with a dash is no formula.
KEPT: Final[Mapping[str, str]] = {
    "date": DATE, "month": MONTH, "number": NUMBER, "whole number": NUMBER,
}  # fmt: skip
HINTS: Final[Mapping[str, str]] = {
    "date": "A date such as 08/06/2023.",
    "month": "A month such as 06/2023.",
    "boolean": "Yes or No; blank where it is not known.",
    "whole number": "Digits alone.",
    "number": "Digits alone, without a unit.",
    "id": "Kept as text, so zeros at the front stay.",
    "codes": "Several may be entered, with a semicolon between.",
}


def kept_as(column: Column) -> str:
    """The number format of a column's cells."""
    return KEPT.get(column.kind, TEXT)


def validation(column: Column, contract: Contract, *, heading: str, named: str) -> dict[str, Any]:
    """What Excel says and refuses in a column; `named` is the list to choose from, if there is one."""
    return {
        "validate": "any",
        "ignore_blank": True,
        "input_title": cut(heading, LONGEST_TITLE),
        "input_message": cut(_hint(column, named), LONGEST_HINT),
        "error_title": cut(heading, LONGEST_TITLE),
        **_accepted(column, contract, named),
    }


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters, cut between words."""
    return text if len(text) <= longest else textwrap.shorten(text, longest, placeholder="…")


def _hint(column: Column, named: str) -> str:
    """What the column means and how to enter it."""
    how = "Choose from the list." if named and column.kind == "code" else HINTS.get(column.kind, "")
    open_list = " Another word may be typed." if named and is_open(column) else ""
    needed = "Needed. " if column.blank else ""
    room = LONGEST_HINT - len(needed) - len(how) - len(open_list) - 1
    return f"{needed}{cut(column.description, room)} {how}{open_list}".strip()


def is_open(column: Column) -> bool:
    """Whether a word outside the list is read as it stands."""
    return column.kind == "code" and not column.codes


def _accepted(column: Column, contract: Contract, named: str) -> dict[str, Any]:
    """The list or the range that a column accepts, and what is said of anything else."""
    if named and column.kind != "codes":
        stop = {"error_type": "warning"} if is_open(column) else {}
        what = "It is not in the list. Use it all the same?" if is_open(column) else "Choose a word from the list."
        return {"validate": "list", "source": f"={named}", "error_message": what, **stop}
    accepted = _RANGES.get(column.kind)
    return accepted(column, contract) if accepted else {}


def _dates(column: Column, _: Contract) -> dict[str, Any]:
    form = "06/2023" if column.kind == "month" else "08/06/2023"
    what = f"Enter {'a month' if column.kind == 'month' else 'a date'} such as {form}."
    return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST, "error_message": what}


def _numbers(column: Column, contract: Contract) -> dict[str, Any]:
    low, high = _limits(column, contract)
    span = f"from {low:g} to {high:g}" if high < LARGEST else f"of {low:g} or more" if low > -LARGEST else ""
    whole = column.kind == "whole number"
    what = " ".join(filter(None, (at_first(f"enter a {'whole ' if whole else ''}number"), span)))
    return {
        "validate": "integer" if whole else "decimal", "criteria": "between", "minimum": low, "maximum": high,
        "error_message": cut(f"{what}.", LONGEST_REFUSAL),
    }  # fmt: skip


def _limits(column: Column, contract: Contract) -> tuple[float, float]:
    """The range that the contract gives a number; as good as none where it gives none."""
    told = next(
        (r.arguments for r in contract.rules if r.expectation == BETWEEN and r.arguments["column"] == column.name), {}
    )
    low, high = told.get("min_value"), told.get("max_value")
    return (-LARGEST if low is None else low), (LARGEST if high is None else high)


_RANGES: Final[Mapping[str, Callable[[Column, Contract], dict[str, Any]]]] = {
    "date": _dates, "month": _dates, "number": _numbers, "whole number": _numbers,
}  # fmt: skip


def shown(value: object) -> object:
    """A value as the sheet of examples writes it."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
