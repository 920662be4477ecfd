"""Children's participation: yes of yes and no; under four, blank and unreadable apart."""

from small import found
from unit_council import conferences, of

from qa_analysis.measures.figure import joined
from qa_analysis.measures.safeguarding_unit.participation import participation


def made(*answers: str | None):
    return participation(of(conferences=conferences(*({"child_participated": answer} for answer in answers))))


def test_children_under_four_and_blanks_are_in_neither_part_of_the_share() -> None:
    rows = made("yes", "yes", "no", "under 4", "under 4", None)
    whole = found(rows, "child_took_part", by="", period="2023-06")
    assert (whole.numerator, whole.denominator) == (2, 3)
    apart = {
        joined(row.group): row.value for row in rows if row.measure == "participation_apart" and row.period == "2023-06"
    }
    assert apart == {"under 4": 2, "not recorded": 1}


def test_a_conference_that_was_not_held_says_nothing_of_participation() -> None:
    rows = participation(of(conferences=conferences({}, {"held_on": None, "child_participated": "no"})))
    assert found(rows, "child_took_part", by="", period="2023-06").denominator == 1


def test_an_answer_that_cannot_be_read_is_apart_from_a_blank_one() -> None:
    unread = {"child_participated": None, "source_unread": "child_participated"}
    rows = participation(of(conferences=conferences({}, {"child_participated": None}, unread)))
    assert found(rows, "participation_apart", group="not readable", period="2023-06").value == 1
    assert found(rows, "participation_apart", group="not recorded", period="2023-06").value == 1


def test_where_no_record_says_it_there_is_no_figure_and_not_nobody() -> None:
    assert made(None, None) == []
