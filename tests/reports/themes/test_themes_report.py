"""The themes report reads well on an ordinary month and on the odd ones, and names nobody."""

import re
import warnings
from html import unescape
from typing import Any

import pytest
from small import CONTRACTS, asked, month, tables

from qa_analysis.council import Own
from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import tables_as_at
from qa_analysis.dates import months_after
from qa_analysis.framework import rules_for
from qa_analysis.month.figures import Written
from qa_analysis.month.month import Month
from qa_analysis.reports.smt_report import report as smt_report
from qa_analysis.reports.themes import report as themes_report
from qa_analysis.reports.themes.tables import suggested_table
from qa_analysis.telling import voices as voices_report
from qa_analysis.telling.blocks import Html
from qa_analysis.telling.prompts import learn_from

SECTIONS = (
    themes_report.summary, themes_report.cover, themes_report.strengths, themes_report.developments,
    themes_report.course, themes_report.together, themes_report.separating, themes_report.impact,
    themes_report.in_their_words, themes_report.suggested, voices_report.voices, smt_report.good_practice,
)  # fmt: skip
BAD = "requires improvement"


def text(*parts: Html) -> str:
    """What a reader sees, pictures left out."""
    markup = "\n".join(part.markup for part in parts)
    return unescape(re.sub("<[^>]*>", " ", re.sub(r'src="data:[^"]*"|alt="[^"]*"', "", markup)))


def quiet(held: Month) -> str:
    """The whole report, made without a warning by any library."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return text(*(section(held) for section in SECTIONS))


def findings(code: str, audits: range, *, polarity: str = "development", **more: Any) -> list[dict[str, Any]]:
    return [{"audit_id": f"audits-{number}", "theme_code": code, "polarity": polarity, **more} for number in audits]


@pytest.fixture(scope="module")
def demo() -> Month:
    """The synthetic council in the spring in which handover emerges."""
    frames = {
        name: frame.assign(source_file=f"{name}.csv", source_sheet="", source_row=range(2, len(frame) + 2))
        for name, frame in council().items()
    }
    rules = rules_for("2024-04")
    return month(tables_as_at(frames, CONTRACTS, month="2024-04", as_at=rules.as_at("2024-04"), rules=rules))


ODD: dict[str, dict[str, Any]] = {
    "no findings": {"audits": [{}] * 3},
    "none coded": {"audits": [{}] * 3, "findings": findings(None, range(1, 4), text="The plan is late.")},
    "one audit": {"audits": [{}], "findings": findings("1.4", range(1, 2))},
    "one audit with everything": {
        "audits": [{"overall_grade": BAD, "impact_statement": "x"}],
        "findings": [*findings("1.4", range(1, 2)), *findings("4.2", range(1, 2), polarity="strength")],
        "actions": [{"description": "Complete the form"}],
        "family_feedback": [{"audit_id": "audits-1"}],
        "survey_responses": [
            {"survey": "audit process", "wave": "2023-06", "question": "Enough notice", "answer": 5}
        ],
        "approved_quotations": [
            {"finding_id": "findings-1", "approved_by_role": "service manager", "approved_on": "2023-06-20"}
        ],
    },
    "nominated audits alone": {
        "audits": [{"selection_route": "nominated good"}] * 6, "findings": findings("4.2", range(1, 7)),
    },
    "no grade": {"audits": [{"overall_grade": None}] * 6, "findings": findings("1.4", range(1, 7))},
    "a theme in every audit": {"audits": [{}] * 12, "findings": findings("1.4", range(1, 13))},
    "an unknown code": {"audits": [{}] * 12, "findings": findings("9.9", range(1, 13))},
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_month_has_a_readable_report_and_no_warning(odd: str) -> None:
    said = quiet(month(tables(**ODD[odd])))
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b|NaT|<NA>|−0 |\(\)| {2}\.", said)
    assert "100% (100% to 100%)" not in said.replace("\u00a0", " ")


@pytest.mark.slow
def test_an_ordinary_month_is_made_without_a_warning(demo: Month) -> None:
    said = quiet(demo)
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b|NaT|<NA>", said)
    assert "Emerging: Child or family not prepared for a change of worker, in" in said
    assert re.search(r"Findings of this cycle without a code: \d+\. With a suggestion: \d+;", said)
    assert "Tested on the findings that auditors coded this cycle: a suggestion was made for" in said
    assert "were correct." in said


def test_no_findings_are_said_plainly() -> None:
    said = quiet(month(tables(audits=[{}])))
    assert "No coded area for development was recorded in the headline audits of this cycle." in said
    assert "No finding of a headline audit of June 2023 was supplied." in said
    assert "Families' feedback: not supplied this month." in said
    assert "Findings approved for quoting: not supplied this month." in said


def test_two_teams_or_more_are_named_in_the_order_of_the_alphabet_and_one_alone_never_is() -> None:
    teams = ["West"] * 5 + ["East"] * 5 + ["Small"] * 4
    audits = [{"team": team, "key_worker_id": f"{team} {number % 2}"} for number, team in enumerate(teams)]
    both = findings("4.2", range(1, 4), polarity="strength") + findings("4.2", range(6, 15), polarity="strength")
    assert learn_from(month(tables(audits=audits, findings=both)), "4.2") == ["East", "West"]
    one = findings("4.2", range(1, 4), polarity="strength")
    assert learn_from(month(tables(audits=audits, findings=one)), "4.2") == []
    said = text(smt_report.good_practice(month(tables(audits=audits, findings=both))))
    assert "Where to learn from: East and West." in said


def test_a_picture_of_pairs_is_drawn_only_with_a_hundred_audits_and_linked_pairs() -> None:
    linked = [*findings("1.4", range(1, 31)), *findings("6.6", range(1, 31)), *findings("2.2", range(1, 31))]
    assert "<img" in themes_report.together(month(tables(audits=[{}] * 120, findings=linked))).markup
    assert "<img" not in themes_report.together(month(tables(audits=[{}] * 90, findings=linked))).markup
    by_chance = [*findings("1.4", range(1, 61)), *findings("6.6", range(1, 121, 2)), *findings("2.2", range(1, 121, 3))]
    said = themes_report.together(month(tables(audits=[{}] * 120, findings=by_chance))).markup
    assert "<img" not in said
    assert "No two areas for development clearly occur together more" in said


def test_quotations_are_shown_one_a_theme_and_strengths_first() -> None:
    good, bad = "The plan was written with the family.", "The plan was not dated by anybody."
    held = month(
        tables(
            audits=[{}] * 3,
            findings=[
                *findings("1.3", range(1, 3), polarity="strength", text=good), *findings("1.2", range(3, 4), text=bad),
            ],
            approved_quotations=[
                {"finding_id": f"findings-{number}", "approved_by_role": "service manager", "approved_on": "2023-06-20"}
                for number in (1, 2, 3)
            ],
        )
    )  # fmt: skip
    said = text(themes_report.in_their_words(held))
    assert said.count(good) == 1
    assert said.index(good) < said.index(bad)


def test_suggested_codes_stand_apart_once_there_are_any(demo: Month) -> None:
    figures = demo.held.of("good_or_better")
    row = figures.iloc[0].to_dict() | {
        "measure": "suggested_theme_count", "period": demo.month, "population": "suggested, not confirmed",
        "by": "theme_code+polarity", "group": "1.4+development", "value": 7.0,
    }  # fmt: skip
    more = figures.iloc[[0]].assign(**row)
    held = Month(**{**{name: getattr(demo, name) for name in Month.__dataclass_fields__}, "held": Written(more)})
    assert suggested_table(held).iloc[0].tolist() == ["No clear contingency plan", "Development", "7"]
    assert "Suggested, not confirmed" in text(themes_report.suggested(held))


def test_where_the_council_is_synthetic_the_suggestions_say_that_they_flatter() -> None:
    uncoded = {"audits": [{"audit_id": "a"}], "findings": [{"audit_id": "a", "text": "No contingency plan"}]}
    said = {synthetic: text(themes_report.suggested(month(tables(own=Own(synthetic=synthetic), **uncoded))))
            for synthetic in (True, False)}  # fmt: skip
    assert "This council is synthetic: its findings are made from few patterns" in said[True]
    assert "synthetic" not in said[False]


def test_every_number_in_the_sentences_is_one_of_the_measures(demo: Month) -> None:
    sections = (
        themes_report.summary, themes_report.strengths, themes_report.course, themes_report.impact,
        voices_report.voices, smt_report.good_practice,
    )  # fmt: skip
    pages = [unescape(section(demo).markup) for section in sections]
    numbers = asked(demo)[["numerator", "denominator", "value", "lower", "upper"]].stack().dropna().abs()
    shown = {f"{number:,.0f}" for number in numbers} | {f"{100 * number:.0f}" for number in numbers}
    shown |= {f"{number:.1f}" for number in numbers}
    book = demo.rules.codebook.values()
    names = re.compile("|".join(re.escape(name) for theme in book for name in (theme.strength, theme.development)))
    months = re.compile(r"\b\w+ 20\d\d\b")
    for page in pages:
        for sentence in re.findall("<li>(.*?)</li>|<td>(.*?)</td>", page):
            bare = months.sub("", names.sub("", "".join(sentence)))
            found = re.findall(r"\d[\d,]*(?:\.\d+)?", bare)
            assert [number for number in found if number.rstrip(",") not in shown] == [], bare


def test_the_themes_of_a_first_month_have_nothing_to_be_compared_with() -> None:
    held = month(tables("2022-06", audits=[{"cycle_month": "2022-06", "audited_on": "2022-06-05"}] * 12,
                        findings=findings("1.4", range(1, 13))))  # fmt: skip
    said = quiet(held)
    assert "Too few cycles have been audited to say whether a theme is emerging." in said
    assert "Too few to compare" in said
    assert months_after("2022-06", -6) not in said
