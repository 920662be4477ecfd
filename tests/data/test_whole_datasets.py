"""What files and datasets mean together: months that hold each other, and one team in several spellings."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from extracts import ACTION_HEADINGS, AUDIT_HEADINGS, audit, counts, messages, plain, read, rules, write_csv

from qa_analysis.data.reading.whole_datasets.spellings import one_spelling, same_name

MAY, JUNE = "audits 2023-05.csv", "audits 2023-06.csv"


def months(folder: Path, **files: list[list[Any]]) -> None:
    """A file of audits for each month."""
    for name, rows in files.items():
        write_csv(folder, f"audits {name.strip('_').replace('_', '-')}.csv", [AUDIT_HEADINGS, *rows])


# Months that hold each other ------------------------------------------------------------------------------------------


def test_a_month_that_holds_the_one_before_is_read_alone_and_said_so(tmp_path: Path):
    months(tmp_path, _2023_05=[audit(1), audit(2)], _2023_06=[audit(1), audit(2), audit(3)])
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id", "source_file") == [("A1", JUNE), ("A2", JUNE), ("A3", JUNE)]
    assert rules(loaded) == ["files-overlap"]
    assert f"{JUNE} holds every row of {MAY}; it was read, and {MAY} was not." in messages(tmp_path)
    assert counts(tmp_path) == [("audits", 2, 0, 2), ("audits", 3, 3, 0)]


def test_the_newest_of_three_months_that_hold_each_other_is_read(tmp_path: Path):
    months(tmp_path, _2023_04=[audit(1)], _2023_05=[audit(1), audit(2)], _2023_06=[audit(1), audit(2), audit(3)])
    assert [file for _, file in plain(read(tmp_path).frames["audits"], "audit_id", "source_file")] == [JUNE] * 3


def test_records_that_changed_since_are_read_as_the_later_month_has_them(tmp_path: Path):
    months(tmp_path, _2023_05=[audit(1), audit(2)], _2023_06=[audit(1), audit(2, overall_grade="RI"), audit(3)])
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id", "overall_grade")[1] == ("A2", "requires improvement")
    assert "of which 1 row has changed since" in messages(tmp_path)


def test_rows_that_two_months_share_are_read_once(tmp_path: Path):
    months(tmp_path, _2023_05=[audit(1), audit(2)], _2023_06=[audit(2), audit(3)])
    loaded = read(tmp_path)
    assert [key for (key,) in plain(loaded.frames["audits"], "audit_id")] == ["A1", "A2", "A3"]
    assert f"1 row of {MAY} is in {JUNE} as well; it was read once." in messages(tmp_path)


def test_records_that_two_files_tell_differently_are_said_once_and_left(tmp_path: Path):
    months(tmp_path, _2023_05=[audit(1), audit(2)], _2023_06=[audit(2, overall_grade="RI"), audit(3)])
    loaded = read(tmp_path)
    assert (len(loaded.frames["audits"]), rules(loaded)) == (4, ["files-disagree"])
    assert f"{MAY} and {JUNE} tell 1 row differently under the same audit_id" in messages(tmp_path)


def test_files_that_cannot_be_put_in_order_are_not_chosen_between_where_they_differ(tmp_path: Path):
    months(tmp_path, _1=[audit(1)], _2=[audit(1, overall_grade="RI"), audit(2)])
    assert (len(read(tmp_path).frames["audits"]), rules(read(tmp_path))) == (3, ["files-disagree"])


def test_months_that_share_nothing_are_read_without_a_word(tmp_path: Path):
    months(tmp_path, _2023_05=[audit(1)], _2023_06=[audit(2)])
    assert rules(read(tmp_path)) == []


# One team in several spellings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Children's Team", "CHILDRENS TEAM"),
        ("Children\u2019s Team", "Children's  team"),
        ("Cared-for", "Cared \u2013 For"),
        ("Help & Protection", "Help and Protection"),
        ("Help&Protection", "Help + Protection"),
        ("St. Ann", "St Ann."),
        ("Lighthouse", "Light house"),
        ("Team 1", "team-1"),
        ("North/East", "North East"),
    ],
)
def test_two_spellings_are_one_name(one: str, other: str):
    assert same_name(one) == same_name(other)


@pytest.mark.parametrize(("one", "other"), [("Team 1", "Team 2"), ("Team 1 1", "Team 11"), ("Café", "Cafe North")])
def test_two_names_are_two(one: str, other: str):
    assert same_name(one) != same_name(other)


def test_a_team_in_several_spellings_is_counted_once_under_the_commonest_of_all_datasets(tmp_path: Path):
    write_csv(tmp_path, "audits.csv", [AUDIT_HEADINGS, audit(1, team="childrens team"), audit(2, team="Rowan")])
    action = ["1", "Update the plan", "W7", "08/06/2023"]
    rows = [[*ACTION_HEADINGS, "team"], *([str(n), *action[1:], "Children\u2019s Team"] for n in range(3))]
    write_csv(tmp_path, "actions.csv", rows)
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "team") == [("Children\u2019s Team",), ("Rowan",)]
    assert rules(loaded) == ["spelt-several-ways"]
    assert '"childrens team" as "Children\u2019s Team" (1 row)' in messages(tmp_path)


def told(*teams: str, **others: list[str]) -> list[str]:
    """The rules of what is said of the teams of audits, beside those of other datasets."""
    frames = {name: pd.DataFrame({"team": pd.Series(names, dtype="str")}) for name, names in others.items()}
    return [issue.rule for issue in one_spelling({"audits": pd.DataFrame({"team": list(teams)}), **frames})[2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lighthouse", "Lighthuose"), ("Lighthouse", "Lighthose"), ("Rowan", "Rowen"), ("Harbour North", "Harbor North")],
)
def test_names_that_are_one_letter_apart_are_warned_of_and_counted_apart(one: str, other: str):
    assert told(one, one, other) == ["spelling-one-letter-off"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Team 1", "Team 2"), ("Team A", "Team B"), ("CIN North", "CP North"), ("Team II", "Team III"),
     ("Team viii", "Team xiii"), ("North East", "North West"), ("CLA1", "CLA2"), ("Elm", "Elk")],
)  # fmt: skip
def test_a_number_or_a_letter_that_tells_teams_apart_is_no_slip(one: str, other: str):
    assert told(one, other) == []


def test_a_team_that_neither_the_caseload_nor_staff_knows_is_warned_of():
    assert told("Rowan", "Dunes", staff=["Rowan"]) == ["not-in-caseload-or-staff"]
    assert told("Rowan", "Dunes", staff=["Rowan"], caseload=["Dunes"]) == []
    assert told("Rowan", staff=[]) == []
