import pytest
from small import found, tables

from qa_analysis.measures.figure import joined
from qa_analysis.measures.grades.grades import grade_counts, grades


def audits(*overall: str | None, **more: str) -> list[dict[str, str | None]]:
    return [{"overall_grade": grade, **more} for grade in overall]


def test_good_or_better_is_a_share_of_the_graded_headline_audits() -> None:
    held = tables(
        audits=[
            *audits("good", "outstanding", "requires improvement", "inadequate", None),
            *audits("good", "good", selection_route="nominated good"),
        ]
    )
    row = found(grades(held), "good_or_better", by="", period="2023-06")
    assert (row.numerator, row.denominator, row.value) == (2, 4, 0.5)


def test_good_or_better_carries_wilsons_interval() -> None:
    # Wilson 1927 as in Newcombe 1998, table I: 15 of 148 gives 0.0624 to 0.1605.
    held = tables(audits=audits(*["good"] * 15, *["inadequate"] * 133))
    row = found(grades(held), "good_or_better", by="", period="2023-06")
    assert (round(row.lower, 4), round(row.upper, 4)) == (0.0624, 0.1605)


def test_not_applicable_leaves_the_denominator_and_is_counted() -> None:
    held = tables(audits=[{"grade_assessment": "not applicable"}, {"grade_assessment": "inadequate"}])
    rows = grades(held)
    area = found(rows, "good_or_better", by="key_area", group="assessment", period="2023-06")
    assert (area.numerator, area.denominator) == (0, 1)
    assert found(rows, "grade_count", group="assessment+not applicable", period="2023-06").value == 1


def test_every_grade_is_counted_even_when_nobody_gave_it() -> None:
    rows = grade_counts(tables(audits=audits("good")), "2023-06")
    counted = {joined(row.group): row.value for row in rows if joined(row.by) == "grade"}
    assert counted == {"outstanding": 0, "good": 1, "requires improvement": 0, "inadequate": 0}


def test_a_missing_grade_is_counted_as_not_recorded() -> None:
    rows = grade_counts(tables(audits=audits("good", None)), "2023-06")
    assert found(rows, "grade_count", by="grade", group="not recorded").value == 1


def test_under_five_audits_is_too_few_to_say() -> None:
    rows = grades(tables(audits=audits("good", "good", "good", "good")))
    assert found(rows, "good_or_better", by="", period="2023-06").note == "too few to say"


def test_the_rolling_year_pools_twelve_cycles() -> None:
    held = tables(
        audits=[
            {},
            {"cycle_month": "2022-07", "audited_on": "2022-07-10", "overall_grade": "inadequate"},
            {"cycle_month": "2022-06", "audited_on": "2022-06-10", "overall_grade": "inadequate"},
        ]
    )
    row = found(grades(held), "good_or_better", by="", period="2022-07/2023-06")
    assert (row.numerator, row.denominator) == (1, 2)


@pytest.mark.parametrize("by", ["service_area", "team", "theme_code"])
def test_places_and_themes_have_their_own_share(by: str) -> None:
    held = tables(audits=[{by: "a"}, {by: "a", "overall_grade": "inadequate"}, {by: "b"}])
    row = found(grades(held), "good_or_better", by=by, group="a", period="2023-06")
    assert (row.numerator, row.denominator) == (1, 2)
