"""Questions of one's own: the same figures as the reports', nobody told apart, and never a traceback."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from asking import ask, audits
from bs4 import BeautifulSoup
from councils import council
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import undrawn
from small import CONTRACTS

from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import measures
from qa_analysis.measures.figure import COLUMNS
from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.kinds import QUESTIONS
from qa_analysis.questions.opening import KEPT, Held, bare, completed
from qa_analysis.questions.query import Answer, Questions
from qa_analysis.questions.scope import TOGETHER

SAME = ["measure", "period", "population", "by", "group", "numerator", "denominator", "value", "lower", "upper"]
NEWEST = "2023-07"
PLACE_YEAR = {"since": "2022-07", "until": "2023-06"}  # what reports tell of places ends with a quarter


@pytest.fixture(scope="module")
def supplied() -> dict[str, pd.DataFrame]:
    """A synthetic council of fourteen cycles."""
    return {name: frame for name, frame in council(cycles=14).items() if name in KEPT}


@pytest.fixture(scope="module")
def held(supplied: dict[str, pd.DataFrame]) -> Held:
    """That council as an opening would hold it."""
    frames = {name: bare(frame, CONTRACTS[name]) for name, frame in supplied.items()}
    return Held(known(frames), extracts_table(()), Path("nowhere"))


@pytest.fixture
def whole(held: Held) -> Questions:
    """An opening in which nothing has been asked yet."""
    return Questions(held)


def known(held: dict[str, pd.DataFrame]) -> Tables:
    rules = rules_for(NEWEST)
    return tables_as_at(held, CONTRACTS, month=NEWEST, as_at=rules.as_at(NEWEST), rules=rules)


@pytest.fixture(scope="module")
def reported(supplied: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return measures(known(supplied))


@pytest.mark.parametrize(
    ("question", "words", "kept"),
    [
        ("grades", {"month": NEWEST}, ("good_or_better", "grade_count")),
        ("grades", {"month": NEWEST, "by": "area"}, ("good_or_better",)),
        ("grades", {}, ("good_or_better",)),
        ("grades", {"by": "team", **PLACE_YEAR}, ("good_or_better",)),
        ("grades", {"by": "theme"}, ("good_or_better",)),
        ("grades", {"area": "assessment", "month": NEWEST}, ("good_or_better", "grade_count")),
        ("trend", {}, ("good_or_better", "run_chart")),
        ("change", {}, ("loop_difference", "loop_superiority", "detectable_rise", "loop_verdict")),
        ("change", {"now": NEWEST}, ("good_or_better", "loop_difference", "loop_superiority", "detectable_rise")),
        ("findings", {"month": NEWEST}, ("theme_prevalence",)),
        ("findings", {"month": NEWEST, "by": "area"}, ("finding_count",)),
        ("families", {"month": NEWEST}, ("family_contact_attempted", "family_engaged", "family_contacts")),
        ("agreement", {}, ("agreement_exact", "gwet_ac1", "gwet_ac2_linear", "moderation_pairs")),
        ("agreement", {"by": "service", **PLACE_YEAR}, ("agreement_exact",)),
        ("direction", {}, ("moderation_lowered", "moderation_raised", "moderation_direction")),
        ("direction", {"route": "every", "by": "area"}, ("moderation_lowered", "moderation_unchanged")),
        ("actions", {}, ("actions_open", "completed_in_40_working_days", "actions_unsigned")),
        ("actions", {"by": "service"}, ("actions_open", "actions_overdue")),
        ("overdue", {}, ("actions_overdue", "actions_overdue_safeguarding")),
        ("coverage", {"month": NEWEST, "by": "team"}, ("audits_completed",)),
    ],
)  # fmt: skip
def test_an_answer_is_the_figure_of_the_reports(
    question: str, words: dict[str, str], kept: tuple[str, ...], whole: Questions, reported: pd.DataFrame
) -> None:
    answer = whole.ask(question, **words)
    assert answer.is_given, answer.sentence
    found = answer.table[answer.table["measure"].isin(kept) & ~answer.table["group"].str.contains(TOGETHER)][SAME]
    assert set(found["measure"]) == set(kept)
    found = found[found["by"] != ""] if "until" in words else found  # the whole's own year ends with the newest cycle
    both = found.merge(reported[SAME], how="left", on=SAME, indicator=True)
    assert both[both["_merge"] != "both"].empty


def test_a_filter_gives_the_figure_of_its_group(whole: Questions) -> None:
    by_team = whole.grades(by="team", since="2023-01").table
    for team in ("Oak", "Harbour"):
        row = whole.grades(team=team, since="2023-01").table.iloc[0]
        split = by_team[(by_team["measure"] == "good_or_better") & (by_team["group"] == team)].iloc[0]
        assert (row["numerator"], row["denominator"]) == (split["numerator"], split["denominator"])


def test_the_answer_says_what_was_counted_and_how_sure_it_is() -> None:
    answer = ask(audits=audits(("North", 20, 15))).grades(month="2023-06", team="north")
    assert answer.sentence.replace("\u00a0", " ") == (
        "Auditors graded 75% of headline audits good or better in June 2023 (15 of 20; likely range 53% to 89%)."
    )
    assert answer.question == "How was practice graded, in June 2023, team North, headline routes?"
    assert answer.provenance["Population"] == "headline routes; team North"
    assert tuple(answer.table.columns) == COLUMNS


def test_a_route_is_said_and_changes_whom_the_answer_is_about() -> None:
    both = [*audits(("North", 6, 3)), *audits(("South", 4, 4), selection_route="nominated good")]
    qa = ask(audits=both)
    assert qa.grades().table.iloc[0]["denominator"] == 6
    assert qa.grades(route="every").table.iloc[0]["denominator"] == 10
    nominated = qa.grades(route="nominated good")
    assert nominated.table.iloc[0]["denominator"] == 4
    assert "route nominated good" in nominated.question


def test_teams_are_compared_with_the_others_and_not_with_chance() -> None:
    qa = ask(audits=audits(("East", 30, 28), ("North", 30, 12), ("South", 30, 12), ("Tiny", 6, 6)))
    assert (
        "Above the others: East (up 48 percentage points; range +29 to +60). "
        "Below the others: North (down 30 percentage points; range −48 to −8); "
        "South (down 30 percentage points; range −48 to −8)."
    ) in qa.grades(by="team").sentence
    alike = ask(audits=audits(("East", 30, 15), ("North", 30, 14), ("South", 30, 16)))
    assert "None of the 3 teams" in alike.grades(by="team").sentence


def test_one_service_is_one_service() -> None:
    answer = ask(audits=audits(("A", 10, 5))).coverage()
    assert answer.sentence == "10 audits in June 2023, in 1 service."


def test_one_cycle_and_one_point_are_one() -> None:
    held = [*audits(("A", 100, 51)), *audits(("A", 100, 50), cycle_month="2022-12", audited_on="2022-12-15")]
    qa = ask(audits=held, moderations=[{"audit_id": f"audits-{number}"} for number in range(1, 31)])
    assert set(qa.agreement(month="2023-06").table["population"]) == {"random third, 1 cycle"}
    page = BeautifulSoup(qa.change(now="2023-06")._repr_html_(), "html.parser")
    assert "+1 percentage point (" in page.get_text()


def test_an_answer_calls_a_theme_by_the_side_on_which_it_was_found() -> None:
    found = [
        {"audit_id": f"audits-{number}", "theme_code": code, "polarity": side}
        for number in range(1, 7)
        for code, side in (("1.4", "development"), ("4.2", "strength"))
    ]
    answer = ask(audits=audits(("A", 10, 5)), findings=found).findings()
    page = BeautifulSoup(answer._repr_html_(), "html.parser")
    assert "areas for development: no clear contingency plan, in 6 of 10" in answer.sentence
    assert "strengths: child's voice clear in visits and records, in 6 of 10" in answer.sentence
    rows = {row.th.get_text() for row in page.select("tbody tr")}
    assert {"No clear contingency plan", "Child's voice clear in visits and records"} <= rows


def test_under_ten_audits_no_change_is_judged_and_what_would_be_enough_is_said() -> None:
    held = [*audits(("A", 9, 5)), *audits(("B", 12, 6), cycle_month="2022-12", audited_on="2022-12-15")]
    answer = ask(audits=held).change(now="2023-06")
    assert answer.sentence == (
        "In June 2023, 5 of 9 headline audits were graded good or better; in December 2022 it was 6 of 12: "
        "too few to judge; 10 in each period are enough."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"team": "Nrth"}, "Did you mean North?"),
        ({"area": "asessment"}, "Did you mean Assessment?"),
        ({"tema": "North"}, "Did you mean team?"),
        ({"by": "auditor"}, "It can be split by service, team, theme, area, route, month, age, status or role."),
        ({"by": "worker"}, "It can be split by"),
        ({"since": "summer"}, "such as 2023-06"),
        ({"since": "2023-05", "until": "2023-04"}, "June 2023"),
        ({"month": "2031-01"}, "June 2023"),
        ({"month": "2023-06", "since": "2023-01"}, "one or the other"),
        ({"by": "area", "area": "assessment"}, "Leave out one"),
    ],
)  # fmt: skip
def test_a_slip_is_met_with_the_nearest_and_not_with_a_traceback(words: dict[str, str], said: str) -> None:
    answer = ask(audits=audits(("North", 12, 5), ("South", 12, 5))).ask("grades", **words)
    assert not answer.is_given
    assert said in answer.caveat
    assert said.split()[-1].strip("?.") in BeautifulSoup(answer._repr_html_(), "html.parser").get_text()


def test_an_unknown_question_names_the_nearest() -> None:
    assert "Did you mean grades?" in ask(audits=audits(("North", 12, 5))).ask("grade").caveat


def test_names_are_known_by_capitals_titles_and_first_words(whole: Questions) -> None:
    asked = whole.grades(area="supervision", service="CARED FOR", since="june 2023")
    assert "key area Supervision and management oversight" in asked.question
    assert "service Cared For" in asked.question
    assert "from June 2023" in asked.question


def test_a_question_asked_twice_is_remembered_and_cannot_be_spoilt() -> None:
    qa = ask(audits=audits(("North", 12, 5)))
    first = qa.grades()
    handed_out = first.table
    handed_out["value"] = 1.0
    again = qa.grades()
    assert again.figures is first.figures
    assert again.table.iloc[0]["value"] == pytest.approx(5 / 12)


def test_rows_of_an_earlier_version_have_the_newer_columns_blank(supplied: dict[str, pd.DataFrame]) -> None:
    older = supplied["audits"].drop(
        columns=["audited_on", "age_band", "is_disputed", "key_worker_conversation_minutes"]
    )
    audits = completed(older, CONTRACTS["audits"])
    assert audits[["audited_on", "age_band", "is_disputed"]].isna().all().all()
    assert str(audits["audited_on"].dtype).startswith("datetime64")
    assert list(audits["team"]) == list(older["team"])


def test_nothing_that_names_or_tells_of_a_person_is_held(whole: Questions) -> None:
    for name, frame in whole.held.tables.frames.items():
        told = {column.name for column in CONTRACTS[name].columns if column.free_text or column.person == "name"}
        assert told.isdisjoint(frame.columns)
        assert "source_row" not in frame.columns


TEAMS = st.sampled_from(["", "Oak", "Harbour", "Fostering East", "Nowhere"])
ASKED = st.fixed_dictionaries(
    {"question": st.sampled_from(sorted(QUESTIONS))},
    optional={
        "by": st.sampled_from(["service", "team", "theme", "area", "route", "role", "age"]),
        "team": TEAMS,
        "service": st.sampled_from(["Cared For", "Fostering", "Safeguarding"]),
        "theme": st.sampled_from(["supervision", "neglect", "chronologies"]),
        "area": st.sampled_from(["assessment", "supervision"]),
        "route": st.sampled_from(["every", "headline", "reactive", "dispute"]),
        "since": st.sampled_from(["2022-06", "2023-05", "2023-07"]),
        "month": st.sampled_from(["2022-06", "2023-07"]),
        "polarity": st.just("strength"),
        "now": st.just("2023-05/2023-07"),
    },
)


@pytest.mark.slow
@settings(max_examples=150)
@given(asked=ASKED)
def test_whatever_is_asked_nobody_is_told_apart(asked: dict[str, str], held: Held) -> None:
    whole = Questions(held)
    words = {name: value for name, value in asked.items() if name != "question"}
    answer = whole.ask(asked["question"], **words)
    assert answer.sentence and answer.caveat
    if not answer.is_given:
        assert answer.table.empty
        return
    shares = answer.table[(answer.table["unit"] == "share") & answer.table["measure"].ne("run_chart")]
    if asked["question"] == "coverage":
        assert (answer.table["value"].dropna() >= 3).all()
    if asked["question"] in ("grades", "families", "agreement", "direction"):
        assert (shares["denominator"] >= 3).all()
    if asked["question"] == "findings":
        assert (answer.table["numerator"].fillna(answer.table["value"]) >= 3).all()
    assert not set(re.findall(r"\b[A-Z2-7]{20}\b", answer.table.to_csv())) & pseudonyms(whole)


def pseudonyms(qa: Questions) -> set[str]:
    columns = ("child_id", "key_worker_id", "auditor_id", "audit_id")
    return {str(value) for column in columns for value in qa.held.tables.audits[column].dropna()}


@pytest.mark.slow
@settings(max_examples=40)
@given(word=st.text(max_size=12), value=st.text(max_size=20))
def test_whatever_is_typed_is_answered(word: str, value: str, held: Held) -> None:
    whole = Questions(held)
    for name in ("team", "since", "by", "now", word or "x"):
        if name not in ("self", "question"):
            for question in ("grades", "change"):
                answer = whole.ask(question, **{name: value})
                assert isinstance(answer, Answer)
                with undrawn():
                    assert "<script" not in answer._repr_html_().lower()


def test_every_number_of_a_sentence_is_a_figure_of_the_table(whole: Questions) -> None:
    for question in QUESTIONS:
        answer = whole.ask(question)
        numbers = {f"{value:.0f}" for value in _numbers(answer.table)} | years_and_days(answer)
        said = {number.replace(",", "") for number in re.findall(r"(?<![\w.])\d[\d,]*(?![\w.]*\d)", answer.sentence)}
        assert said <= numbers, (question, said - numbers)


def _numbers(table: pd.DataFrame) -> Iterator[float]:
    for column in ("value", "numerator", "denominator", "lower", "upper"):
        values = table[column].dropna()
        yield from values
        yield from (abs(100 * value) for value in values)
    yield float(table.loc[table["measure"].isin(["actions_open", "actions_completed"]), "value"].sum())
    yield from table["by"].value_counts().astype(float)


def years_and_days(answer: Answer) -> set[str]:
    rules = rules_for(NEWEST)
    return {"2022", "2023", "1", str(rules.action_days), str(date.fromisoformat("2023-08-10").day)}
