from math import isnan

from small import found, tables

from qa_analysis.measures.figure import joined
from qa_analysis.measures.voices.audit_survey import audit_survey
from qa_analysis.measures.voices.families import OTHER, families

YEAR = "2022-07/2023-06"


def contacts(number: int, **what: object) -> list[dict[str, object]]:
    return [{"audit_id": f"audits-{place}", **what} for place in range(1, number + 1)]


def test_engagement_by_method_counts_contacts_and_puts_rare_methods_together() -> None:
    feedback = [
        *contacts(6, method="telephone"),
        *contacts(4, method="telephone", outcome="no reply"),
        *contacts(2, method="carrier pigeon of Mrs Example"),
        *contacts(3, method="telephone", outcome="not appropriate"),
        {"audit_id": "audits-1", "method": "telephone", "contacted_on": None},
    ]
    rows = families(tables(audits=[{}] * 6, family_feedback=feedback))
    by_method = found(rows, "family_contact_engaged", by="method", group="telephone")
    assert (by_method.numerator, by_method.denominator) == (6, 10)
    rare = found(rows, "family_contact_engaged", by="method", group=OTHER)
    assert (rare.numerator, rare.denominator, rare.note) == (2, 2, "too few to say")


def test_a_barrier_written_under_five_times_is_not_told_in_its_words() -> None:
    feedback = [
        *contacts(5, outcome="declined", barrier="works shifts"),
        *contacts(2, outcome="declined", barrier="her brother is in prison"),
        *contacts(7, outcome="declined"),
        *contacts(6, outcome="engaged", barrier="works shifts"),
    ]
    rows = families(tables(audits=[{}] * 7, family_feedback=feedback))
    assert not [row for row in rows if "prison" in joined(row.group)]
    reasons = {joined(row.group): row.value for row in rows if row.measure == "family_declined"}
    assert reasons == {OTHER: 2, "not recorded": 7, "works shifts": 5}
    assert found(rows, "family_barriers", group="works shifts").value == 11
    all_the_same = found(rows, "family_contact_engaged", by="barrier")
    assert (joined(all_the_same.group), all_the_same.numerator, all_the_same.denominator) == ("works shifts", 6, 11)


def test_grades_where_families_engaged_and_where_not_have_a_difference_with_its_interval() -> None:
    audits = [{"overall_grade": "good" if place % 2 else "inadequate"} for place in range(40)]
    feedback = [{"audit_id": f"audits-{place}"} for place in range(2, 41, 2)]  # those that are good
    rows = families(tables(audits=audits, family_feedback=feedback))
    gap = found(rows, "family_grade_difference")
    assert (gap.value, gap.denominator) == (1.0, 40)
    assert 0.7 < gap.lower < 1
    assert found(rows, "good_or_better", group="not engaged").numerator == 0


def test_no_feedback_gives_no_figure_and_one_audit_an_undefined_difference() -> None:
    assert families(tables(audits=[{}])) == []
    assert isnan(found(families(tables(audits=[{}], family_feedback=contacts(1))), "family_grade_difference").value)


def answers(number: int, question: str, *scores: int, **more: str) -> list[dict[str, object]]:
    return [
        {
            "response_id": f"r{place}", "survey": "audit process", "wave": "2023-06", "question": question,
            "answer": scores[place % len(scores)], **more,
        }
        for place in range(number)
    ]  # fmt: skip


def test_the_newest_wave_is_told_as_counts_and_under_five_answers_as_none() -> None:
    survey = [
        *answers(6, "Enough notice", 4, 2, 5),
        *answers(4, "Grade explained", 5),
        *answers(9, "Enough notice", 1, wave="2023-03"),
        *answers(9, "Enough notice", 1, wave="2023-07"),
        *answers(9, "Enough notice", 1, wave="autumn"),
        *answers(9, "Regular supervision", 1, survey="annual staff"),
    ]
    rows = audit_survey(tables(audits=[{}], survey_responses=survey))
    assert [row.period for row in rows] == ["2023-06"] * 3
    notice = found(rows, "survey_agree", group="Enough notice")
    assert (notice.numerator, notice.denominator) == (4, 6)
    few = found(rows, "survey_agree", group="Grade explained")
    assert few.note == "too few to say"
    assert isnan(few.value)
    assert isnan(few.numerator)


def test_no_survey_gives_no_figure() -> None:
    assert audit_survey(tables(audits=[{}])) == []
