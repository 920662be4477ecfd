"""How many answered and agreed, against the same counted in plain Python; and what is left out."""

from collections import Counter
from dataclasses import replace
from math import isclose, sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import found
from survey_council import NOW, QUESTION, SIZES, STAFF, THEN, answer_of, answers, in_wave, person, surveyed

from qa_analysis.measures.figure import TOO_FEW, TOO_FEW_TO_JUDGE
from qa_analysis.measures.staff_survey.answers import MORE, survey_answers, survey_change
from qa_analysis.measures.staff_survey.responses import survey_response

Z = 1.959963984540054  # of 95%


def wilson(part: int, whole: int) -> tuple[float, float]:
    middle, square = part / whole, Z * Z / whole
    half = Z * sqrt((middle * (1 - middle) + square / 4) / whole)
    return (middle + square / 2 - half) / (1 + square), (middle + square / 2 + half) / (1 + square)


def test_the_response_rate_is_of_those_in_post_when_the_wave_ended() -> None:
    some = [row for at, row in enumerate(answers(THEN, STAFF)) if at % 3]
    rate = found(survey_response(surveyed(THEN, survey_responses=some)), "staff_survey_response", by="")
    assert (rate.numerator, rate.denominator) == (len(some), len(in_wave(THEN, STAFF))) == (39, 59)
    assert (isclose(rate.lower, wilson(39, 59)[0]), isclose(rate.upper, wilson(39, 59)[1])) == (True, True)


def test_every_answer_is_counted_and_agreement_is_four_or_five() -> None:
    figures = survey_answers(surveyed(THEN))
    tally = Counter(answer_of(place) for place, _ in in_wave(THEN, STAFF))
    words = {5: "strongly agree", 4: "agree", 3: "neither", 2: "disagree", 1: "strongly disagree"}
    told = {one.group[1]: int(one.numerator) for one in figures if one.measure == "staff_survey_answer"}
    assert told == {word: tally[number] for number, word in words.items()}
    agree = found(figures, "staff_survey_agree", by="question", period=THEN)
    assert (agree.numerator, agree.denominator) == (tally[4] + tally[5], 59)


def test_no_figure_is_a_mean() -> None:
    assert {one.unit for one in survey_answers(surveyed(THEN))} == {"share"}


def test_a_team_of_eight_forms_is_left_out_and_so_is_the_one_that_would_tell_of_it() -> None:
    staff = [person(f"{team}-{number}", team) for team, size in (("Ash", 9), ("Birch", 8), ("Dell", 20))
             for number in range(size)]  # fmt: skip
    rates = survey_response(surveyed(THEN, staff))
    told = {one.group[0]: one.is_given for one in rates if one.by == ("team",)}
    assert told == {"Ash": False, "Birch": False, "Dell": True}
    assert found(rates, "staff_survey_response", by="service_area", group="Front").numerator == 17
    assert found(rates, "staff_survey_response", by="team", group="Birch").verdict == TOO_FEW


def test_a_wave_of_too_few_forms_tells_nothing_but_how_many_came() -> None:
    staff = [person(f"Ash-{number}", "Ash") for number in range(8)]
    assert [one.measure for one in survey_answers(surveyed(THEN, staff))] == []
    rates = survey_response(surveyed(THEN, staff))
    assert found(rates, "staff_survey_forms").value == 8
    assert not found(rates, "staff_survey_response", by="").is_given


def test_without_a_staff_list_no_place_is_told_of_and_no_rate() -> None:
    whole = surveyed(THEN)
    bare = replace(whole, frames={name: held for name, held in whole.frames.items() if name != "staff"})
    assert {one.by for one in survey_answers(bare)} == {("question",), ("question", "answer")}
    assert "staff_survey_response" not in {one.measure for one in survey_response(bare)}


def test_a_staff_list_shorter_than_the_forms_places_nobody() -> None:
    held = surveyed(THEN, STAFF, staff=STAFF[:20])
    assert {one.by for one in survey_answers(held)} == {("question",), ("question", "answer")}
    rate = found(survey_response(held), "staff_survey_response")
    assert (rate.is_given, rate.note) == (False, "more answered than the staff list holds")


def test_a_team_that_one_came_to_and_one_left_is_told_of_once_and_the_unchanged_one_twice() -> None:
    told = {one.group[1] for one in survey_answers(surveyed(NOW)) if one.by == ("question", "team")}
    before = {one.group[1] for one in survey_answers(surveyed(THEN)) if one.by == ("question", "team")}
    assert ("Ash" in before, "Ash" in told, "Dell" in before, "Dell" in told) == (True, False, True, True)


def other_people(share: int) -> list[dict[str, Any]]:
    """A year later with others in every post, of whom so many in ten agree."""
    return [
        {"response_id": f"n{at}", "survey": "annual staff", "wave": "2023", "question": QUESTION,
         "answer": 4 if at % 10 < share else 1, "team": one["team"], "role": one["role"]}
        for at, one in enumerate(renewed()) if one["started_on"] > "2023"
    ]  # fmt: skip


def renewed() -> list[dict[str, Any]]:
    held = [person(f"{team}-{number}", team) for team, size in SIZES.items() for number in range(size)]
    return [
        *({**one, "ended_on": "2023-03-01"} for one in held),
        *({**one, "worker_id": f"{one['worker_id']}-b", "started_on": "2023-04-01"} for one in held),
    ]


def test_a_change_is_the_difference_of_the_shares_with_its_word() -> None:
    rows = [*answers(THEN, renewed()), *other_people(9)]
    [change] = survey_change(surveyed(NOW, renewed(), survey_responses=rows))
    agreed, then = sum(row["answer"] >= 4 for row in other_people(9)), sum(answer_of(at) >= 4 for at in range(59))
    assert isclose(change.value, agreed / 59 - then / 59)
    (low1, up1), (low2, up2) = wilson(agreed, 59), wilson(then, 59)
    p1, p2 = agreed / 59, then / 59
    assert isclose(change.lower, p1 - p2 - sqrt((p1 - low1) ** 2 + (up2 - p2) ** 2), rel_tol=1e-6)
    assert isclose(change.upper, p1 - p2 + sqrt((up1 - p1) ** 2 + (p2 - low2) ** 2), rel_tol=1e-6)
    assert change.verdict == MORE


def test_nine_answers_are_told_and_no_change_of_them_is_judged() -> None:
    staff = [one for one in renewed() if one["team"] == "Fir"]
    rows = [*answers(THEN, staff), *[row for row in other_people(9) if row["team"] == "Fir"]]
    assert [one.verdict for one in survey_change(surveyed(NOW, staff, survey_responses=rows))] == [TOO_FEW_TO_JUDGE]


def test_a_plus_in_a_question_or_a_team_does_not_take_a_figure_apart() -> None:
    staff = [{**person(f"A-{number}", "Ash"), "team": "Ash + Oak"} for number in range(12)]
    rows = [{**row, "question": "Pay + leave"} for row in answers(THEN, staff)]
    told = [one.group for one in survey_answers(surveyed(THEN, staff, survey_responses=rows)) if one.by[-1] == "team"]
    assert told == [("Pay and leave", "Ash + Oak")]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["Ash", "Birch", "Dell"]), st.integers(1, 5)), min_size=1, max_size=60))
def test_whatever_is_answered_the_shares_are_those_counted_by_hand(said: list[tuple[str, int]]) -> None:
    staff = [person(f"p{at}", team) for at, (team, _) in enumerate(said)]
    rows = [{**row, "answer": said[at][1]} for at, row in enumerate(answers(THEN, staff))]
    for one in survey_answers(surveyed(THEN, staff, survey_responses=rows)):
        if one.measure == "staff_survey_agree":
            team = one.group[1] if one.by[-1] == "team" else ""
            some = [answer for where, answer in said if team in ("", where)]
            if one.by in (("question",), ("question", "team")):
                assert (one.numerator, one.denominator) == (sum(answer >= 4 for answer in some), len(some))


@pytest.mark.parametrize("wave", [THEN, NOW])
def test_an_older_month_tells_of_the_waves_it_knew(wave: str) -> None:
    assert {one.period for one in survey_answers(surveyed(wave))} <= {THEN, wave}
