"""How the report says by which rules its figures were made."""

import pytest
from small import month, tables

from qa_analysis.reports.smt_report.report import method

PAST = "The framework that they come from is past the date of its own review."


@pytest.mark.parametrize(("cycle", "is_said"), [("2023-10", False), ("2023-11", True)])
def test_rules_past_their_review_date_are_said_and_hold(cycle: str, is_said: bool) -> None:
    markup = method(month(tables(cycle, audits=[{"cycle_month": cycle}]))).markup
    assert (PAST in markup) == is_said
    assert "Rules of version 2022.10 as in force in" in markup
