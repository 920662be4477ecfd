"""The unit's page: the message first, what waits, no claim of change, and one line for what was not supplied."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from fixed_council import NOW, fixed_month
from pandas import DataFrame
from sections import said
from small import month, tables
from unit_council import alerts, conferences, invited, listed
from words import lines_of_html

from qa_analysis.council import Own
from qa_analysis.measures.figure import TOO_FEW
from qa_analysis.month.figures import Figures
from qa_analysis.month.month import Month
from qa_analysis.reports import summary_of
from qa_analysis.reports.safeguarding_unit import report as show
from qa_analysis.telling.blocks import Html

Section = Callable[[Month], Html]
NO_NUMBER = re.compile(r"\bnan\b|NaN|<NA>|: None\b")
SMALL = {
    "caseload": listed("2023-06-30", "CP", "CLA"), "conferences": conferences({}), "practice_alerts": alerts({}),
    "partner_contributions": [invited("c1", "police")],
    "complaints_compliments": [{"kind": "complaint", "received_on": "2023-06-01", "received_by": "safeguarding unit"}],
}  # fmt: skip


@dataclass(frozen=True)
class KeptBack:
    """Figures of which those of some measures are kept back."""

    held: Figures
    hidden: Mapping[str, DataFrame]

    @property
    def every(self) -> DataFrame:
        return self.held.every

    def of(self, measure: str) -> DataFrame:
        return self.hidden[measure] if measure in self.hidden else self.held.of(measure)


def of(section: Section, **datasets: Any) -> list[str]:
    """What one section says of a small council."""
    return list(lines_of_html(section(month(tables(audits=[{}], **datasets))).markup))


@pytest.fixture(scope="module")
def told() -> Month:
    return fixed_month()


@pytest.fixture(scope="module")
def every(told: Month) -> list[str]:
    """Every line of the report of the fixed council."""
    return list(said("safeguarding-unit", told))


def test_the_message_and_what_to_decide_come_before_any_section(every: list[str]) -> None:
    first = every[: next(place for place, line in enumerate(every) if line.startswith("## Children"))]
    assert first.index("Headlines") < first.index("For decision")
    decisions = [line.split(" | ")[0] for line in first if " | " in line][1:]
    assert decisions == [
        "Set a day for each of the overdue conferences and reviews",
        "Obtain the overdue answers to practice alerts; each Team Manager has a list",
        "Raise with the partnership: GP",
    ]
    assert any("A rise may be good" in line for line in first)


def test_where_nothing_waits_no_decision_is_made_up() -> None:
    every = of(show.opening, conferences=conferences({}), practice_alerts=alerts({"responded_on": "2023-06-08"}))
    text = " ".join(every)
    assert "The figures of this month call for no decision of their own." in every
    assert "No conference or review was overdue on 10 July 2023." in text
    assert "No alert was awaiting an answer on 10 July 2023." in text


@pytest.mark.parametrize(
    ("dataset", "sections"),
    [
        ("caseload", [show.children]), ("conferences", [show.conferences, show.participation, show.partners]),
        ("practice_alerts", [show.alerts, show.answers]), ("partner_contributions", [show.partners]),
        ("complaints_compliments", [show.received]),
    ],
)  # fmt: skip
def test_a_dataset_that_did_not_come_is_one_line_in_its_sections_and_one_on_page_one(
    dataset: str, sections: list[Section]
) -> None:
    held = month(tables(audits=[{}], **{name: rows for name, rows in SMALL.items() if name != dataset}))
    for section in sections:
        (line,) = lines_of_html(section(held).markup)
        assert line.endswith("not supplied this month.")
    first = list(lines_of_html(show.opening(held).markup))
    assert sum(line.startswith("Not supplied this month: ") for line in first) == 1
    assert [line for line in first if NO_NUMBER.search(line)] == []


def test_with_nothing_of_the_unit_supplied_there_is_no_picture_and_no_table() -> None:
    every = list(said("safeguarding-unit", month(tables(audits=[{}]))))
    assert [line for line in every if line.startswith("[") or " | " in line] == []
    assert (
        "Not supplied this month: open records, conferences and reviews, practice alerts, partners' contributions and "
        "complaints and compliments." in every
    )


def test_partners_without_their_conferences_cannot_be_dated_and_are_not_told() -> None:
    told = of(show.partners, partner_contributions=[invited("c1", "police")])
    assert told == ["Partners' attendance and reports: not supplied this month."]


def test_a_tiny_council_reads_in_whole_sentences() -> None:
    waits = conferences({"held_on": None, "child_participated": None})
    every = of(show.opening, **{**SMALL, "caseload": listed("2023-06-30", "CP"), "conferences": waits})
    text = " ".join(every)
    assert "At the end of June 2023, 1 child was cared for (0) or on a child protection plan (1)." in text
    assert "0 of 1 conference or review due in June 2023 were held in time; 0 were held late, and 1 had not" in text
    assert "Awaiting an answer on 10 July 2023: 1 alert, overdue; the longest has waited 35 days." in text
    assert NO_NUMBER.search(text) is None


def test_a_council_in_its_first_month_says_nothing_of_a_year() -> None:
    held = tables(
        audits=[{}], own=Own(first_cycle=NOW), caseload=listed("2023-06-30", *["CP"] * 9),
        conferences=conferences(*[{}] * 9), practice_alerts=alerts(*[{}] * 9),
    )  # fmt: skip
    told = month(held)
    parts = (show.opening, show.participation, show.answers, show.teams)
    text = " ".join(part(told).markup for part in parts)
    assert "Over the year" not in text
    assert "July 2022" not in text
    assert "Services and teams are told of once the council has audited for a whole year" in text


def test_participation_that_is_not_recorded_is_not_nobody_taking_part() -> None:
    every = of(show.participation, conferences=conferences({"child_participated": None}))
    assert "Whether children took part is not recorded." in every


def test_more_alerts_are_never_called_better_or_worse(every: list[str]) -> None:
    text = " ".join(every)
    assert not re.search(r"\b(improv\w+|deteriorat\w+|worsen\w*|getting worse|risen|fallen|more than last)\b", text)
    assert "So more alerts are not read as better or worse here." in text


def test_a_team_with_too_few_children_is_not_told_of() -> None:
    small = alerts(*[{}] * 12, *[{"team": "Elm", "child_id": "x"}] * 2)
    many = [{**one, "child_id": f"child-{n}"} for n, one in enumerate(small[:12])]
    caseload = [row for month_end in ("2023-05-31", "2023-06-30") for row in listed(month_end, *["CP"] * 12, first=0)]
    held = month(tables(audits=[{}], practice_alerts=[*many, *small[12:]], caseload=caseload))
    rows = held.figures("alerts_raised", by=("team", "formality"), period=held.place_year)
    hidden = {row["group"]: row["verdict"] == TOO_FEW for _, row in rows.iterrows()}
    assert hidden["Elm+formal"]
    every = list(lines_of_html(show.teams(held).markup))
    assert "Elm | none | too small to show | too small to show" in every


def test_its_summary_is_two_lines_and_one_where_nothing_was_supplied(told: Month) -> None:
    assert len(list(lines_of_html(summary_of("safeguarding-unit", told).markup))) == 2
    nothing = month(tables(audits=[{}]))
    assert list(lines_of_html(summary_of("safeguarding-unit", nothing).markup)) == [
        "Conferences and reviews, and practice alerts: not supplied this month."
    ]


def test_what_is_kept_back_is_said_once_and_calls_for_no_decision() -> None:
    told = month(tables(audits=[{}], practice_alerts=alerts({}), conferences=conferences({})))
    hidden = told.held.of("alerts_open").assign(value=float("nan"), verdict=TOO_FEW)
    kept_back = replace(told, held=KeptBack(told.held, {"alerts_open": hidden, "alerts_overdue": hidden}))
    text = " ".join(lines_of_html(show.opening(kept_back).markup))
    assert "Awaiting an answer on 10 July 2023: a number of alerts too small to show." in text
    assert "call for no decision" in text
