"""What the evidence for a Service Plan says, on small literal councils."""

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from sections import said
from small import LONG_AT_IT, month, tables

from qa_analysis.month.month import Month
from qa_analysis.month.place import of_place
from qa_analysis.plans import Plans
from qa_analysis.publishing.editions import editions_of
from qa_analysis.reports import reports
from qa_analysis.reports.service_plan_evidence.report import REPORT, indicators, learning, plans, practice, work
from qa_analysis.reports.service_plan_evidence.tables import evidence_table, indicators_table, work_table
from qa_analysis.reports.service_plan_evidence.words import in_time_sentence, quarter_words, work_sentence

TAGS = Plans(theme_tags=MappingProxyType({"1.4": ("training plan", "People Strategy"), "neglect": ("training plan",)}))


def audit(number: int) -> dict[str, Any]:
    cycle, service = f"2023-{4 + number % 3:02d}", ("Safeguarding", "Cared For")[number % 4 == 0]
    return {"cycle_month": cycle, "audited_on": f"{cycle}-15", "service_area": service, "child_id": f"c{number}",
            "key_worker_id": f"kw{number}", "team": "North" if service == "Safeguarding" else "Rowan"}  # fmt: skip


def earlier(many: int) -> list[dict[str, Any]]:
    """Audits of the year before the quarter."""
    old = {"cycle_month": "2022-08", "audited_on": "2022-08-15", "team": "North"}
    return [{**audit(1), **old, "child_id": f"old{n}", "key_worker_id": f"kw{n}"} for n in range(many)]


def reading(period: str, entity: str, part: int) -> dict[str, Any]:
    return {"indicator_code": "K1", "name": "Plans up to date", "level": "service", "entity": entity, "period": period,
            "numerator": part, "denominator": 40, "better_is": "higher"}  # fmt: skip


DATASETS: dict[str, list[dict[str, Any]]] = {
    "audits": [*map(audit, range(24)), *earlier(10)],
    "actions": [
        *({"agreed_on": "2023-03-01", "completed_on": "2023-04-03"} for _ in range(6)),
        {"agreed_on": "2023-03-01"}, {"agreed_on": "2023-05-01", "level": "team", "theme_code": "1.4"},
    ],
    "learning_events": [
        {"event_id": "e1", "kind": "training", "held_on": "2023-05-01", "team": "North", "attended": 4,
         "theme_code": "1.4"}
    ],
    "indicators": [
        reading(period, entity, part)
        for period in ("2023-04", "2023-05", "2023-06") for entity, part in (("Safeguarding", 20), ("Cared For", 30))
    ],
}  # fmt: skip


@cache
def whole() -> Month:
    return month(tables(own=replace(LONG_AT_IT, plans=TAGS), **DATASETS))


@cache
def safeguarding() -> Month:
    return of_place(whole(), service="Safeguarding")


def test_the_quarter_is_told_in_one_line() -> None:
    assert quarter_words(whole()) == "quarter 1 of 2023/24, April to June 2023"
    assert work_sentence(safeguarding()) == (
        "Quarter 1 of 2023/24, April to June 2023: 18 audits, 1 action agreed and 6 completed and 1 learning event."
    )
    assert in_time_sentence(safeguarding()) == (
        "Of the actions that fell due in the quarter, 6 of 8 actions (75%, likely range 41% to 93%) were completed "
        "within 40 working days."
    )


def test_each_figure_of_the_service_stands_beside_that_of_all() -> None:
    assert work_table(safeguarding()).to_numpy().tolist()[:2] == [
        ["Audits completed", "18", "24"], ["Actions agreed", "1", "1"]
    ]  # fmt: skip
    assert list(work_table(whole()).columns) == ["In the quarter", "All"]


def test_indicators_of_three_months_are_added_up() -> None:
    assert indicators_table(safeguarding()).to_numpy().tolist() == [
        ["Plans up to date", "60 of 120 (50%, 41% to 59%)", "150 of 240 (62%, 56% to 68%)"]
    ]


def test_grades_of_three_cycles_are_told_of_all_services_and_never_of_one() -> None:
    words = practice(safeguarding()).markup
    assert "Over these three cycles 100% of headline audits (24 of 24; 86% to 100%) of all" in words
    assert "28 of 28" in words and "of 18" not in words


def test_themes_stand_with_the_plans_that_the_council_says_they_feed() -> None:
    assert evidence_table(safeguarding()).to_numpy().tolist() == [
        ["No clear contingency plan", "training plan, People Strategy", "Too few to show", "0 of 1", "1"],
        ["Neglect", "training plan", "A theme of audits", "None", "0"],
    ]


def test_a_council_without_tags_is_told_so_in_one_line_and_none_is_invented() -> None:
    bare = of_place(month(tables(**DATASETS)), service="Safeguarding")
    assert "The council has not said which plans its themes feed (theme_tags in council.yaml)." in plans(bare).markup
    assert evidence_table(bare).to_numpy().tolist()[0][1] == "no plan named"


def test_what_was_not_supplied_is_one_line_and_no_nought() -> None:
    few = of_place(month(tables(audits=DATASETS["audits"])), service="Cared For")
    assert "not supplied this month" in indicators(few).markup and "not supplied this month" in learning(few).markup
    assert "Actions signed off" in work(few).markup
    assert list(said(REPORT.name, few))


def test_two_reports_of_services_lie_in_folders_of_their_own() -> None:
    both = [reports()["service"], REPORT]
    pages = [one.page for one in editions_of(both, whole())]
    assert pages == [
        "services/cared-for.html", "services/safeguarding.html", "service-plan-evidence/cared-for.html",
        "service-plan-evidence/safeguarding.html",
    ]  # fmt: skip


def test_it_falls_due_at_the_end_of_each_financial_quarter() -> None:
    assert [number for number in range(1, 13) if REPORT.every.holds_in(f"2023-{number:02d}")] == [3, 6, 9, 12]


def test_a_council_of_one_team_has_its_figures_and_the_same_beside_them() -> None:
    audits = [one for one in DATASETS["audits"] if one["team"] == "North"]
    rows = [one for one in DATASETS["indicators"] if one["entity"] == "Safeguarding"]
    one = of_place(month(tables(**{**DATASETS, "audits": audits, "indicators": rows})), service="Safeguarding")
    assert indicators_table(one).to_numpy().tolist() == [
        ["Plans up to date", "60 of 120 (50%, 41% to 59%)", "60 of 120 (50%, 41% to 59%)"]
    ]
    assert "18" in work(one).markup
