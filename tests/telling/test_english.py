"""Numbers with their nouns and verbs, in every report: one audit was, two audits were."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from pictures import undrawn
from runs import AUDITS, CORE, run
from small import frames, month, tables, write

from qa_analysis import english
from qa_analysis.cli import main
from qa_analysis.english import agreeing, at_first, counted, in_a_sentence, listed, with_minus
from qa_analysis.month.month import Month
from qa_analysis.reports.actions import report as actions_report
from qa_analysis.reports.close_the_loop import report as loop_report
from qa_analysis.reports.data_quality import report as quality_report
from qa_analysis.reports.learning_session import report as learning_report
from qa_analysis.reports.moderation import report as moderation_report
from qa_analysis.reports.smt_report import report as smt_report
from qa_analysis.reports.themes import report as themes_report
from qa_analysis.telling import voices as voices_report
from qa_analysis.telling.blocks import Html

NOUNS = (
    "actions|answers|audits|cards|changes|children|conversations|concerns|contacts|cycles|datasets|days|decisions|files"
    "|findings|forms|grades|managers|moderations|people|points|records|reviews|rows|services|sheets|strengths|teams"
    "|themes|workers"
)
SLIPS = re.compile(
    rf"(?<![\d.,/\u2212+-])\b1 (?:(?!of\b|in\b|to\b|and\b)[A-Za-z-]+ ){{0,2}}?(?:{NOUNS})\b"
    r"|(?<![\d.,])\b1 (?:of \d+ [a-z ]{4,30} )?(?:are|were|have|stand|speak|look|share)\b"
)
WHOLE = ["p", "li", "h3", "caption", "figcaption", "td", "th"]
REPORTS = {
    "actions": (actions_report, ("cover", "state", "flow", "sign_off", "tracker", "concerns", "summary")),
    "learning": (
        learning_report,
        ("cover", "good_practice", "outcomes", "developments", "asked", "together", "before"),
    ),
    "loop": (loop_report, ("cover", "verdicts", "other_ways", "like_for_like", "planner", "ledger", "summary")),
    "moderation": (
        moderation_report,
        ("summary", "cover", "upheld", "over_year", "direction", "where", "all_audits", "practice", "appendix"),
    ),
    "quality": (quality_report, ("cover", "statement", "whats_wrong", "whose", "direction", "issues")),
    "smt": (
        smt_report,
        ("opening", "grades", "activity", "voices", "closing_the_loop", "developments", "asked", "method"),
    ),
    "themes": (themes_report, ("summary", "cover", "strengths", "developments", "course", "together", "impact")),
    "voices": (voices_report, ("voices",)),
}
DONE = {"completed_on": "2023-06-02", "signed_off_on": "2023-06-03", "signed_off_role": "team manager"}


@pytest.fixture(scope="module", params=[1, 6])
def of_one(request: pytest.FixtureRequest) -> Month:
    """A council in which everything that can be counted is there once, or once of six audits."""
    then = {"cycle_month": "2022-12", "audited_on": "2022-12-12"}
    known = {"audit_id": "audits-1"}
    first = {"overall_grade": "good", "grade_assessment": "good", "impact_statement": "x", "is_disputed": True}
    others = {"overall_grade": "requires improvement", "impact_statement": "x"}
    found = [
        {**known, "theme_code": "1.1", "polarity": way, "text": "as a result"} for way in ("strength", "development")
    ]
    return month(
        tables(
            audits=[first, *[others] * (request.param - 1), then],
            moderations=[{**known, "overall_grade": "requires improvement"}],
            findings=[*found, {**known, "is_safeguarding": True, "polarity": "development"}],
            actions=[{"due_on": "2023-06-30", "is_safeguarding": True}, DONE, {"agreed_on": "2023-07-03"}],
            family_feedback=[known],
            immediate_concerns=[{**known, "found_on": "2023-06-15", "form_sent_on": "2023-06-16"}],
            learning_events=[{"held_on": "2023-06-20", "event_type": "reflective session", "invited": 1, "attended": 1,
                              "teams_invited": 1, "teams_attended": 1}],
            smt_decisions=[{"decided_on": "2023-05-01", "due_on": "2023-06-01"}],
        )
    )  # fmt: skip


@pytest.mark.parametrize(("report", "sections"), REPORTS.values(), ids=REPORTS)
def test_what_is_there_once_is_told_in_the_singular(report: object, sections: tuple[str, ...], of_one: Month) -> None:
    for name in sections:
        section: Callable[[Month], Html] = getattr(report, name)
        with undrawn():
            pieces = BeautifulSoup(section(of_one).markup, "html.parser").find_all(WHOLE)
        texts = [" ".join(piece.get_text(" ").split()) for piece in pieces]
        assert [text for text in texts if SLIPS.search(text)] == [], name


ONE_POINT = {**CORE, "audits": [row | {"grade_assessment": row["overall_grade"]} for row in AUDITS]}
ONE_FAULT = {
    "audits": [AUDITS[1] | {"overall_grade": "Good/RI"}],
    "moderations": [{"audit_id": "audits-1"}],
    "findings": [{"audit_id": "audits-1"}],
    "actions": [{"audit_id": "audits-1"}],
}


@pytest.mark.slow
@pytest.mark.usefixtures("own_key")
def test_one_issue_to_correct_is_one_on_the_screen(tmp_path: Path) -> None:
    data = write(tmp_path / "data", frames(**ONE_POINT))
    checked = CliRunner().invoke(main, ["check", "--data", str(data)]).output
    assert "A report can be made. 1 data quality issue to correct." in checked
    assert "findings: 1 of 1 row loaded from findings.csv" in checked
    assert "\n1 data quality issue to correct: see" in run(data, tmp_path / "outputs", "--report", "newsletter").output


def test_one_error_is_one_on_the_screen(tmp_path: Path) -> None:
    data = write(tmp_path / "data", frames(**ONE_FAULT))
    assert (
        "1 error and 0 warnings: no report"
        in CliRunner().invoke(main, ["check", "--strict", "--data", str(data)]).output
    )


def test_a_number_brings_its_noun() -> None:
    assert [counted(tally, "audit") for tally in (0, 1, 2, 1204)] == ["0 audits", "1 audit", "2 audits", "1,204 audits"]
    assert [counted(tally, "day") for tally in (1.0, 2.5)] == ["1 day", "2.5 days"]
    assert counted(2, "person", "people") == "2 people"
    assert agreeing(1, "was", "were") == "was"


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_stand_in_a_row_as_people_say_them(names: list[str], said: str) -> None:
    assert listed(names) == said
    assert listed(names, " or ") == said.replace(" and ", " or ")


def test_a_sentence_begins_with_a_capital_and_goes_on_without_one() -> None:
    assert (at_first("upheld by the PSW"), at_first(""), at_first("IRO")) == ("Upheld by the PSW", "", "IRO")
    assert (in_a_sentence("Assessment"), in_a_sentence("I would ask")) == ("assessment", "I would ask")


def test_a_minus_is_as_wide_as_a_plus() -> None:
    assert with_minus("-6 to +31") == "\u22126 to +31"


def test_what_english_does_is_done_in_one_place() -> None:
    """Copies of a first capital or a minus sign once stood in twenty-three places."""
    copies = re.compile(r"\[:1\]\.(?:upper|lower)\(\)|replace\(\"-\", \"\\\\u2212")
    rooms = Path(english.__file__).parent
    found = {path.name for path in rooms.rglob("*.py") if copies.search(path.read_text(encoding="utf-8"))}
    assert found == {"english.py", "contracts.py", "grammar.py"}  # camelCase of the standard, gaps of made-up sentences
