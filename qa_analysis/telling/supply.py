"""Sections that rest on one dataset: told where it was supplied, and otherwise in one line that says it was not."""

from collections.abc import Callable
from functools import wraps

from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, absent

Section = Callable[[Month], Html]
PANEL, FOUND, OBSERVED, STAFF = "Panel decisions", "Findings", "Observations of practice", "Staff list"
ANSWERED = "Answers to the prompts of the audit tool"
CALLED = {  # what the datasets are called on a page
    "moderations": PANEL, "findings": FOUND, "observations": OBSERVED, "staff": STAFF, "audit_answers": ANSWERED,
}  # fmt: skip


def told_of(dataset: str) -> Callable[[Section], Section]:
    """Marks a section as one about a dataset; where that was not supplied there is nothing to count, not nought."""

    def mark(section: Section) -> Section:
        @wraps(section)
        def told(month: Month) -> Html:
            return section(month) if dataset in month.supplied else absent(CALLED[dataset])

        return told

    return mark
