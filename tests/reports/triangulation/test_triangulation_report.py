"""Triangulation as a page: disagreement first, every source in words, and what was not heard said apart."""

import re
from typing import Any

import pytest
from sections import said
from small import AREAS, month, tables

from qa_analysis.month.month import Month
from qa_analysis.reports.smt_report import report as smt
from qa_analysis.reports.triangulation import report as show

POOR = dict.fromkeys(AREAS, "requires improvement")
SEEN = [
    {"worker_id": f"w{n}", "observed_on": "2023-05-03", "kind": "direct work", "strengths_theme_code": "3.4"}
    for n in range(12)
]


def of(cycle: str = "2023-06", **datasets: Any) -> Month:
    audits = [{"cycle_month": cycle, "audited_on": f"{cycle}-15", **POOR} for _ in range(20)]
    return month(tables(cycle, audits=audits, **datasets))


@pytest.fixture(scope="module")
def disagreeing() -> Month:
    return of(observations=SEEN, family_feedback=[{"audit_id": "audits-1", "text": None, "views": "positive"}])


@pytest.fixture(scope="module")
def text(disagreeing: Month) -> str:
    return "\n".join(said("triangulation", disagreeing))


def test_the_message_begins_with_what_sources_disagree_on(text: str) -> None:
    first = text[text.index("In brief") :].splitlines()[1]
    assert first == "Assessment: sources disagree. Area for development: audit grades. Strength: observations."


def test_every_theme_stands_against_every_source_in_words_beside_signs(text: str) -> None:
    row = next(line for line in text.splitlines() if line.startswith("Assessment | "))
    assert row.startswith("Assessment | ◆ Sources disagree | Audit grades | Observations | – | ")
    assert "answers to prompts, practice alerts, complaints, compliments, external reviews and indicators (not s" in row
    assert "Audit findings, moderation and families (nothing recorded)" in row
    other = next(line for line in text.splitlines() if line.startswith("Multi-agency") and " | " in line)
    assert "▼ An area for development by one voice alone" in other
    assert "Observations (silent)" in other or "observations (silent)" in other


def test_each_source_has_its_records_and_since_when(text: str) -> None:
    block = text[text.index("Assessment: what each source has") :]
    assert "▼ Area for development | 20 | 20 | 0 | June 2023" in block.splitlines()[2]
    assert "▲ Strength | 12 | 0 | 12 | May 2023" in block
    assert "Practice alerts | – Not supplied | – | – | – | –" in block


def test_what_did_not_come_and_what_says_nothing_are_two_sentences(text: str) -> None:
    assert re.search(r"Not supplied, so not heard: .*practice alerts.*external reviews", text)
    assert re.search(r"no record says which theme it is about: .*families", text)


def test_the_meeting_sees_it_only_where_sources_disagree_and_in_the_months_of_the_report(disagreeing: Month) -> None:
    assert "Where sources disagree" in "".join(part.markup for part in smt.disagreements(disagreeing))
    assert smt.disagreements(of()) == []
    assert smt.disagreements(of("2023-05", observations=SEEN)) == []


def test_a_council_with_audits_alone_is_told_by_one_source_and_the_rest_as_not_supplied() -> None:
    lines = "\n".join(said("triangulation", of()))
    assert "sources agree" not in lines.split("## Method")[0]
    assert "Assessment: an area for development by one voice alone (audit grades)." in lines


def test_the_summary_says_where_nothing_disagrees() -> None:
    assert "No theme has sources that disagree." in show.summary(of()).markup
