"""Whether the answers of an audit speak of all six key areas."""

from small import found, month, tables

from qa_analysis.measures.prompts.areas_covered import areas_covered
from qa_analysis.reports.prompts.words import covered_sentences

EVERY = ("1.1", "2.2", "3.10", "4.5", "5.3", "6.6")


def answers(audit: int, *codes: str, said: str = "yes") -> list[dict[str, str]]:
    return [{"audit_id": f"audits-{audit}", "prompt_code": code, "answer": said} for code in codes]


HELD = tables(
    audits=[{} for _ in range(7)],
    audit_answers=[
        *(row for audit in range(1, 6) for row in answers(audit, *EVERY)),
        *answers(6, *EVERY[:5]),  # nothing of supervision and oversight; the seventh has no answer
    ],
)


def test_an_audit_covers_every_area_where_a_prompt_of_each_is_answered() -> None:
    row = found(areas_covered(HELD), "areas_covered", by="")
    assert (row.numerator, row.denominator, row.period) == (5, 6, "2022-07/2023-06")
    last = found(areas_covered(HELD), "areas_covered", group="supervision_oversight")
    assert (last.numerator, last.denominator) == (5, 6)
    assert found(areas_covered(HELD), "areas_covered", group="assessment").numerator == 6


def test_not_applicable_is_an_answer_and_a_blank_is_none() -> None:
    held = tables(audits=[{}], audit_answers=[*answers(1, *EVERY[:5]), *answers(1, "6.6", said="not applicable")])
    assert found(areas_covered(held), "areas_covered", by="").numerator == 1
    blank = tables(audits=[{}], audit_answers=[*answers(1, *EVERY[:5]), {"audit_id": "audits-1", "prompt_code": "6.6"}])
    assert found(areas_covered(blank), "areas_covered", by="").numerator == 0


def test_the_area_left_out_is_named_and_nothing_is_said_without_answers() -> None:
    assert covered_sentences(month(HELD)) == [
        "Every key area was answered in 83% of audits (5 of 6; 44% to 97%) with answers; left out most often was "
        "supervision and management oversight, by 1."
    ]
    assert covered_sentences(month(tables(audits=[{}]))) == []
