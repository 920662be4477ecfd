"""What the report on prompts says, on small literal councils."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from sections import said
from small import month, tables
from words import unbound

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.scope import Scope, narrowed
from qa_analysis.data.tables import Tables
from qa_analysis.month.month import Month
from qa_analysis.reports.prompts.lists import FILE, differing_list
from qa_analysis.reports.prompts.report import (
    against_findings,
    answers,
    by_whom,
    opening,
    over_time,
    summary,
)
from qa_analysis.reports.prompts.tables import weakest_table
from qa_analysis.reports.prompts.words import (
    against_sentences,
    change_sentences,
    supplied_sentence,
    weakest_sentences,
)
from qa_analysis.reports.smt_report.report import prompts

CODES = {"1.1": 36, "1.4": 4, "3.10": 20}  # how many of forty audits answer yes
EARLIER = {"1.1": 35, "1.4": 30, "3.10": 21}


def audits(cycle: str, size: int = 40) -> list[dict[str, Any]]:
    return [
        {
            "audit_id": f"{cycle}-{n}", "cycle_month": cycle, "audited_on": f"{cycle}-10", "child_id": f"{cycle}-{n}",
            "key_worker_id": f"kw{n % 5}", "auditor_id": f"au{n % 4}", "auditor_role": "team manager",
            "team": "North" if n % 2 else "South",
        }
        for n in range(size)
    ]  # fmt: skip


def answered(cycle: str, yes: dict[str, int], size: int = 40) -> list[dict[str, Any]]:
    return [
        {"audit_id": f"{cycle}-{n}", "prompt_code": code, "answer": "yes" if n < many else "no"}
        for code, many in yes.items()
        for n in range(size)
    ]


@cache
def held() -> Tables:
    return tables(
        audits=[*audits("2023-06"), *audits("2022-12")],
        audit_answers=[*answered("2023-06", CODES), *answered("2022-12", EARLIER)],
        findings=[
            {"audit_id": "2023-06-0", "theme_code": "1.1", "polarity": "development"},
            {"audit_id": "2023-06-39", "theme_code": "1.4", "polarity": "development"},
            {"audit_id": "2023-06-39", "theme_code": "1.1", "polarity": "strength"},
        ],
    )


@cache
def told() -> Month:
    return month(held())


def test_the_weakest_prompts_are_named_with_their_numbers() -> None:
    assert supplied_sentence(told()) == (
        "Answers were supplied for 100% of headline audits (80 of 80; likely range 95% to 100%) of the last twelve "
        "cycles."
    )
    assert weakest_sentences(told()) == [
        "Answered yes least often: an identified contingency (42% of 80), management oversight recorded within the "
        "assessment (51% of 80) and up-to-date, child-specific plan linked to assessed need (89% of 80)."
    ]


def test_only_what_the_rule_calls_clear_is_said_to_have_changed() -> None:
    assert change_sentences(told()) == [
        "Answered less often yes than six months before: an identified contingency (down 65 percentage points; range "
        "−77 to −45)."
    ]


def test_answers_and_findings_that_differ_are_counted_both_ways() -> None:
    assert against_sentences(told()) == [
        "Answers of no without an area for development on the same prompt: 93 of 94 (99%, 94% to 100%).",
        "Areas for development on a prompt that the same audit answers yes: 1 of 2.",
        "Strengths on a prompt that the same audit answers no: 1 of 1.",
    ]


def test_every_number_of_a_sentence_is_a_figure() -> None:
    sections = (opening, answers, over_time, by_whom, against_findings)
    assert unbound("".join(f"<main>{section(told()).markup}</main>" for section in sections), told()) == []


def test_the_weakest_of_a_role_stand_beside_those_of_others_and_no_difference_is_told() -> None:
    shown = weakest_table(told(), "auditor_role", told().year)
    assert shown["Auditor's role"].tolist() == ["Team manager"] * 3
    assert shown["Answered yes"].tolist()[0] == "34 of 80 (42%, 32% to 53%)"
    page = " ".join(said("prompts", told()))
    assert "are not compared" in page


def test_without_answers_it_is_one_line_and_a_council_of_few_is_told_counts() -> None:
    without = replace(held(), frames={name: rows for name, rows in held().frames.items() if name != "audit_answers"})
    assert answers(month(without)).markup == (
        '<p class="absent">Answers to the prompts of the audit tool: not supplied this month.</p>'
    )
    tiny = month(tables(audits=audits("2023-06", 3), audit_answers=answered("2023-06", {"1.1": 2}, 3)))
    assert "2 of 3" in answers(tiny).markup
    assert weakest_sentences(tiny) == ["No prompt was answered in enough audits to say how often it is answered yes."]


def test_one_team_is_told_of_its_own_audits() -> None:
    north = month(narrowed(held(), load_contracts(), Scope(team="North")))
    assert supplied_sentence(north).startswith("Answers were supplied for 100% of headline audits (40 of 40;")
    assert list(said("prompts", north))


def test_the_smt_report_has_it_at_the_end_of_a_quarter() -> None:
    title, shown = prompts(told())
    assert "Prompts of the audit tool" in title.markup
    assert shown == summary(told())
    assert prompts(replace(told(), month="2023-07")) == []


def test_the_audits_that_differ_are_listed_with_their_auditor(tmp_path: Path) -> None:
    folder = write_lists(tmp_path, held(), differing_list, names={"au0": "Ann Lee", "au3": "Bo Hall"})
    found = [[cell.value for cell in row] for row in load_workbook(folder / FILE)["Differ"].iter_rows()]
    heads = next(place for place, row in enumerate(found) if row[0] == "Cycle")
    assert [(row[1], row[2], str(row[3])[:3], row[4]) for row in found[heads + 1 :]] == [
        ("2023-06-0", "Ann Lee", "1.1", "Area for development, answered yes"),
        ("2023-06-39", "Bo Hall", "1.1", "Strength, answered no"),
    ]
