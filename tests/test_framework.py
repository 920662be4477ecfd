import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.synthetic.wording.developments import DEVELOPMENTS
from qa_analysis.data.synthetic.wording.strengths import STRENGTHS
from qa_analysis.errors import WrongUse
from qa_analysis.framework import resource, rules_for

BOOK = resource("data_contracts") / "framework.yaml"


def changed(tmp_path: Path, change) -> Path:
    book = yaml.safe_load(BOOK.read_text(encoding="utf-8"))
    change(book)
    path = tmp_path / "framework.yaml"
    path.write_text(yaml.safe_dump(book, allow_unicode=True), encoding="utf-8")
    return path


def test_the_quantities_of_the_framework_are_those_of_its_text() -> None:
    rules = rules_for("2023-06")
    assert rules.moderation_share == Fraction(1, 3)
    assert (rules.action_days, rules.revisit_months, rules.lookback_months, rules.notice_days) == (40, 6, 6, 7)
    assert (rules.observations_a_year, rules.conversation_minutes) == (2, 60)
    assert rules.grades == ("outstanding", "good", "requires improvement", "inadequate")
    assert len(rules.key_areas) == 6
    assert len(rules.prompts) == 36
    assert rules.good_or_better_target is None  # the framework sets no target, so none is made up


def test_every_code_has_seeds_and_no_seed_points_to_two_codes() -> None:
    held = {code: [seed.rstrip("?") for seed in theme.seeds] for code, theme in rules_for("2023-06").codebook.items()}
    assert [code for code, seeds in held.items() if len(seeds) < 5] == []
    every = [seed for seeds in held.values() for seed in seeds]
    assert {seed for seed in every if every.count(seed) > 1} == set()
    assert [seed for seed in every if seed != seed.casefold() or len(seed) < 3] == []


def test_every_code_of_the_codebook_has_a_label_a_definition_and_examples() -> None:
    codebook = rules_for("2023-06").codebook
    assert len(codebook) == 37
    assert all(theme.label and theme.definition and 3 <= len(theme.examples) <= 6 for theme in codebook.values())
    assert all(len(set(theme.wordings)) == len(theme.wordings) for theme in codebook.values())


def test_each_theme_is_called_one_thing_where_it_was_done_well_and_another_where_it_was_lacking() -> None:
    book = rules_for("2023-06").codebook
    assert book["1.4"].called("strength") == "Contingency plan identified"
    assert book["1.4"].called("development") == "No clear contingency plan"
    names = [theme.called(polarity) for theme in book.values() for polarity in ("strength", "development")]
    assert len(set(names)) == len(names) == 74
    assert all(len(name.split()) <= 12 for name in names)


def test_what_presence_timeliness_or_completion_alone_would_meet_is_marked_as_compliance() -> None:
    book = rules_for("2023-06").codebook
    assert [code for code, theme in book.items() if theme.compliance] == ["2.1", "2.2", "3.1", "3.2", "6.1"]
    assert book["3.1"].called("strength") == "Assessment in place (compliance)"
    assert book["3.1"].called("development") == "No assessment in place"


@pytest.mark.parametrize("side", ["strength", "development"])
def test_a_theme_without_what_it_is_called_on_either_side_is_refused(side: str, tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["codebook"][0]["value"]["3.10"].pop(side))
    with pytest.raises(WrongUse, match=rf'the {side} of "3\.10"'):
        rules_for("2023-06", path=path)


@pytest.mark.parametrize("same", ["strength", "label"])
def test_a_theme_called_the_same_on_both_sides_is_refused(same: str, tmp_path: Path) -> None:
    def alike(book) -> None:
        theme = book["rules"]["codebook"][0]["value"]["3.10"]
        theme["development"] = theme[same].upper()

    with pytest.raises(WrongUse, match=r'"3\.10" is called the same as a strength and for development'):
        rules_for("2023-06", path=changed(tmp_path, alike))


def test_a_mark_of_compliance_that_is_neither_true_nor_false_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["codebook"][0]["value"]["3.10"].update(compliance="sometimes"))
    with pytest.raises(WrongUse, match=r'compliance of "3\.10" is true or false, not sometimes'):
        rules_for("2023-06", path=path)


def test_three_point_ten_is_not_three_point_one() -> None:
    rules = rules_for("2023-06")
    assert rules.codebook["3.10"] != rules.codebook["3.1"]
    assert all(isinstance(code, str) for code in rules.codebook)


def test_impact_stands_beside_the_prompts_and_in_no_key_area() -> None:
    rules = rules_for("2023-06")
    assert set(rules.codebook) - set(rules.prompts) == {"impact"}
    assert rules.area_of("3.10") == "assessment"
    assert rules.area_of("impact") is None
    assert rules.area_of("neglect") is None


@pytest.mark.parametrize("code", ["7.1", "0.1", "72"])
def test_a_councils_own_number_belongs_to_no_key_area(code: str) -> None:
    rules = rules_for("2023-06")
    own = replace(rules, codebook={**rules.codebook, code: rules.codebook["impact"]})
    assert own.area_of(code) is None
    assert code not in own.prompts


def test_examples_of_the_codebook_are_no_sentences_of_the_synthetic_council() -> None:
    planted = {run for texts in (*STRENGTHS.values(), *DEVELOPMENTS.values()) for text in texts for run in runs(text)}
    examples = [text for theme in rules_for("2023-06").codebook.values() for text in theme.examples]
    assert not planted & {run for text in examples for run in runs(text)}


def runs(text: str) -> set[str]:
    words = re.findall(r"[a-z']+", text.casefold())
    return {" ".join(words[start : start + 5]) for start in range(len(words) - 4)}


def test_a_code_written_as_a_number_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["codebook"][0]["value"].update({3.1: {"label": "Ten or one?"}}))
    with pytest.raises(WrongUse, match=r'3\.1 of the codebook in quotation marks, "3\.1"'):
        rules_for("2023-06", path=path)


def test_a_wording_that_is_no_text_is_refused(tmp_path: Path) -> None:
    wordings = [{"Supervision is good": "curious and reflective"}]
    path = changed(tmp_path, lambda book: book["rules"]["codebook"][0]["value"]["3.10"].update(examples=wordings))
    with pytest.raises(WrongUse, match=r'"3\.10" holds a wording that is no text'):
        rules_for("2023-06", path=path)


def test_a_code_without_a_definition_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["codebook"][0]["value"]["3.10"].pop("definition"))
    with pytest.raises(WrongUse, match=r'the definition of "3\.10"'):
        rules_for("2023-06", path=path)


def test_the_shared_edition_hides_to_seven_rounds_to_five_and_shares_from_twenty() -> None:
    held = rules_for("2023-06").shared_edition
    assert (held.hidden_to, held.nearest, held.share_from, held.share_step) == (7, 5, 20, 5)
    assert [held.rounded(tally) for tally in (0, 2, 3, 8, 12, 13)] == [0, 0, 5, 10, 10, 15]


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("hidden_to", 3, "hidden_to and nearest must be 4 or more"),
        ("nearest", 1, "hidden_to and nearest must be 4 or more"),
        ("hidden_to", 9, "10 could only be a few counts; take hidden_to 7 with nearest 5"),
        ("share_from", 10, "share_from must be 12 or more"),
        ("share_step", 3, "share_step must divide 100"),
        ("share_step", 0, "share_step must divide 100"),
        ("share_step", 50, "share_step must divide 100"),
        ("nearest", "five", "nearest of shared_edition is not a whole number: five"),
        ("nearest", True, "nearest of shared_edition is not a whole number: True"),
        ("share_step", 0.05, "share_step of shared_edition is not a whole number"),
        ("hiden_to", 7, 'look at "hiden_to"'),
    ],
)  # fmt: skip
def test_a_protection_that_would_not_protect_is_refused(tmp_path: Path, part: str, value: object, words: str) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["shared_edition"][0]["value"].update({part: value}))
    with pytest.raises(WrongUse, match=words):
        rules_for("2023-06", path=path)


def test_a_council_may_protect_more_strictly(tmp_path: Path) -> None:
    stricter = {"hidden_to": 14, "nearest": 10, "share_from": 50, "share_step": 10}
    path = changed(tmp_path, lambda book: book["rules"]["shared_edition"][0].update(value=stricter))
    assert rules_for("2023-06", path=path).shared_edition.rounded(15) == 20


def test_a_code_without_what_to_do_in_practice_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["codebook"][0]["value"]["3.10"].pop("in_practice"))
    with pytest.raises(WrongUse, match=r'the in_practice of "3\.10"'):
        rules_for("2023-06", path=path)


def test_managers_may_audit_from_december_2022_and_not_before() -> None:
    assert "team manager" not in rules_for("2022-11").auditor_roles
    assert "team manager" in rules_for("2022-12").auditor_roles


def test_a_cycle_is_true_on_the_tenth_of_the_month_after() -> None:
    assert rules_for("2023-06").as_at("2023-06") == date(2023, 7, 10)
    assert rules_for("2022-12").as_at("2022-12") == date(2023, 1, 10)


@pytest.mark.parametrize(
    ("word", "grade"),
    [
        ("RI", "requires improvement"), ("R.I.", "requires improvement"), ("Req Imp", "requires improvement"),
        ("RIG", "requires improvement"), ("Adequate", "requires improvement"), ("G", "good"), ("O", "outstanding"),
        ("I", "inadequate"), ("N/A", "not applicable"), ("Not graded", ""),
        ("Requires improvement to be good", "requires improvement"),
    ],
)  # fmt: skip
def test_words_met_in_trackers_are_understood(word: str, grade: str) -> None:
    assert rules_for("2023-06").grade_synonyms[word.casefold()] == grade


@pytest.mark.parametrize("word", ["Good/RI", "1", "2", "Good with elements of outstanding"])
def test_words_that_could_mean_two_grades_are_not(word: str) -> None:
    assert word.casefold() not in rules_for("2023-06").grade_synonyms


def test_every_rule_says_which_sentence_it_comes_from() -> None:
    rules = yaml.safe_load(BOOK.read_text(encoding="utf-8"))["rules"]
    assert all(version["source"] for versions in rules.values() for version in versions)


def test_a_misspelt_rule_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"].update(action_day=book["rules"].pop("action_days")))
    with pytest.raises(WrongUse, match=r'"action_day" is not known.*"action_days" is missing'):
        rules_for("2023-06", path=path)


def test_a_rule_without_its_source_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["action_days"][0].pop("source"))
    with pytest.raises(WrongUse, match=r"action_days.*source"):
        rules_for("2023-06", path=path)


def test_a_misspelt_entry_of_a_rule_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["action_days"][0].update(valid_form="2022-06"))
    with pytest.raises(WrongUse, match="valid_form"):
        rules_for("2023-06", path=path)


def test_versions_out_of_order_are_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["auditor_roles"].reverse())
    with pytest.raises(WrongUse, match=r"order of valid_from"):
        rules_for("2023-06", path=path)


def test_contracts_and_rules_name_the_same_grades() -> None:
    rules, contracts = rules_for("2023-06"), load_contracts()
    for dataset in ("audits", "moderations"):
        assert contracts[dataset].column("overall_grade").codes == rules.grades
        for column in rules.grade_columns.values():
            assert set(contracts[dataset].column(column).codes) == {*rules.grades, "not applicable"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("share: 5", "share of set_aside is not a share from 0 to 1: 5"),
        ("rows: -1", "rows of set_aside is not a number of rows: -1"),
        ("limks: 0.9", 'look at "limks"'),
    ],
)
def test_a_tolerance_that_is_none_is_refused(tmp_path: Path, change: str, words: str) -> None:
    text = (resource("data_contracts") / "framework.yaml").read_text(encoding="utf-8")
    name, number = change.split(": ")
    old = {"share": "share: 0.05", "rows": "rows: 1", "limks": "links: 0.9"}[name]
    (tmp_path / "framework.yaml").write_text(text.replace(f"        {old}\n", f"        {name}: {number}\n"))
    with pytest.raises(WrongUse, match=re.escape(words)):
        rules_for("2023-06", path=tmp_path / "framework.yaml")


@pytest.mark.parametrize(
    ("unusable", "records", "is_beyond"),
    [(1, 1, False), (1, 19, False), (2, 40, False), (2, 39, True), (15, 300, False), (16, 300, True), (0, 0, False)],
)
def test_a_twentieth_may_be_set_aside_and_a_single_row_always(unusable: int, records: int, is_beyond: bool) -> None:
    assert rules_for("2023-06").set_aside.is_beyond(unusable, records) is is_beyond


@pytest.mark.parametrize(
    ("part", "value"),
    [("children", 1), ("people", 0), ("auditors", 1), ("children", 2.5), ("cycles", 1), ("step", 1)],
)
def test_a_floor_that_would_keep_nobody_from_view_is_refused(tmp_path: Path, part: str, value: object) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["floor"][0]["value"]["managers"].update({part: value}))
    with pytest.raises(WrongUse, match=f"{part} of floor, managers, is no whole number of"):
        rules_for("2023-06", path=path)


def test_a_step_that_would_end_in_other_months_each_year_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["floor"][0]["value"]["managers"].update(step=5))
    with pytest.raises(WrongUse, match="step of floor, managers, does not divide its cycles and a year"):
        rules_for("2023-06", path=path)


@pytest.mark.parametrize(
    ("month", "cycles"),
    [("2023-06", ("2022-07", "2023-06")), ("2023-08", ("2022-07", "2023-06")), ("2023-09", ("2022-10", "2023-09"))],
)
def test_the_year_of_a_place_ends_with_a_quarter(month: str, cycles: tuple[str, str]) -> None:
    held = rules_for(month).place_cycles(month)
    assert (held[0], held[-1], len(held)) == (*cycles, 12)


def test_before_a_council_has_such_a_year_its_places_have_none() -> None:
    assert rules_for("2023-05").place_cycles("2023-05") == ()


@pytest.mark.parametrize(("part", "days"), [("answers", 0), ("failures", "90"), ("leftovers", True), ("months", 30)])
def test_a_retention_that_is_no_number_of_days_is_refused(tmp_path: Path, part: str, days: object) -> None:
    path = changed(tmp_path, lambda book: book["rules"]["retention"][0]["value"].update({part: days}))
    with pytest.raises(WrongUse, match=f"{part}.*retention|retention.*{part}"):
        rules_for("2023-06", path=path)
