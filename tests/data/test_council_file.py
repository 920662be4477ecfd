"""council.yaml: what the council says of itself, and one clear line where it says what cannot be."""

from pathlib import Path

import pytest

from qa_analysis.council import Own, own_of
from qa_analysis.data.reading.council_file import read_own
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for

RULES = rules_for("2024-10")
FILE = """
name: Harbour Council
newsletter: Harbour Herald
marking: {restricted: "OFFICIAL-SENSITIVE: PERSONAL"}
first_cycle: 2024-04
breaks:
  2024-09: a second form
  2024-06: managers audit
breaks_in_grading: managers audit
indicator_breaks: {KPI01: {2024-07: counted from the referral}}
indicator_areas: {KPI01: assessment}
posts: {Principal Social Worker: Head of Practice}
supervision_every_days: 28
supervision_every_days_newly_qualified: 14
"""


def said(folder: Path, text: str) -> Own:
    (folder / "council.yaml").write_text(text, encoding="utf-8")
    return read_own(folder, RULES)


def test_what_a_council_says_stands_in_place_of_the_frameworks_words(tmp_path: Path) -> None:
    rules = rules_for("2024-10", own=said(tmp_path, FILE))
    assert (rules.council.name, rules.council.newsletter) == ("Harbour Council", "Harbour Herald")
    assert dict(rules.council.marking) == {
        "month": "OFFICIAL", "shared": "OFFICIAL", "restricted": "OFFICIAL-SENSITIVE: PERSONAL"
    }  # fmt: skip
    assert rules.council.post("Principal Social Worker") == "Head of Practice"
    assert rules.council.post("Team Manager") == "Team Manager"
    assert (rules.first_cycle, dict(rules.breaks)) == (
        "2024-04", {"2024-06": "managers audit", "2024-09": "a second form"}
    )  # fmt: skip
    assert rules.breaks_in_grading == ("managers audit",)
    assert dict(rules.own.indicator_breaks["KPI01"]) == {"2024-07": "counted from the referral"}
    assert dict(rules.own.indicator_areas) == {"KPI01": "assessment"}
    assert (rules.supervision_every_days, rules.supervision_every_days_newly_qualified) == (28, 14)


def test_a_folder_without_the_file_says_nothing(tmp_path: Path) -> None:
    assert read_own(tmp_path, RULES) == Own()
    assert RULES.council.name == "the council"
    assert (RULES.supervision_every_days, RULES.supervision_every_days_newly_qualified) == (None, None)
    assert RULES.council.marking["restricted"] == "OFFICIAL-SENSITIVE"


def test_breaks_of_ones_own_all_qualify_grades_unless_it_is_said_which(tmp_path: Path) -> None:
    own = said(tmp_path, "breaks: {2024-06: managers audit, 2024-09: another form}")
    assert rules_for("2024-10", own=own).breaks_in_grading == ("managers audit", "another form")


def test_a_council_may_have_no_breaks_at_all(tmp_path: Path) -> None:
    rules = rules_for("2024-10", own=said(tmp_path, "breaks: {}"))
    assert (dict(rules.breaks), rules.breaks_in_grading) == ({}, ())


def test_what_is_kept_with_a_month_is_read_again_as_it_was(tmp_path: Path) -> None:
    for text in (FILE, "breaks: {}", "name: Harbour Council"):
        own = said(tmp_path, text)
        assert own_of(own.written()) == own


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nmae: X", 'council.yaml: "nmae" is not known. Did you mean "name"?'),
        ("first_cycle: April 2024", 'council.yaml, first_cycle: "April 2024" is not a month. Write it as year and'),
        ("breaks: {June: x}", 'council.yaml, breaks: "June" is not a month. Write it as year and month'),
        ("breaks: {2024-06: }", "council.yaml, breaks, 2024-06: say in a few words what changed with that cycle."),
        ("indicator_breaks: {KPI01: {July: x}}", 'council.yaml, indicator_breaks, KPI01: "July" is not a month.'),
        ("indicator_areas: {KPI01: assessments}",
         'council.yaml, indicator_areas, KPI01: "assessments" is not known. Did you mean "assessment"?'),
        ("breaks_in_grading: [x]", "council.yaml, breaks_in_grading: name the breaks first, under breaks."),
        ("breaks: {2024-06: forms}\nbreaks_in_grading: form",
         'council.yaml, breaks_in_grading: "form" is not known. Did you mean "forms"?'),
        ("supervision_every_days: four weeks", "council.yaml, supervision_every_days: write a whole number of"),
        ("supervision_every_days: 0", "council.yaml, supervision_every_days: write a whole number of days"),
        ("marking: {team: X}", 'council.yaml, marking: "team" is not known. Here may stand: "month", '),
        ("posts: {Team Manger: X}", 'council.yaml, posts: "Team Manger" is not known. Did you mean "Team Manager"?'),
        (f"name: {'x' * 81}", "council.yaml, name: 81 letters. Write a name of one line, up to 80 letters."),
        ("name: [a, b]", "council.yaml, name: one word or name is needed here."),
        ("name: 'x", "council.yaml, line 1: this is not YAML. Check indents, colons and quotation marks."),
        ("name: a\nname: b", 'council.yaml, line 1: "name" is there twice, or is no word.'),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_line_that_says_where(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as refused:
        said(tmp_path, text)
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code == 2


def test_two_such_files_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "council.yml").write_text("name: A", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"council\.yaml and council\.yml are both in the folder"):
        said(tmp_path, "name: B")
