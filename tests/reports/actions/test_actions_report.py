"""The actions report: readable whatever the month, and every number bound to a figure."""

import re
import warnings
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from small import asked, month, tables

from qa_analysis.reports.actions import report as show

SECTIONS = (show.cover, show.state, show.flow, show.sign_off, show.tracker, show.concerns, show.summary)
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
OPEN, DONE = {"due_on": "2023-06-30"}, {"completed_on": "2023-06-10", "signed_off_on": "2023-06-12"}
ODD: dict[str, dict[str, Any]] = {
    "no action": {},
    "one action": {"actions": [OPEN]},
    "all open, none due": {"actions": [{"due_on": "2023-08-01"}] * 4},
    "all done": {"actions": [DONE] * 8},
    "no concern found": {"immediate_concerns": []},
    "one concern without a date": {"immediate_concerns": [{"audit_id": "audits-1", "found_on": None}]},
}


def said(held: Any) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return " ".join(
            BeautifulSoup(section(held).markup, "html.parser").get_text(" ") for section in SECTIONS
        ).replace("\u00a0", " ")


@pytest.mark.parametrize("council", ODD.values(), ids=ODD)
def test_an_odd_month_is_readable_and_without_nonsense(council: dict[str, Any]) -> None:
    assert not re.search(r"\bnan\b|NaN|None\b(?! overdue)|inf\b", said(month(tables(audits=[{}], **council))))


def test_the_rate_of_all_actions_is_labelled_so_and_the_years_rate_stands_beside_it() -> None:
    old = {"agreed_on": "2021-03-01", "completed_on": "2021-03-10"}
    late = {"agreed_on": "2023-03-01", "completed_on": "2023-06-30"}
    text = said(month(tables(audits=[{}], actions=[*[old] * 30, *[late] * 10])))
    assert "Since the first action recorded, 75% of actions were completed within 40 working days (30 of 40;" in text
    assert "Over twelve cycles, 0% of actions that fell due were completed within 40 working days (0 of 10;" in text


def test_what_was_not_supplied_is_said_once_in_a_section() -> None:
    assert "Immediate concerns: not supplied this month." in said(month(tables(audits=[{}])))


def test_concerns_are_told_step_by_step_with_what_is_missing() -> None:
    concern = {
        "audit_id": "audits-1", "found_on": "2023-06-15", "form_sent_on": "2023-06-18", "has_summary": True,
        "is_in_team_manager_tray": True, "is_in_service_manager_tray": True, "suggested_actions": 2,
    }  # fmt: skip
    text = said(month(tables(audits=[{}], immediate_concerns=[concern])))
    assert "1 immediate concern in the last twelve cycles, 1 of them in this one." in text
    assert "Form sent: 1 of 1, median 3 days after the concern was identified." in text
    assert "not known: a manager told, signed off, discussed in supervision." in text
    assert "Parts of the form not completed for every concern: an action on the tracker 0 of 1." in text


def test_those_open_at_the_months_end_and_on_the_day_are_told_apart_and_add_up() -> None:
    actions = [*[{}] * 4, *[{"completed_on": "2023-07-05"}] * 2, {"agreed_on": "2023-07-03"}, {"agreed_on": None}]
    text = said(month(tables(audits=[{}], actions=actions)))
    assert (
        "At the end of June 2023 6 actions were open. Since then 1 was agreed and 2 closed, and 1 more is open "
        "without a date of agreement: 6 were open on 10 July 2023."
    ) in text
    assert "Open at the end of June 2023 6 Agreed since, to 10 July 2023 +1 Closed since, to 10 July 2023 −2" in text


def test_sign_off_says_what_is_right_and_what_to_look_at() -> None:
    done = {"completed_on": "2023-06-10", "signed_off_on": "2023-06-12", "signed_off_by_id": "x"}
    states = [
        {"signed_off_role": "team manager"}, {"signed_off_role": "team manager"},
        {"signed_off_role": "service manager", "owner_role": "team manager"},
        {"signed_off_role": "team manager", "signed_off_by_id": "kw"}, {"signed_off_on": None},
    ]  # fmt: skip
    text = said(month(tables(audits=[{}], actions=[{**done, **one} for one in states])))
    assert "Signed off correctly: 3 of 5 completed actions (60%, 23% to 88%), 2 by the role" in text
    assert "for actions owned by a manager, 1 by a more senior manager than the action owner, in any service" in text
    assert "by another role or, for a manager’s own action, by someone not more senior" in text
    assert "Needs review: 1 action was signed off by the person who owned it, 0 by someone else in the owner’s" in text


def test_every_number_in_the_sentences_is_one_of_the_measures() -> None:
    actions = [OPEN, {**OPEN, "is_safeguarding": True}, {"audit_id": "x"}, *[DONE] * 6, {"completed_on": "2023-06-02"}]
    concern = {"audit_id": "audits-1", "found_on": "2023-06-15", "form_sent_on": "2023-06-18"}
    held = month(tables(audits=[{}] * 7, actions=actions, immediate_concerns=[concern]))
    sections = (show.state, show.flow, show.sign_off, show.tracker, show.concerns)
    pages = [unescape(section(held).markup) for section in sections]
    numbers = asked(held)[["numerator", "denominator", "value", "lower", "upper"]].stack().dropna().abs()
    shown = {f"{number:,.0f}" for number in numbers} | {f"{100 * number:.0f}" for number in numbers}
    shown |= {f"{number:g}" for number in numbers} | {"0", str(held.rules.action_days)}
    for page in pages:
        for sentence in re.findall("<(?:li|p)>(.*?)</(?:li|p)>", page):
            bare = re.sub(r"(\d+ )?(June|July) 2023", "", sentence)
            assert [number for number in NUMBER.findall(bare) if number not in shown] == [], sentence
