"""Who receives which report: whom the framework names, what a council changes, and what may not leave its managers."""

from dataclasses import replace
from pathlib import Path

import pytest

from qa_analysis.council import SAYS_NOTHING, Own, own_of
from qa_analysis.data.reading.council_file import read_own
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for
from qa_analysis.reports import reports
from qa_analysis.reports.declared import Audience, Recipient
from qa_analysis.reports.recipients import Receives, receives

BOARDS = ("safeguarding-unit-board",)


def said(folder: Path, text: str) -> Own:
    (folder / "council.yaml").write_text(text, encoding="utf-8")
    return read_own(folder, rules_for("2023-06"))


def held(own: Own) -> dict[str, Receives]:
    return {one.recipient: one for one in receives(own)}


def test_the_unit_s_report_goes_to_those_whom_the_framework_names_and_its_board_edition_outside() -> None:
    """Safeguarding Unit: "presented each month to the SMT performance meeting", "distributed to all …"."""
    found = held(SAYS_NOTHING)
    assert {name for name, one in found.items() if "safeguarding-unit" in one.reports} == {
        "SMT performance meeting", "Children's Services management team"
    }  # fmt: skip
    assert {name: one.is_outside for name, one in found.items() if one.reports == BOARDS} == {
        "LSCP Board Manager": True,
        "Local Children's Safeguarding Partnership": True,
        "Corporate Parenting Board": True,
    }
    assert reports()["safeguarding-unit"].presented_by == "Safeguarding and Review Service Manager"


def test_nobody_outside_receives_a_report_for_managers_and_each_that_is_presented_has_a_recipient() -> None:
    outside = {name for one in receives(SAYS_NOTHING) if one.is_outside for name in one.reports}
    assert outside
    assert {reports()[name].audience for name in outside} == {Audience.EVERYONE}
    assert all(one.recipients for one in reports().values() if one.presented_by)


def test_a_report_for_managers_cannot_declare_a_recipient_outside() -> None:
    with pytest.raises(ValueError, match="smt-report is for managers and may not go to the Corporate Parenting Board"):
        replace(reports()["smt-report"], recipients=(Recipient.CORPORATE_PARENTING,))


COUNCIL = """
recipients:
  - {recipient: Corporate Parenting Board, called: Corporate Parenting Panel}
  - {recipient: LSCP Board Manager, reports: [partnership, safeguarding-unit-board]}
  - {recipient: Senior Leadership Team, reports: []}
  - {recipient: Designated Nurse, reports: partnership}
  - {recipient: Head of Legal, reports: [smt-report], outside: false}
"""


def test_a_council_renames_replaces_takes_away_and_adds(tmp_path: Path) -> None:
    own = said(tmp_path, COUNCIL)
    found = held(own)
    assert found["Corporate Parenting Panel"] == Receives("Corporate Parenting Panel", BOARDS, is_outside=True)
    assert found["LSCP Board Manager"].reports == ("safeguarding-unit-board", "partnership")
    assert found["Designated Nurse"] == Receives("Designated Nurse", ("partnership",), is_outside=True)
    assert found["Head of Legal"] == Receives("Head of Legal", ("smt-report",), is_outside=False)
    assert {"Corporate Parenting Board", "Senior Leadership Team"}.isdisjoint(found)
    assert list(found)[-2:] == ["Designated Nurse", "Head of Legal"]
    assert own_of(own.written()) == own


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("{recipient: Designated Nurse, reports: [smt-report]}",
         'council.yaml, recipients 1, reports: "smt-report" is for managers, and "Designated Nurse" counts as outside'),
        ("{recipient: Corporate Parenting Board, reports: [safeguarding-unit], outside: false}",
         '"safeguarding-unit" is for managers, and "Corporate Parenting Board" counts as outside'),
        ("{recipient: Head of Legal, reports: [smt-reprt], outside: false}",
         'council.yaml, recipients 1, reports: "smt-reprt" is not known. Did you mean "smt-report"?'),
        ("{recipient: Head of Legal, outside: false}",
         "council.yaml, recipients 1: say which reports it receives, as reports: [smt-report]."),
        ("{recipient: Workforce}\n  - {recipient: Workforce}",
         'council.yaml, recipients 2: "Workforce" is there twice.'),
        ("{reports: [newsletter]}", "council.yaml, recipients 1: say its recipient."),
        ("{recipient: Workforce, outside: perhaps}",
         'council.yaml, recipients 1, outside: "perhaps" is not known. Here may stand: "true", "false".'),
        ("{recipient: Workforce, letterbox: x}",
         'council.yaml, recipients 1: "letterbox" is not known.'),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_line(tmp_path: Path, entry: str, line: str) -> None:
    with pytest.raises(WrongUse) as problem:
        receives(said(tmp_path, f"recipients:\n  - {entry}\n"))
    assert line in str(problem.value) and "\n" not in str(problem.value)
