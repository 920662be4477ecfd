"""The table of what was tried of whole runs adds up over days, and forgets what was before a promise was broken."""

import sys
from datetime import date
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
PAGE = "# Page\n\n<!-- made by benchmarks/faults.py -->\n<!-- end -->\n\nThe rest.\n"
FIRST, LATER = date(2026, 11, 28), date(2026, 12, 2)


@pytest.fixture(autouse=True)
def on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    sys.modules.pop("fault_table", None)


def table(*tried: tuple[int, tuple[str, ...], date], page: str = PAGE) -> str:
    """The page after a promise was tried so often on those days, with what went against it."""
    from fault_table import Kept, with_table

    for times, against, day in tried:
        page = with_table(page, [Kept("killed", "whole", times, against)], day)
    return page


def rows(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("| killed")]


def test_what_was_tried_on_several_days_adds_up() -> None:
    page = table((900, (), FIRST), (150, (), FIRST), (200, (), LATER))
    assert rows(page) == ["| killed | whole | 1,250 | 28 November 2026 to 2 December 2026 | kept each time |"]
    assert page.startswith("# Page\n") and page.endswith("<!-- end -->\n\nThe rest.\n")


def test_a_broken_promise_is_told_and_the_count_begins_anew_once_it_is_kept() -> None:
    broken = table((9, (), FIRST), (3, ("exit 1", "exit 1"), FIRST))
    assert rows(broken) == ["| killed | whole | 3 | 28 November 2026 | exit 1 |"]
    assert rows(table((5, (), LATER), page=broken)) == ["| killed | whole | 5 | 2 December 2026 | kept each time |"]


def test_a_program_that_has_changed_begins_the_row_it_was_tried_for_anew_and_leaves_the_others() -> None:
    from fault_table import Kept, with_table

    page = with_table(table((900, (), FIRST)), [Kept("killed twice", "whole", 4)], FIRST)
    again = with_table(page, [Kept("killed", "whole", 7)], LATER, anew=True)
    assert rows(again) == [
        "| killed | whole | 7 | 2 December 2026 | kept each time |",
        "| killed twice | whole | 4 | 28 November 2026 | kept each time |",
    ]


def test_what_was_not_tried_is_no_row() -> None:
    assert rows(table((0, (), FIRST))) == []


def test_the_table_of_the_page_can_be_read_again_and_kept_every_promise() -> None:
    import fault_table

    held = fault_table.rows_of(fault_table.PAGE.read_text(encoding="utf-8"))
    assert held != {}
    assert {what: kept.against for what, kept in held.items() if kept.against} == {}
