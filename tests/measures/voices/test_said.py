from small import found, tables

from qa_analysis.measures.figure import Figure
from qa_analysis.measures.voices.said import said

YEAR = "2022-07/2023-06"


def of(*contacts: dict[str, object]) -> list[Figure]:
    feedback = [{"audit_id": "audits-1", **contact} for contact in contacts]
    return said(tables(audits=[{}, {"cycle_month": "2023-01"}], family_feedback=feedback))


def test_a_view_that_was_not_recorded_is_apart_from_the_negative_ones() -> None:
    rows = of({"views": "positive"}, {"views": "negative"}, {}, {"outcome": "declined"}, {"contacted_on": None})
    found_ = {row.group[0]: (row.numerator, row.denominator) for row in rows if row.period == "2023-06"}
    assert found_ == {"positive": (1, 3), "mixed": (0, 3), "negative": (1, 3), "not recorded": (1, 3)}


def test_what_families_say_of_change_is_read_from_their_words() -> None:
    rows = of(
        {"text": "I feel safe now."},
        {"text": "We were promised support, nothing has changed."},
        {"text": "Things are calmer but we waited months."},
        {"text": "She is kind."},
        {"text": None},
        {"audit_id": "audits-2", "text": "It is much better at home."},
    )
    month = {row.group[0]: row.numerator for row in rows if row.by == ("change",) and row.period == "2023-06"}
    assert month == {
        "better": 1,
        "worse or no difference": 1,
        "mixed": 1,
        "direction not clear": 1,
        "not recorded": 1,
    }
    year = found(rows, "family_said_change", period=YEAR, group="better")
    assert (year.numerator, year.denominator) == (2, 6)


def test_without_any_words_nothing_is_said_of_change_and_without_feedback_nothing_at_all() -> None:
    assert {row.measure for row in of({"views": "mixed"})} == {"family_said_views"}
    assert said(tables(audits=[{}])) == []
