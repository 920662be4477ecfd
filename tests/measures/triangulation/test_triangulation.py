"""Each source's records of a key area from literal tables, and one month worked out a second time."""

from collections import Counter
from typing import Any

import pytest
from by_hand import DAY, MONTH, SCALE, YEAR, by_day, frames, is_good, records
from small import CONTRACTS, tables

from qa_analysis.council import Own
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import figures_by, makers_of
from qa_analysis.measures.figure import Figure, figures_of, joined
from qa_analysis.measures.triangulation.together import CODED, OF_PROMPT, SAID, SINCE, STRENGTHS, VERDICT, triangulation
from qa_analysis.measures.triangulation.verdicts import NOT_CODED, SILENT

RI = "requires improvement"


def told(held: Tables) -> dict[tuple[str, str], Figure]:
    return {(one.measure, joined(one.group)): one for one in triangulation(held)}


def sides(found: dict[tuple[str, str], Figure], area: str, source: str) -> tuple[int, int, int]:
    """Records, those for development and those that are a strength."""
    said, strengths = (found[name, f"{area}+{source}"] for name in (SAID, STRENGTHS))
    return int(said.value), int(said.numerator), int(strengths.numerator)


def of(**datasets: list[dict[str, Any]]) -> dict[tuple[str, str], Figure]:
    return told(tables(**{"audits": [{"audit_id": "a1"}], **datasets}))


def test_grades_of_headline_audits_lean_by_good_or_better_and_not_applicable_is_none() -> None:
    audits = [
        {"grade_assessment": "good"}, {"grade_assessment": RI}, {"grade_assessment": "inadequate"},
        {"grade_assessment": "not applicable"}, {"grade_assessment": "good", "selection_route": "nominated good"},
    ]  # fmt: skip
    assert sides(of(audits=audits), "assessment", "audit grades") == (3, 2, 1)


def test_an_audit_leans_as_most_of_its_findings_do_and_one_without_a_code_by_its_area() -> None:
    findings = [
        {"audit_id": "a1", "theme_code": "3.1", "polarity": "development"},
        {"audit_id": "a1", "theme_code": None, "key_area": "assessment", "polarity": "development"},
        {"audit_id": "a1", "theme_code": "3.4", "polarity": "strength"},
        {"audit_id": "a1", "theme_code": "5.1", "polarity": "strength"},
    ]
    found = of(findings=findings)
    assert sides(found, "assessment", "audit findings") == (1, 1, 0)
    assert sides(found, "multi_agency", "audit findings") == (1, 0, 1)
    assert (found[OF_PROMPT, "3.4+audit findings"].value, found[OF_PROMPT, "3.4+audit findings"].numerator) == (1, 0)


def test_moderation_is_the_panels_own_grade_of_the_random_third_alone() -> None:
    audits = [{"audit_id": f"a{n}", "grade_assessment": "good"} for n in range(3)]
    moderations = [
        {"audit_id": "a0", "grade_assessment": RI}, {"audit_id": "a1", "grade_assessment": "good"},
        {"audit_id": "a2", "grade_assessment": RI, "route": "dispute"},
    ]  # fmt: skip
    assert sides(of(audits=audits, moderations=moderations), "assessment", "moderation") == (2, 1, 1)


def test_a_complaint_counts_once_by_its_audit_theme_and_withdrawn_ones_not() -> None:
    usual = {"kind": "complaint", "received_on": "2023-05-02", "theme_code": "multi-agency-core-groups"}
    rows = [
        {**usual, "record_id": "c1", "stage": "1"}, {**usual, "record_id": "c2", "stage": "2", "first_record_id": "c1"},
        {**usual, "record_id": "c3", "outcome": "withdrawn"}, {**usual, "record_id": "c4", "theme_code": "neglect"},
        {**usual, "record_id": "c5", "kind": "compliment", "theme_code": None},
    ]  # fmt: skip
    found = of(complaints_compliments=rows)
    assert sides(found, "multi_agency", "complaints") == (1, 1, 0)
    assert found[SAID, "assessment+complaints"].verdict == SILENT
    assert found[SAID, "assessment+compliments"].verdict == NOT_CODED
    assert (found[CODED, "complaints"].numerator, found[CODED, "complaints"].denominator) == (1, 2)


def test_an_open_recommendation_counts_however_old_and_a_closed_one_leans_neither_way() -> None:
    usual = {"source": "Ofsted", "theme_code": "supervision", "recommendation": "x"}
    rows = [
        {**usual, "dated_on": "2021-11-02", "status": "open"},
        {**usual, "dated_on": "2021-11-02", "status": "closed", "closed_on": "2022-01-05"},
        {**usual, "dated_on": "2023-01-10", "status": "closed", "closed_on": "2023-05-05"},
    ]
    found = of(external_reviews=rows)
    assert sides(found, "supervision_oversight", "external reviews") == (2, 1, 0)
    assert found[SINCE, "supervision_oversight+external reviews"].value == 19  # from November 2021 to June 2023


def test_an_indicator_speaks_of_the_area_that_the_council_says_by_its_target() -> None:
    rows = [
        {"indicator_code": "K1", "name": "Assessments", "period": f"{year}-{n:02d}", "level": "directorate",
         "entity": "all", "numerator": 40.0 + n % 4, "denominator": 100.0, "value": 40.0 + n % 4, "target": 90.0,
         "better_is": "higher", "unit": "%"}
        for year, n in [*((2022, n) for n in range(1, 13)), *((2023, n) for n in range(1, 7))]
    ]  # fmt: skip
    held = tables(audits=[{}], indicators=rows, own=Own(first_cycle="2022-06", indicator_areas={"K1": "assessment"}))
    assert sides(told(held), "assessment", "indicators") == (1, 1, 0)
    assert sides(told(tables(audits=[{}], indicators=rows)), "assessment", "indicators") == (0, 0, 0)


def test_a_source_without_its_dataset_has_no_figure_and_an_older_record_is_not_looked_at() -> None:
    found = of(practice_alerts=[{"alert_id": "x1", "raised_on": "2022-06-30", "theme_code": "5.1"}])
    assert not [group for measure, group in found if measure == SAID and group.endswith(("families", "complaints"))]
    assert found[SAID, "multi_agency+practice alerts"].verdict == NOT_CODED


# One month of the synthetic council, in plain Python.

AREAS = {"1": "help_protection_stability", "2": "recording_communication", "3": "assessment",
         "4": "relationships_direct_work", "5": "multi_agency", "6": "supervision_oversight"}  # fmt: skip
OF_THEMES = {
    "assessment-quality": "assessment", "cared-for-planning": "help_protection_stability",
    "direct-work": "relationships_direct_work", "step-down": "help_protection_stability",
    "management-oversight": "supervision_oversight", "supervision": "supervision_oversight",
    "child-protection-planning": "help_protection_stability", "chronologies": "recording_communication",
    "multi-agency-core-groups": "multi_agency", "care-leavers-pathway": "help_protection_stability",
}  # fmt: skip
FIRST, LAST = YEAR.split("/")


@pytest.fixture(scope="module")
def measured() -> dict[tuple[str, str], Figure]:
    rules = rules_for(MONTH)
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules)
    table = figures_by(makers_of(VERDICT)[0], held)
    return {(one.measure, joined(one.group)): one for one in figures_of(table)}


def area(code: str | None) -> str | None:
    return AREAS.get((code or "").split(".")[0]) or OF_THEMES.get(code or "")


def in_year(day: Any) -> bool:
    return by_day(day) and FIRST <= f"{day:%Y-%m}" <= LAST


def headline() -> dict[str, Any]:
    audits = records("audits")
    return {
        one["audit_id"]: one for one in audits
        if FIRST <= one["cycle_month"] <= LAST and one["selection_route"] in ("random", "revisit")
        and by_day(one["audited_on"])
    }  # fmt: skip


def test_findings_and_answers_a_second_time(measured: dict[tuple[str, str], Figure]) -> None:
    audits = headline()
    for dataset, source, code, side in (
        ("findings", "audit findings", "theme_code", lambda one: {"development": 1, "strength": -1}[one["polarity"]]),
        ("audit_answers", "answers to prompts", "prompt_code", lambda one: -1 if one["answer"] == "yes" else 1),
    ):
        sums: Counter[tuple[str, str]] = Counter()
        for one in records(dataset):
            of_area = area(one[code]) or one.get("key_area")
            if one["audit_id"] in audits and of_area and one.get("answer", "yes") in ("yes", "partly", "no"):
                sums[one["audit_id"], of_area] += side(one)
        for name in AREAS.values():
            own = [way for (_, of_area), way in sums.items() if of_area == name]
            expected = (len(own), sum(way > 0 for way in own), sum(way < 0 for way in own))
            assert sides(measured, name, source) == expected, (name, source)


def test_alerts_and_complaints_a_second_time(measured: dict[tuple[str, str], Figure]) -> None:
    alerts = Counter(area(one["theme_code"]) for one in records("practice_alerts") if in_year(one["raised_on"]))
    first = [
        one for one in records("complaints_compliments")
        if one["kind"] == "complaint" and in_year(one["received_on"]) and one.get("first_record_id") is None
    ]  # fmt: skip
    gone = {one["record_id"] for one in first if one["outcome"] == "withdrawn"}
    complaints = Counter(area(one["theme_code"]) for one in first if one["record_id"] not in gone)
    for name in AREAS.values():
        assert measured[SAID, f"{name}+practice alerts"].value == alerts[name]
        assert measured[SAID, f"{name}+complaints"].value == complaints[name]


def test_grades_of_auditors_and_of_the_panel_a_second_time(measured: dict[tuple[str, str], Figure]) -> None:
    audits = {one["audit_id"]: one for one in records("audits") if FIRST <= one["cycle_month"] <= LAST}
    decided = [
        (one, audits[one["audit_id"]]) for one in records("moderations")
        if one["route"] == "random third" and by_day(one["moderated_on"]) and one["audit_id"] in audits
    ]  # fmt: skip
    for name in AREAS.values():
        column = f"grade_{name}"
        graded = [one[column] for one in headline().values() if one[column] in SCALE]
        panel = [one[column] for one, audit in decided if one[column] in SCALE and audit[column] in SCALE]
        for source, grades in (("audit grades", graded), ("moderation", panel)):
            good = sum(map(is_good, grades))
            assert sides(measured, name, source) == (len(grades), len(grades) - good, good), (name, source)


def test_observations_a_second_time(measured: dict[tuple[str, str], Figure]) -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for one in records("observations"):
        if in_year(one["observed_on"]):
            for column, way in (("strengths_theme_code", -1), ("development_theme_code", 1)):
                if of_area := area(one[column]):
                    sums[one["observation_id"], of_area] += way
    for name in AREAS.values():
        own = [way for (_, of_area), way in sums.items() if of_area == name]
        expected = (len(own), sum(way > 0 for way in own), sum(way < 0 for way in own))
        assert sides(measured, name, "observations") == expected, name
