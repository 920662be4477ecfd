"""When a council's month is made from the same inputs as before, so that it need not be made again."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from council_program import council, order, publish

from qa_analysis.region.inputs import mark_of, published_from
from qa_analysis.region.orders import Order


@pytest.fixture
def asked(tmp_path: Path) -> Order:
    """The order of a council with one extract."""
    return order(council(tmp_path, "Alder"), tmp_path / "outputs")


def write(name: str, text: str = "new") -> Callable[[Order], Order]:
    def change(asked: Order) -> Order:
        (asked.data / name).write_text(text)
        return asked

    return change


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        (lambda asked: replace(asked, begun="another day"), True),
        (lambda asked: replace(asked, outputs=asked.outputs / "elsewhere"), True),
        (write("~$audits.xlsx"), True),
        (write(".DS_Store"), True),
        (write("Thumbs.db"), True),
        (write("does.txt"), False),
        (write("actions.csv"), False),
        (write("council.yaml", "name: Alder"), False),
        (lambda asked: replace(asked, month="2023-07"), False),
        (lambda asked: replace(asked, options=("--strict",)), False),
        (lambda asked: replace(asked, program="0.0.9"), False),
    ],
)
def test_the_mark_changes_with_what_the_month_is_made_from(
    change: Callable[[Order], Order], is_same: bool, asked: Order
) -> None:
    before = mark_of(asked)
    assert (mark_of(change(asked)) == before) == is_same


def test_rows_of_a_database_are_taken_for_new_in_every_run_of_the_region(asked: Order) -> None:
    write("sources.yaml", "databases: {social care: {server: db}}")(asked)
    assert mark_of(asked) == mark_of(asked)
    assert mark_of(asked) != mark_of(replace(asked, begun="another day"))


def test_again_takes_every_council_for_new(asked: Order) -> None:
    again = replace(asked, is_again=True)
    assert len({mark_of(asked), mark_of(again), mark_of(replace(again, begun="another day"))}) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_among_the_extracts_is_not_opened(asked: Order) -> None:
    before = mark_of(asked)
    os.mkfifo(asked.data / "audits.csv")
    assert mark_of(asked) != before


def test_the_newest_revision_counts_and_no_other(asked: Order) -> None:
    assert published_from(asked, "first") is None
    publish(asked.own_outputs, asked.month, "first")
    assert published_from(asked, "first") == asked.own_outputs / "2023-06"
    publish(asked.own_outputs, asked.month, "second")
    assert published_from(asked, "first") is None
    assert published_from(asked, "second") == asked.own_outputs / "2023-06-r2"
    (asked.own_outputs / "2023-06-r2" / "manifest.json").write_text("[]")
    assert published_from(asked, "second") is None
