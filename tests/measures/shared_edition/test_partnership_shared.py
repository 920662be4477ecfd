"""Multi-agency working as the partnership may read it: rounded, cells without their sums, nothing to be worked out."""

from itertools import product
from math import isnan
from typing import Any

import pandas as pd
from attacker import OfEveryone, tables_of
from by_hand import DAY, MONTH, frames, records
from small import CONTRACTS, found, tables
from unit_council import conferences, invited

from qa_analysis.data.tables import tables_as_at
from qa_analysis.dates import months_up_to
from qa_analysis.disclosure.reach import alike
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure, frame_of
from qa_analysis.measures.populations import SHARED
from qa_analysis.measures.shared_edition.partnership import ANSWERED, INVITED, OPEN, partnership
from qa_analysis.measures.shared_edition.protected import FEW, SMALL, protected_count

HELD = rules_for("2023-06").shared_edition


def recommended(number: int, **changes: Any) -> list[dict[str, Any]]:
    usual = {"source": "Ofsted", "dated_on": "2023-01-10", "theme_code": "6.1", "recommendation": "x", "status": "open"}
    return [{**usual, **changes} for _ in range(number)]


def numbered(*parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"recommendation_id": f"r{n}", **one} for n, one in enumerate(one for part in parts for one in part)]


def of(**datasets: Any) -> list[Figure]:
    return partnership(tables(audits=[{"audit_id": f"a{n}"} for n in range(40)], **datasets))


def answers(code: str, yes: int, of: int) -> list[dict[str, Any]]:
    return [{"audit_id": f"a{n}", "prompt_code": code, "answer": "yes" if n < yes else "no"} for n in range(of)]


def test_prompts_on_working_together_are_rounded_shares_and_no_other_area_is_there() -> None:
    rows = of(audit_answers=[*answers("5.1", 23, 38), *answers("5.3", 2, 38), *answers("6.1", 20, 38)])
    one = found(rows, ANSWERED, group="5.1")
    assert (one.numerator, one.denominator, one.value) == (25, 40, 0.65)
    assert found(rows, ANSWERED, group="5.3").verdict == FEW
    assert not [row for row in rows if row.group == ("6.1",)]
    assert {row.population for row in rows} == {SHARED}


def test_an_agency_is_told_of_where_enough_is_recorded_of_it() -> None:
    met = conferences(*[{}] * 40)
    asked = [invited(f"c{n}", "police", is_invited=n <= 24) for n in range(1, 41)]
    rare = [invited(f"c{n}", "Mrs Lamb") for n in range(1, 18)]
    rows = of(conferences=met, partner_contributions=[*asked, *rare])
    assert [(row.group, row.numerator, row.denominator) for row in rows if row.measure == INVITED] == [
        (("police",), 25, 40)
    ]


def test_open_recommendations_are_counted_by_kind_subject_and_age_and_small_counts_are_not_given() -> None:
    rows = of(
        external_reviews=numbered(
            recommended(12), recommended(2, dated_on="2022-07-09"), recommended(3, status="closed"),
            recommended(9, source="LCSPR", theme_code="multi-agency-core-groups"),
            recommended(1, source="rapid review"),
        )
    )  # fmt: skip
    told = {row.group: row for row in rows if row.measure == OPEN}
    assert told["inspections", "other themes", "a year or less"].value == 10
    assert told["inspections", "other themes", "over a year"].verdict == SMALL
    assert told["case reviews", "multi-agency working", "a year or less"].value == 10
    assert told["case reviews", "other themes", "a year or less"].verdict == SMALL
    assert told["multi-agency audits", "other themes", "over a year"].value == 0
    assert isnan(told["inspections", "other themes", "over a year"].value)


def test_no_sum_stands_beside_its_parts_so_that_each_count_stays_one_of_five_at_least() -> None:
    rows = of(external_reviews=numbered(recommended(12)))
    assert {row.by for row in rows if row.measure == OPEN} == {("kind_of_review", "subject", "open_for")}
    printed = [repr(protected_count(size, HELD)) for size in range(60)]
    for size in range(1, 55):
        assert printed.count(printed[size]) >= 5, size


def test_whoever_holds_two_years_of_editions_works_out_no_answer_behind_what_is_printed() -> None:
    audits = [
        {"audit_id": f"{cycle}-{n}", "cycle_month": cycle, "audited_on": f"{cycle}-15"}
        for cycle in months_up_to("2024-06", 24) for n in range(8 + int(cycle[-2:]) % 5)
    ]  # fmt: skip
    said = [
        {"audit_id": one["audit_id"], "prompt_code": "5.1", "answer": "yes" if place % 3 else "no"}
        for place, one in enumerate(audits)
    ]
    every = tables("2024-06", audits=audits, audit_answers=said)
    editions = [tables_of(every.frames, month) for month in months_up_to("2024-06", 12)]
    figures = pd.concat([frame_of(partnership(one), as_at=one.as_at) for one in editions], ignore_index=True)
    told = figures[(figures["measure"] == ANSWERED) & figures["group"].eq("5.1") & (figures["denominator"] > 0)]
    reader = OfEveryone(told, every.rules).found("everyone")
    assert (reader.protected, reader.recovered) == (2 * len(told), 0)
    assert reader.width >= 3


def test_every_printed_share_of_an_agency_may_be_of_several_counts() -> None:
    for part, whole in product(range(0, 45, 3), range(20, 45, 3)):
        if part <= whole:
            (low, high), (least, most) = alike(part, whole, HELD)
            assert high > low, (part, whole)
            assert most > least, (part, whole)


def test_the_synthetic_council_a_second_time() -> None:
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))
    audits = {
        one["audit_id"] for one in records("audits")
        if one["cycle_month"] in ("2023-04", "2023-05", "2023-06") and one["selection_route"] in ("random", "revisit")
        and one["audited_on"] <= DAY
    }  # fmt: skip
    said = [
        one["answer"] for one in records("audit_answers") if one["audit_id"] in audits and one["prompt_code"] == "5.2"
    ]
    yes, whole = said.count("yes"), sum(one in ("yes", "partly", "no") for one in said)
    one = found(partnership(held), ANSWERED, group="5.2")
    assert (one.numerator, one.denominator) == (5 * round(yes / 5), 5 * round(whole / 5))


def test_without_its_datasets_there_is_no_figure_and_not_zero() -> None:
    assert of() == []
