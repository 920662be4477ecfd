"""Which audits are worth talking over."""

from typing import Any

from small import tables

from qa_analysis.measures.moderation.split_cases import split_cases, split_grades

RI, BAD = "requires improvement", "inadequate"


def council(*panels: dict[str, Any], **audit: Any) -> Any:
    """As many audits as panels, all graded good; the panel agrees except where it says otherwise."""
    areas = {column: "good" for column in ("grade_assessment", "grade_multi_agency")}
    moderations = [{"audit_id": f"audits-{n}", **areas, **panel} for n, panel in enumerate(panels, start=1)]
    return tables(audits=[audit for _ in panels], moderations=moderations)


def test_only_grades_that_the_panel_changed_are_split() -> None:
    held = split_grades(council({}, {"overall_grade": BAD}, {"grade_assessment": "outstanding"}))
    shown = held[["audit_id", "area", "steps", "crossed_good", "is_far"]]
    assert shown.to_dict("split")["data"] == [
        ["audits-2", "", 2, True, True], ["audits-3", "assessment", -1, False, False],
    ]  # fmt: skip


def test_a_grade_changed_for_the_form_says_nothing_of_practice() -> None:
    assert split_cases(council({"overall_grade": BAD, "reason_about": "form"})) == ()


def test_the_furthest_split_come_first() -> None:
    one_area, across, far = {"grade_assessment": RI}, {"overall_grade": RI}, {"overall_grade": BAD}
    assert split_cases(council(one_area, across, far)) == ("audits-3", "audits-2", "audits-1")


def test_of_equals_the_area_least_seen_comes_first() -> None:
    first, same, other = {"grade_assessment": RI}, {"grade_assessment": RI}, {"grade_multi_agency": RI}
    assert split_cases(council(first, same, other)) == ("audits-1", "audits-3", "audits-2")


def test_at_most_six_are_chosen() -> None:
    assert len(split_cases(council(*[{"overall_grade": RI}] * 9))) == 6


def test_a_year_without_a_split_has_no_case() -> None:
    assert split_cases(council({}, {})) == ()
    assert split_cases(tables(audits=[{}])) == ()
