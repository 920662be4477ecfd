"""Recommendations of reviews from outside, open and closed, from a literal table and a second time in plain Python."""

from typing import Any

import pytest
from by_hand import DAY, MONTH, YEAR, by_day, frames, records
from small import CONTRACTS, contract_of, found, tables

from qa_analysis.data.reading.cells import code_list, read_code
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.reviews.recommendations import recommendations, waiting

USUAL = {"source": "Ofsted", "dated_on": "2023-01-10", "theme_code": "5.1", "recommendation": "x", "status": "open"}


def of(*changes: dict[str, Any]) -> Tables:
    return tables(audits=[{}], external_reviews=[{**USUAL, **one} for one in changes])


def test_a_recommendation_is_open_until_it_is_closed_and_a_blank_status_is_open() -> None:
    held = of({}, {"status": None}, {"status": "closed", "closed_on": "2023-02-01"}, {"status": "closed"})
    one = found(recommendations(held), "recommendations_open", by="")
    assert (one.numerator, one.denominator) == (2, 4)


def test_one_that_was_closed_after_the_day_is_still_open() -> None:
    held = of({"status": "closed", "closed_on": "2023-07-11"})
    assert found(recommendations(held), "recommendations_open", by="").value == 1


def test_the_longest_open_counts_days_from_its_review() -> None:
    held = of({"dated_on": "2023-07-09"}, {"dated_on": "2022-07-10"}, {"dated_on": "2021-01-01", "status": "closed"})
    assert found(recommendations(held), "recommendations_open_longest", by="").value == 365
    assert waiting(held)["days"].tolist() == [365, 1]


def test_made_and_closed_are_of_twelve_cycles_by_source() -> None:
    held = of(
        {"source": "LCSPR"}, {"source": "LCSPR", "dated_on": "2022-06-30"},
        {"source": "peer review", "status": "closed", "closed_on": "2023-03-01"},
        {"source": "peer review", "dated_on": "2021-03-01", "status": "closed", "closed_on": "2022-03-01"},
    )  # fmt: skip
    sizes = {
        (row.measure, row.group): row.value
        for row in recommendations(held)
        if row.measure in ("recommendations_made", "recommendations_closed")
    }
    assert sizes == {
        ("recommendations_made", ()): 2, ("recommendations_closed", ()): 1,
        ("recommendations_made", ("LCSPR",)): 1, ("recommendations_closed", ("LCSPR",)): 0,
        ("recommendations_made", ("peer review",)): 1, ("recommendations_closed", ("peer review",)): 1,
    }  # fmt: skip


def test_without_a_theme_it_is_counted_as_not_recorded() -> None:
    rows = recommendations(of({}, {"theme_code": None}))
    assert found(rows, "recommendations_by_theme", group="not recorded").value == 1


@pytest.mark.parametrize("written", ["LSCPR", "LCSPR", "lscpr", "Local Child Safeguarding Practice Review", "SCR"])
def test_both_spellings_of_a_practice_review_are_read_as_one(written: str) -> None:
    assert read_code(written, code_list(contract_of("external_reviews").column("source"), {})) == "LCSPR"


def test_the_synthetic_council_a_second_time() -> None:
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))
    rows, known = recommendations(held), [one for one in records("external_reviews") if by_day(one["dated_on"])]
    still = [one for one in known if not by_day(one["closed_on"])]
    first, last = YEAR.split("/")
    every = found(rows, "recommendations_open", by="")
    assert (every.numerator, every.denominator) == (len(still), len(known))
    longest = max((DAY - one["dated_on"]).days for one in still)
    assert found(rows, "recommendations_open_longest", by="").value == longest
    made = sum(first <= f"{one['dated_on']:%Y-%m}" <= last for one in known)
    assert found(rows, "recommendations_made", by="").value == made
