"""The changes planted in the synthetic council are found in the months in which they can be, and nothing else is."""

from collections.abc import Mapping
from functools import cache

import pytest
from pandas import DataFrame

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.closing_the_loop.verdicts import IMPROVING, WORSE, WORTH_TELLING, verdicts
from qa_analysis.measures.figure import Figure, joined


@cache
def frames() -> Mapping[str, DataFrame]:
    """The council of the demo."""
    return council()


def said(month: str) -> dict[str, Figure]:
    """The verdict of each area in a month, by the name of the area."""
    rules = rules_for(month)
    held = tables_as_at(frames(), load_contracts(), month=month, as_at=rules.as_at(month), rules=rules)
    return {joined(row.group) or "overall": row for row in verdicts(held)}


@pytest.mark.parametrize(
    ("month", "area", "verdict", "reasons"),
    [
        ("2023-06", "assessment", IMPROVING, ("managers began to audit and the audit form changed in December 2022",)),
        ("2023-09", "assessment", IMPROVING, ("most audits were on other themes",)),  # both lie after the widening
        ("2024-03", "supervision_oversight", WORSE, ("the audit form changed in January 2024",)),
    ],
)
def test_a_planted_change_is_found_in_the_month_in_which_it_can_be(
    month: str, area: str, verdict: str, reasons: tuple[str, ...]
) -> None:
    found = said(month)
    assert (found[area].verdict, found[area].reasons) == (verdict, reasons)
    assert [name for name, claim in found.items() if claim.verdict in WORTH_TELLING] == [area]


@pytest.mark.parametrize("month", ["2022-12", "2023-12"])
def test_where_nothing_new_can_be_seen_nothing_is_claimed(month: str) -> None:
    assert [claim for claim in said(month).values() if claim.verdict in WORTH_TELLING] == []
