"""Which waves there are, and who was in post when each ended."""

import pytest
from survey_council import NOW, STAFF, THEN, answers, person, surveyed

from qa_analysis.errors import WrongUse
from qa_analysis.measures.staff_survey.waves import waves
from qa_analysis.survey_rules import calendar_month, coded_questions, first_days, survey_floor


def test_a_wave_named_by_its_year_is_of_the_month_of_the_rule_and_one_named_by_its_month_of_that() -> None:
    rows = [*answers(THEN, STAFF), *({**row, "wave": "2023-06", "response_id": f"b{at}"}
                                     for at, row in enumerate(answers(THEN, STAFF)))]  # fmt: skip
    assert [wave.month for wave in waves(surveyed(survey_responses=rows))] == ["2022-11", "2023-06"]


def test_a_wave_that_has_not_ended_or_that_nobody_can_date_is_left_out() -> None:
    rows = [{**row, "wave": name} for row in answers(THEN, STAFF)[:3] for name in ("2024-01", "autumn")]
    assert waves(surveyed(survey_responses=rows)) == []
    assert [wave.month for wave in waves(surveyed("2023-10"))] == [THEN]


def test_the_survey_after_audits_is_another_one() -> None:
    rows = [{**row, "survey": "audit process"} for row in answers(THEN, STAFF)]
    assert waves(surveyed(survey_responses=rows)) == []


def test_in_post_is_who_had_begun_and_had_not_left_on_the_last_day_of_the_month_each_once() -> None:
    staff = [
        person("stays", "Ash"), person("left on the day", "Ash", ended_on="2023-11-30"),
        person("left before", "Ash", ended_on="2023-11-29"), person("began after", "Ash", started_on="2023-12-01"),
        person("moved", "Ash"), person("moved", "Dell", started_on="2023-05-01"),
    ]  # fmt: skip
    people = waves(surveyed(staff=staff, survey_responses=answers(NOW, staff)))[-1].people
    assert people is not None
    assert dict(zip(people["worker_id"], people["team"], strict=True)) == {
        "stays": "Ash", "left on the day": "Ash", "moved": "Dell",
    }  # fmt: skip


@pytest.mark.parametrize(("rule", "value"), [(survey_floor, 4), (survey_floor, "8"), (calendar_month, 13)])
def test_a_floor_that_protects_nobody_and_a_month_that_is_none_are_refused(rule, value) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WrongUse, match=r"framework\.yaml: staff_survey_"):
        rule(value)


def test_a_day_of_another_year_is_refused() -> None:
    with pytest.raises(WrongUse, match="practice_week gives a day of another year for 2023"):
        first_days({"2023": "2024-10-07"})


def test_a_question_without_a_number_of_a_standard_is_named() -> None:
    with pytest.raises(WrongUse, match='gives "I like it here" no number of a standard from 1 to 8'):
        coded_questions({"I like it here": 9})
    assert dict(coded_questions({"I like it here": 4})) == {"I like it here": 4}
