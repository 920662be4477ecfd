"""What the members' edition of the annual review says: rounded shares, and nothing about workers."""

from functools import cache
from typing import Any

from sections import said
from small import frame, month, tables

from qa_analysis.disclosure.shared_page import unshared
from qa_analysis.measures.framework_review.promises import PROMISES
from qa_analysis.month.shared import SharedMonth, shared_of
from qa_analysis.reports.framework_review_members.report import REPORT, cover, discuss, promises, rules, words
from qa_analysis.reports.framework_review_members.words import kept_table, questions, without_digits


def audit(number: int) -> dict[str, Any]:
    noticed = {"notice_on": "2023-06-01" if number < 21 else "2023-06-14"} if number < 30 else {}
    return {"audit_id": f"a{number}", "child_id": f"c{number}", "key_worker_id": f"kw{number}", **noticed}


@cache
def told() -> SharedMonth:
    return shared_of(month(tables(audits=[audit(number) for number in range(41)])))


def test_shares_are_rounded_and_what_is_kept_in_cycles_is_a_word() -> None:
    shown = {line[0]: line[1:] for line in kept_table(told()).to_numpy().tolist()}
    assert shown["A week's notice or more"] == ["About 50%", "About 25%"]  # 21 and 11 of 41
    assert shown["Audits in every cycle"] == ["In some cycles", "Not told"]


def test_nothing_about_workers_is_told() -> None:
    text = "\n".join(said("framework-review-members", told())).split("To discuss")[1].lower()
    assert not any(word in text for word in ("key worker", "supervision held", "observed", "team manager level"))
    of_workers = {one.code for one in PROMISES if one.of_workers}
    told_of = set(told().measures.loc[told().measures["by"] == "promise", "group"])
    assert "notice-given" in told_of and not told_of & of_workers


def test_it_prints_no_number_that_is_not_its_own() -> None:
    parts = (cover, discuss, promises, rules, words)
    page = "<main>" + "".join(part(told()).markup for part in parts) + "</main>"
    assert unshared(page, told().measures, told().rules) == []
    assert unshared(page.replace("About 50%", "About 51%"), told().measures, told().rules) == ["51"]


def test_a_number_of_a_rule_is_written_in_letters_or_left_to_the_managers_edition() -> None:
    row = frame("audits").iloc[:0][["audit_id"]].reindex([0]).assign(audit_id="from 7 to 45 days since December 2022")
    assert without_digits(row)["audit_id"][0] == "from seven to so many days since December 2022"


def test_a_council_of_two_audits_is_told_that_they_are_too_few() -> None:
    tiny = shared_of(month(tables(audits=[audit(1), audit(2)])))
    shown = {line[0]: line[1:] for line in kept_table(tiny).to_numpy().tolist()}
    assert shown["A week's notice or more"] == ["Too few to say", "Too few to say"]
    assert questions(tiny)[-1].startswith("Which promise of the framework matters most to children")


def test_it_falls_due_with_the_managers_edition() -> None:
    assert REPORT.every.holds_in("2023-09") and REPORT.is_shared
