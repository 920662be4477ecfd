"""Where a manager's text may name somebody is marked; what a manager ordinarily writes is not."""

from dataclasses import replace

import pytest

from qa_analysis.data.synthetic.wording.meetings import ACHIEVEMENTS, CHALLENGES, MITIGATIONS
from qa_analysis.disclosure.naming import CAPITAL, KNOWN, LOOKS, PART, Naming
from qa_analysis.framework import rules_for

PEOPLE = ["Jane Smith", "612306", "Oak Young", "Dee Harbour"]
RULES = rules_for("2023-06")
NAMING = Naming.of(RULES, PEOPLE, places=("Harbour", "Early Help North"))


def marked(text: str) -> list[tuple[str, str]]:
    return [(mark.words, mark.why) for mark in NAMING.marks(text)]


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("Placement of Ellie broke down.", "Ellie", CAPITAL),
        ("Ellie moved to a new home.", "Ellie", CAPITAL),
        ("Contact with Ellie’s mother is agreed.", "Ellie’s", CAPITAL),
        ("Visits are late.\n- Kai was not seen", "Kai", CAPITAL),
        ("The family of Al-Amin was supported", "Al-Amin", CAPITAL),
        ("We are worried about JM and his sister", "JM", CAPITAL),
        ("Jane Smith led the work", "Jane Smith", KNOWN),
        ("led by SMITH, Jane this month", "SMITH, Jane", KNOWN),
        ("Thanks to Smith for the duty work", "Smith", PART),
        ("see record 612306 for more", "612306", KNOWN),
        ("born on 12/03/2019 and placed", "12/03/2019", LOOKS),
        ("now at L20 7DE with kin", "L20 7DE", LOOKS),
    ],
)
def test_what_may_name_somebody_is_marked_with_its_words_and_why(text: str, words: str, why: str) -> None:
    assert marked(text) == [(words, why)]


@pytest.mark.parametrize(
    "text",
    [
        *ACHIEVEMENTS, *CHALLENGES, *MITIGATIONS,
        "Ofsted visited in June; the monitoring letter is due.",
        "Children's plans in Early Help North are up to date, and IROs raised fewer alerts.",
        "Harbour has two vacancies.\n- Recruitment continues\n2. Supervision dates are set",
        "Young people took part; 85% of visits (34 of 40) were in time.",
        "SMT agreed that Service Managers review PLO cases each Monday.",
        "I have met every worker. All were seen.",
    ],
)  # fmt: skip
def test_what_a_manager_ordinarily_writes_is_not_marked(text: str) -> None:
    assert marked(text) == []


def test_a_mark_says_where_its_words_begin() -> None:
    text = "Two moved on. The plan for Ellie is late."
    (mark,) = NAMING.marks(text)
    assert text[mark.begins :].startswith("Ellie is")


def test_a_council_says_which_words_of_its_own_name_nobody() -> None:
    own = replace(RULES, field_words=(*RULES.field_words, "Riverside House"))
    assert NAMING.marks("moved into Riverside House") != ()
    assert Naming.of(own, PEOPLE).marks("moved into Riverside House") == ()


def test_a_word_that_other_texts_write_small_may_begin_a_sentence_and_no_more() -> None:
    naming = Naming.of(RULES, (), texts=["a sandcastle"] * 3)
    assert naming.marks("Sandcastle works well.") == ()
    assert [mark.words for mark in naming.marks("It is called Sandcastle.")] == ["Sandcastle"]
    assert Naming.of(RULES, (), texts=["a sandcastle"] * 2).marks("Sandcastle works well.") != ()
