"""What cannot be used is set aside and counted; a month is refused only where too much of it cannot be."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas import DataFrame
from small import CONTRACTS, frames, write

from qa_analysis.data.aside import with_reasons
from qa_analysis.data.identity import new_key
from qa_analysis.data.quality import check
from qa_analysis.data.scope import Scope
from qa_analysis.data.setting_aside import aside_table, recounted, settled
from qa_analysis.data.sources import Extract
from qa_analysis.errors import ContractBroken
from qa_analysis.month.measuring import month_of
from qa_analysis.month.named import Named
from qa_analysis.month.preparing import Prepared, prepare
from qa_analysis.reports.data_quality.lists import fix_lists
from qa_analysis.reports.data_quality.report import reliance
from qa_analysis.reports.smt_report import report as smt_report

OLD = [
    {
        "audit_id": f"O{n}",
        "cycle_month": "2022-12",
        "audited_on": "2022-12-15",
        "child_id": f"7{n:03}",
        "key_worker_id": f"W{n % 8}",
    }
    for n in range(25)
]
NEW = [{"audit_id": f"N{n}", "child_id": f"8{n:03}", "key_worker_id": f"W{n % 8}"} for n in range(25)]
FINDINGS = [{"audit_id": f"N{n}", "theme_code": "3.10"} for n in range(25)]
MODERATIONS = [{"audit_id": f"N{n}"} for n in range(25)]


def council(**changes: Any) -> dict[str, DataFrame]:
    """Fifty audits of two cycles, a finding and a moderation for each of the newer."""
    held = frames(audits=[*OLD, *NEW], findings=FINDINGS, moderations=MODERATIONS, actions=[{"audit_id": "N1"}])
    return {**held, **{name: change(held[name]) for name, change in changes.items()}}


def with_cells(rows: Mapping[int, Mapping[str, object]]) -> Any:
    """The frame with other values in some rows."""

    def change(frame: DataFrame) -> DataFrame:
        texts = frame.astype({name: "object" for cells in rows.values() for name in cells})
        for row, cells in rows.items():
            for name, value in cells.items():
                texts.loc[row, name] = value
        return texts

    return change


def again(row: int, **changes: object) -> Any:
    """The frame with a row there twice, the second time with other values."""
    return lambda frame: pd.concat([frame, frame.loc[[row]].assign(**changes)], ignore_index=True)


def prepared(folder: Path, held: Mapping[str, DataFrame], *, strict: bool = False) -> Prepared:
    found = prepare(write(folder, held), "2023-06", as_at=None, key=new_key(), strict=strict)
    for name, extracts in found.month.extracts.groupby("dataset"):  # whatever is set aside, every row is accounted for
        assert extracts["rows_in"].sum() == extracts["rows_loaded"].sum() + extracts["rows_listed"].sum()
        assert extracts["rows_loaded"].sum() == len(found.checked.frames[str(name)])
        assert extracts["rows_set_aside"].sum() == (found.checked.aside["dataset"] == name).sum()
    return found


def refusal(folder: Path, held: Mapping[str, DataFrame], *, strict: bool = False) -> str:
    with pytest.raises(ContractBroken) as caught:
        prepared(folder, held, strict=strict)
    return str(caught.value)


def said(found: Prepared) -> str:
    return "\n".join(reliance(found.month))


def set_aside(found: Prepared) -> list[tuple[str, str]]:
    aside = found.checked.aside
    return sorted(zip(aside["dataset"], aside["rule"], strict=True))


# Set aside ------------------------------------------------------------------------------------------------------------


def test_one_bad_grade_of_an_earlier_year_does_not_refuse_this_month(tmp_path: Path) -> None:
    sound = prepared(tmp_path / "sound", council())
    faulty = prepared(tmp_path / "faulty", council(audits=with_cells({0: {"overall_grade": "Gd?"}})))
    for measure in ("audits_completed", "good_or_better", "agreement_exact", "theme_count"):
        pd.testing.assert_frame_equal(sound.month.figures(measure), faulty.month.figures(measure))
    assert faulty.month.figures("audits_set_aside", by=("column", "rule")).empty  # none of this cycle


def test_a_bad_grade_of_the_cycle_counts_as_blank_where_it_is_needed_and_the_audit_stays_in_others(
    tmp_path: Path,
) -> None:
    found = prepared(tmp_path, council(audits=with_cells({30: {"overall_grade": "Good/RI"}})))
    assert (found.month.count("audits_completed"), set_aside(found)) == (25, [])
    good = found.month.figure("good_or_better", population="headline routes")
    assert good is not None
    assert good.denominator == 24
    assert said(found).splitlines()[0] == (
        "1 of 25 audits of the cycle could not be used: overall grade not readable. It counts in every other figure."
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"audited_on": "TBC"}, "date of the audit not readable"),
        ({"audited_on": None}, "date of the audit blank"),
        ({"audit_id": None}, "reference blank"),
    ],
)
def test_an_audit_without_its_key_or_date_is_set_aside_with_what_hangs_on_it(
    tmp_path: Path, cells: dict[str, object], reason: str
) -> None:
    found = prepared(tmp_path, council(audits=with_cells({30: cells})))
    assert found.month.count("audits_completed") == 24
    assert f"1 of 25 audits of the cycle could not be used: {reason}." in said(found)
    if "audited_on" in cells:
        assert [dataset for dataset, rule in set_aside(found) if rule == "record-set-aside"] == [
            "findings",
            "moderations",
        ]
        orphans = found.checked.issues[found.checked.issues["dataset"].isin(["findings", "moderations"])]
        assert orphans["rule"].tolist() == ["record-set-aside"] * 2  # and not that they lead to no record


def test_a_moderation_without_a_grade_is_set_aside_and_never_read_as_upheld(tmp_path: Path) -> None:
    grades = {3: {"overall_grade": None}}
    found = prepared(tmp_path, council(moderations=with_cells(grades)))
    assert len(found.tables.moderations) == 24
    assert set_aside(found) == [("moderations", "value-missing")]
    assert "1 of 25 rows of moderations" in said(found)


def test_of_exact_copies_one_is_kept_and_the_other_counted(tmp_path: Path) -> None:
    found = prepared(tmp_path, council(audits=again(30)))
    assert (found.month.count("audits_completed"), set_aside(found)) == (25, [("audits", "copy-of-a-row")])
    assert found.checked.issues["rule"].tolist() == ["copy-of-a-row"]


def test_every_row_there_twice_is_still_a_month(tmp_path: Path) -> None:
    found = prepared(tmp_path, council(audits=lambda frame: pd.concat([frame, frame])))
    assert (found.month.count("audits_completed"), len(found.checked.aside)) == (25, 50)


def test_of_one_key_with_two_contents_neither_is_used_and_both_are_named(tmp_path: Path) -> None:
    found = prepared(tmp_path, council(audits=again(0, overall_grade="inadequate")))
    issues = found.checked.issues
    assert issues.loc[issues["rule"] == "duplicate-key", "row"].tolist() == [2, 52]
    assert set_aside(found) == [("audits", "duplicate-key")] * 2


def test_one_key_with_two_contents_is_one_audit_of_the_cycle_that_could_not_be_used(tmp_path: Path) -> None:
    found = prepared(tmp_path, council(audits=again(30, overall_grade="inadequate")))
    assert found.month.count("audits_completed") == 24
    assert "1 of 25 audits of the cycle could not be used: one reference stands for records that differ." in said(found)


@pytest.mark.parametrize(
    ("statuses", "kept", "rules"),
    [
        (("draft", "final"), "inadequate", ["draft-of-a-final-form"]),
        (("In progress", "Signed off"), "inadequate", ["draft-of-a-final-form"]),
        (("final", "final"), None, ["duplicate-key"] * 2),
        (("draft", None), None, ["duplicate-key"] * 2),
        ((None, "final"), None, ["duplicate-key"] * 2),
        (("draft", None, "final"), None, ["duplicate-key"] * 3),
        (("draft", "final", "final"), None, ["duplicate-key"] * 3),
        (("draft", "draft", "final"), "inadequate", ["draft-of-a-final-form"] * 2),
    ],
)
def test_the_forms_own_status_says_which_of_two_contents_is_final(
    tmp_path: Path, statuses: tuple[str | None, ...], kept: str | None, rules: list[str]
) -> None:
    def change(frame: DataFrame) -> DataFrame:
        grades = ["outstanding", "inadequate"][3 - len(statuses) :]
        forms = [frame.loc[[0]].assign(overall_grade=grade) for grade in grades]
        twice = pd.concat([frame, *forms], ignore_index=True).astype({"form_status": "object"})
        twice.loc[[0, *range(len(frame), len(twice))], "form_status"] = list(statuses)
        return DataFrame(twice)

    found = prepared(tmp_path, council(audits=change))
    audits = found.checked.frames["audits"]
    assert audits.loc[audits["audit_id"] == "O0", "overall_grade"].tolist() == ([kept] if kept else [])
    assert [rule for _, rule in set_aside(found)] == rules


def test_an_action_counts_although_its_audit_is_set_aside(tmp_path: Path) -> None:
    found = prepared(tmp_path, council(audits=with_cells({26: {"audited_on": "TBC"}})))
    assert found.month.count("actions_agreed") == 1
    issues = found.checked.issues
    assert issues.loc[issues["dataset"] == "actions", "rule"].tolist() == ["record-set-aside"]


def test_a_sound_council_sets_nothing_aside_and_says_nothing_of_it(tmp_path: Path) -> None:
    found = prepared(tmp_path, council())
    assert (set_aside(found), found.checked.stops) == ([], ())
    assert "set aside" not in said(found).lower()
    assert not found.month.measures["measure"].str.endswith("set_aside").any()


def test_of_several_records_in_one_row_the_one_at_fault_alone_is_set_aside() -> None:
    """As where a wide tracker holds three actions in a row."""
    actions = frames(actions=[{"action_id": "a1"}, {"action_id": "a2"}, {"action_id": None}])["actions"]
    one_row = actions.assign(source_row=8)
    issues = check({"actions": one_row}, CONTRACTS)
    found = settled({"actions": one_row}, {}, CONTRACTS, issues)
    assert found.frames["actions"]["action_id"].tolist() == ["a1", "a2"]
    assert len(found.aside["actions"]) == 1


def test_rows_set_aside_of_a_sheet_that_is_read_twice_are_counted_once() -> None:
    extracts = tuple(Extract("actions", "T.xlsx", "T", "", rows_in=n, rows_loaded=n) for n in (1, 2))
    actions = frames(actions=[{}] * 2)["actions"].assign(source_file="T.xlsx", source_sheet="T")
    aside = aside_table({"actions": with_reasons(actions, [("duplicate-key", "action_id")] * 2)}, CONTRACTS)
    again = recounted(extracts, aside)
    assert [(one.rows_in, one.rows_loaded, one.rows_listed, one.rows_set_aside) for one in again] == [
        (1, 0, 1, 1), (2, 1, 1, 1),
    ]  # fmt: skip


def test_what_could_not_be_used_stands_in_the_statement_of_the_smt_report_and_in_the_owners_list(
    tmp_path: Path,
) -> None:
    cells = {30: {"overall_grade": "?", "auditor_id": "W77"}}
    found = prepared(tmp_path, council(audits=with_cells(cells)))
    words = "1 of 25 audits of the cycle could not be used: overall grade not readable."
    assert words in smt_report.data_quality(found.month).markup
    named = Named(found.tables, found.checked.issues, {}, found.checked.identities)
    told = [book for book in fix_lists(named) if book.title == "Records to correct: W77"]
    assert told[0].sheets[0].table is not None
    assert "is not a grade" in told[0].sheets[0].table["What to do"][0]


def test_a_team_is_told_of_its_own_records_alone(tmp_path: Path) -> None:
    south: dict[int, dict[str, object]] = {row: {"team": "South"} for row in range(35, 50)}
    cells = {**south, 49: {"audited_on": "TBC", "team": "South"}}
    rows = prepared(tmp_path, council(audits=with_cells(cells))).rows
    told = {team: month_of(rows, "2023-06", scope=Scope(team=team)) for team in ("North", "South")}
    listed = {team: month.quality["rule"].tolist().count("date-not-readable") for team, month in told.items()}
    assert listed == {"North": 0, "South": 1}


# Stops ----------------------------------------------------------------------------------------------------------------


def test_more_than_a_twentieth_without_a_date_stops_with_the_cause_once(tmp_path: Path) -> None:
    days = {row: {"audited_on": "2023-06-07 23:00:01+00:00 x"} for row in range(30)}
    told = refusal(tmp_path, council(audits=with_cells(days)))
    assert told.splitlines()[1].startswith(
        'audits: 30 of 50 rows cannot be used, more than 5%: "audited_on" in 30 rows (first: rows 2, 3, 4 of '
        "audits.csv) is not a date"
    )
    assert (told.count("is not a date"), told.count("links"), len(told.splitlines())) == (1, 0, 2)


def test_a_tenth_of_the_cycles_grades_stops_though_it_is_a_twenty_fifth_of_all(tmp_path: Path) -> None:
    grades = with_cells({row: {"overall_grade": "?"} for row in (30, 31)})
    told = refusal(tmp_path, council(audits=grades))
    assert "audits: 2 of 25 audits of June 2023 cannot be used, more than 5%" in told
    elsewhere = with_cells({row: {"overall_grade": "?"} for row in (0, 1)})
    assert prepared(tmp_path / "elsewhere", council(audits=elsewhere)).month.count("audits_completed") == 25


def test_a_few_bad_cells_each_in_another_column_do_not_add_up(tmp_path: Path) -> None:
    cells = {30: {"overall_grade": "?"}, 31: {"grade_assessment": "?"}, 32: {"grade_multi_agency": "?"}}
    assert prepared(tmp_path, council(audits=with_cells(cells))).month.count("audits_completed") == 25


@pytest.mark.parametrize(
    ("alter", "words"),
    [
        (lambda key: f"00{key[1:]}", "the letters before the number and leading zeros are ignored"),
        (lambda key: f"'{key}", "apostrophes are ignored"),
        (lambda key: key.lower(), "case is ignored"),
        (lambda key: f"{key[0]} {key[1:]}", "spaces are ignored"),
        (lambda key: f"{key[0]}-{key[1:]}", "spaces, hyphens and slashes are ignored"),
    ],
)
def test_links_that_hardly_ever_hold_stop_with_what_differs_said_once(tmp_path: Path, alter: Any, words: str) -> None:
    def change(frame: DataFrame) -> DataFrame:
        return frame.assign(audit_id=frame["audit_id"].map(alter))

    told = refusal(tmp_path, council(findings=change, moderations=change)).splitlines()
    assert told[1:3] == [
        'moderations: "audit_id" finds its record of audits in 0 of 25 rows, fewer than 90%.',
        'findings: "audit_id" finds its record of audits in 0 of 25 rows, fewer than 90%.',
    ]
    assert (len(told), words in told[3]) == (4, True)


def test_one_link_in_ten_may_fail(tmp_path: Path) -> None:
    lost = with_cells({row: {"audit_id": "nowhere"} for row in (0, 1)})
    found = prepared(tmp_path, council(findings=lost))
    assert found.checked.issues["rule"].tolist() == ["audit-not-found"] * 2
    more = with_cells({row: {"audit_id": "nowhere"} for row in (0, 1, 2)})
    assert "in 22 of 25 rows, fewer than 90%" in refusal(tmp_path / "more", council(findings=more))


def test_a_link_that_an_action_can_do_without_stops_only_where_hardly_any_holds_or_the_cause_is_known(
    tmp_path: Path,
) -> None:
    def council_with(links: list[str]) -> dict[str, DataFrame]:
        return {**council(), "actions": frames(actions=[{"audit_id": link} for link in links])["actions"]}

    good = [f"N{n}" for n in range(14)]
    assert prepared(tmp_path / "some", council_with([*good, *["nowhere"] * 6])).checked.stops == ()
    assert "in 14 of 30 rows" in refusal(tmp_path / "most", council_with([*good, *["nowhere"] * 16]))
    known = refusal(tmp_path / "known", council_with([*good, *(f"n{n}" for n in range(14, 20))]))
    assert 'actions: "audit_id" finds its record of audits in 14 of 20 rows, fewer than 90%.' in known
    assert "Their ids match once case is ignored" in known


def test_links_of_which_most_are_blank_are_judged_by_those_there_are(tmp_path: Path) -> None:
    actions = frames(actions=[{"audit_id": "nowhere"}] * 2 + [{"audit_id": "N1"}] + [{}] * 40)["actions"]
    actions["action_id"] = [f"a{n}" for n in range(len(actions))]
    assert 'actions: "audit_id" finds its record of audits in 1 of 3 rows' in refusal(
        tmp_path, {**council(), "actions": actions}
    )


def test_a_key_that_tells_hardly_any_rows_apart_is_one_line(tmp_path: Path) -> None:
    told = refusal(tmp_path, council(findings=lambda frame: frame.assign(finding_id="F", text=[*map(str, range(25))])))
    assert told.splitlines()[1] == (
        'findings: "finding_id" is one of its own in 0 of 25 rows, so it is no key. Say in sources.yaml (columns) '
        "which column is."
    )


def test_a_required_column_that_is_missing_stops(tmp_path: Path) -> None:
    told = refusal(tmp_path, council(findings=lambda frame: frame.drop(columns="polarity")))
    assert 'findings: in row 1 of findings.csv: The required column "polarity" is missing' in told


@pytest.mark.parametrize(
    "change",
    [{"audits": again(30)}, {"audits": with_cells({0: {"overall_grade": "?"}})}, {"audits": again(0, team="South")}],
)
def test_strict_stops_at_the_first_broken_error_promise(tmp_path: Path, change: dict[str, Any]) -> None:
    assert "audits: " in refusal(tmp_path, council(**change), strict=True).splitlines()[1]


def test_strict_lets_warnings_pass(tmp_path: Path) -> None:
    late = with_cells({0: {"audit_id": "nowhere"}})
    assert prepared(tmp_path, council(findings=late), strict=True).month.count("audits_completed") == 25
