from small import found, tables

from qa_analysis.measures.figure import joined
from qa_analysis.measures.themes.links import BELOW_GOOD, BY_CHANCE, OFTENER, theme_links
from qa_analysis.measures.themes.prevalence import theme_prevalence

BAD = "requires improvement"


def findings(**codes: range) -> list[dict[str, str]]:
    """Each code as an area for development of so many audits; 1_4 is 1.4."""
    return [
        {"audit_id": f"audits-{number}", "theme_code": code[1:].replace("_", "."), "polarity": "development"}
        for code, numbers in codes.items()
        for number in numbers
    ]


def test_two_themes_always_together_are_linked_and_two_at_random_are_not() -> None:
    held = tables(audits=[{}] * 40, findings=findings(t1_4=range(1, 11), t6_6=range(1, 11), t3_1=range(6, 26)))
    rows = theme_links(held)
    linked = found(rows, "theme_pair_lift", group="1.4+6.6")
    assert (linked.value, linked.verdict) == (4.0, OFTENER)
    assert found(rows, "theme_pair", group="1.4+6.6").value == 10
    assert found(rows, "theme_pair_jaccard", group="1.4+6.6").value == 1
    by_chance = found(rows, "theme_pair_lift", group="1.4+3.1")
    assert (by_chance.value, by_chance.verdict) == (1.0, BY_CHANCE)
    assert by_chance.lower < 1 < by_chance.upper


def test_pairs_of_under_five_audits_are_not_shown_and_a_pair_is_shown_once() -> None:
    held = tables(audits=[{}] * 40, findings=findings(t3_10=range(1, 11), t3_2=range(5, 11), t1_1=range(7, 11)))
    assert {joined(row.group) for row in theme_links(held) if row.measure == "theme_pair"} == {"3.2+3.10"}


def test_a_theme_of_the_audits_below_good_separates_them() -> None:
    held = tables(
        audits=[*[{"overall_grade": BAD}] * 20, *[{}] * 20],
        findings=findings(t1_4=range(1, 16), t3_1=[*range(1, 6), *range(21, 26)]),
    )
    rows = theme_links(held)
    apart = found(rows, "theme_by_grade", group="1.4+development")
    assert (apart.value, apart.verdict) == (0.75, BELOW_GOOD)
    assert found(rows, "theme_by_grade", group="3.1+development").note == "no clear difference"


def test_prevalence_by_service_and_grade_counts_that_groups_audits() -> None:
    held = tables(
        audits=[{"service_area": "A", "overall_grade": BAD}, {"service_area": "A"}, {"service_area": "B"}],
        findings=findings(t1_4=[1, 1, 3]),
    )
    rows = theme_prevalence(held)
    service = found(rows, "theme_prevalence", by="service_area+theme_code+polarity", group="A+1.4+development")
    assert (service.numerator, service.denominator) == (1, 2)
    grade = found(rows, "theme_prevalence", by="grade+theme_code+polarity", group=f"{BAD}+1.4+development")
    assert (grade.numerator, grade.denominator) == (1, 1)


def test_a_cycle_without_the_theme_has_a_nought_and_one_without_audits_has_nothing() -> None:
    held = tables(audits=[{}, {"cycle_month": "2023-05", "audited_on": "2023-05-03"}], findings=findings(t1_4=[1]))
    rows = theme_prevalence(held)
    assert found(rows, "theme_prevalence", by="theme_code+polarity", period="2023-05").numerator == 0
    assert not [row for row in rows if row.period == "2023-04"]


def test_the_share_of_findings_with_a_code_is_said() -> None:
    held = tables(audits=[{}], findings=[*findings(t1_4=[1]), {"audit_id": "audits-1", "theme_code": None}])
    row = found(theme_prevalence(held), "findings_coded", period="2023-06")
    assert (row.numerator, row.denominator) == (1, 2)


def test_without_findings_of_the_year_there_is_no_link() -> None:
    assert theme_links(tables(audits=[{}], findings=[])) == []
