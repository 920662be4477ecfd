import re

import pytest
from small import month, tables

from qa_analysis.measures.closing_the_loop.verdicts import WORSE
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.reports.smt_report.words import actions, families, five_sentences, key_areas, overall, panel
from qa_analysis.telling.wording import percent, share_of, short_verdict

THEN = {"cycle_month": "2022-12", "audited_on": "2022-12-12"}
SHARE = Figure(measure="good_or_better", period="2023-06", population="headline routes", unit="share")
BARE = re.compile(r"\d+(?:\.\d+)?")


def graded(good: int, of: int, **more: str) -> list[dict[str, str]]:
    return [{"overall_grade": "good" if place < good else "inadequate", **more} for place in range(of)]


def test_counts_come_first_and_the_interval_after() -> None:
    figure = SHARE.but(value=15 / 38, lower=0.256, upper=0.553, numerator=15, denominator=38)
    assert share_of(figure, "audit") == "15 of 38 audits (39%, 26% to 55%)"
    assert share_of(figure, "audits", first=True).endswith("likely range 26% to 55%)")


def test_under_five_the_count_stands_alone() -> None:
    figure = SHARE.but(value=0.75, lower=0.3, upper=0.95, numerator=3, denominator=4)
    assert share_of(figure.judged(TOO_FEW), "audit") == "3 of 4 audits"


def test_a_verdict_in_a_title_says_that_it_is_not_like_for_like_and_leaves_the_reasons_to_the_table() -> None:
    claim = SHARE.judged(WORSE)
    assert short_verdict(claim) == "worse"
    assert short_verdict(claim.but(reasons=("the audit form changed",))) == "worse, not like for like"


def test_a_change_without_evidence_is_never_called_one() -> None:
    said = overall(month(tables(audits=[*graded(15, 38), *graded(14, 33, **THEN)])))
    assert "Six months ago it was 14 of 33" in said
    assert "no clear evidence of change; with this many audits" in said
    assert "we would usually notice a rise of" in said


def test_improving_is_said_with_its_interval() -> None:
    said = overall(month(tables(audits=[*graded(36, 40), *graded(12, 40, **THEN)])))
    assert re.search(r"up 60 percentage points; range \+\d+ to \+\d+\): improving\.", said)


def test_too_few_audits_are_not_judged() -> None:
    said = overall(month(tables(audits=[*graded(6, 9), *graded(12, 40, **THEN)])))
    assert said.endswith("too few audits to judge a change.")


def test_a_first_month_has_nothing_to_compare_with() -> None:
    assert "no headline audit of December 2022" in overall(month(tables(audits=graded(3, 9))))


def test_a_month_of_showcased_audits_has_no_headline() -> None:
    said = overall(month(tables(audits=graded(3, 3, selection_route="nominated good"))))
    assert said.startswith("No headline audit")


def test_a_worse_area_is_named_with_its_interval() -> None:
    then = [{"grade_assessment": "good", **THEN} for _ in range(40)]
    now = [{"grade_assessment": "inadequate"} for _ in range(40)]
    said = key_areas(month(tables(audits=[*then, *now])))
    assert said.startswith("Assessment (down 100 percentage points; range \u2212100 to ")


def test_a_panel_that_has_not_met_is_said() -> None:
    assert panel(month(tables(audits=graded(3, 9)))).startswith(
        "The panel has not yet graded an audit of this cycle; 3 were due"
    )


def test_the_panel_sentence_counts_each_direction() -> None:
    moderations = [
        {"audit_id": "audits-1", "overall_grade": "inadequate"},
        {"audit_id": "audits-2", "overall_grade": "good"},
        {"audit_id": "audits-3", "overall_grade": "good"},
    ]
    said = panel(month(tables(audits=graded(9, 9), moderations=moderations)))
    assert said.startswith("The panel upheld 2 of the 3 grades it looked at, lowered 1 and raised none.")
    assert "too few to say how far auditors and panel agree" in said


def test_no_overdue_action_is_said_plainly() -> None:
    assert actions(month(tables(audits=[{}], actions=[{"agreed_on": "2023-07-01"}]))).endswith("None is overdue.")


def test_feedback_that_did_not_come_is_said_once() -> None:
    assert families(month(tables(audits=[{}]))) == "Families' views: not supplied this month."


@pytest.mark.parametrize("good", [0, 7, 20])
def test_every_number_in_the_five_sentences_is_one_of_the_measures(good: int) -> None:
    feedback = [{"audit_id": f"audits-{number}"} for number in range(1, 8)]
    held = month(tables(audits=[*graded(good, 20), *graded(9, 17, **THEN)], family_feedback=feedback, actions=[{}] * 9))
    numbers = held.measures[["numerator", "denominator", "value", "lower", "upper"]].stack().dropna()
    shown = {f"{number:.0f}" for number in numbers} | {f"{abs(100 * number):.0f}" for number in numbers}
    rules = {str(held.rules.action_days)}
    text = " ".join(five_sentences(held)).replace("December 2022", "")
    assert [number for number in BARE.findall(text) if number not in shown | rules] == []


def test_percent_is_whole() -> None:
    assert percent(0.386) == "39%"
