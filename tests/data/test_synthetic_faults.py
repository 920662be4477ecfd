"""Faults planted in a council: each where the list says, and nowhere else."""

import pytest
from pandas import DataFrame
from pandas.testing import assert_frame_equal

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.quality import check
from qa_analysis.data.synthetic import council, plant_faults
from qa_analysis.data.synthetic.columns import KEYS
from qa_analysis.data.synthetic.files.faults import FAULTS

SELF_SIGNED = {"signed-off-by-owner"}  # managers now and then sign off their own actions
ALLOWED_BLANK = "impact-statement-blank"  # told by the report's count of them, and no rule of a contract


@pytest.fixture(scope="module")
def small() -> dict[str, DataFrame]:
    """A council large enough for every kind of fault."""
    return council(3, cycles=10)


def sourced(frame: DataFrame) -> DataFrame:
    """The frame as it is once read, with where each row came from."""
    return frame.assign(source_file="extract.csv", source_sheet="", source_row=range(2, len(frame) + 2))


def changed_keys(before: DataFrame, after: DataFrame, key: str) -> set[str]:
    same = before.eq(after) | (before.isna() & after.isna())
    return set(before.loc[~same.all(axis="columns"), key])


def test_every_kind_of_fault_is_planted_twice(small: dict[str, DataFrame]) -> None:
    planted = plant_faults(small).planted
    counts = planted.groupby(["dataset", "fault"]).size()
    assert set(counts.index) == {(fault.dataset, fault.name) for fault in FAULTS}
    assert set(counts) == {2}


def test_only_the_rows_listed_are_changed_and_the_council_given_is_not(small: dict[str, DataFrame]) -> None:
    before = {dataset: frame.copy() for dataset, frame in small.items()}
    faulty = plant_faults(small)
    for dataset, frame in small.items():
        assert_frame_equal(frame, before[dataset])
        listed = faulty.planted.loc[faulty.planted["dataset"] == dataset, "key"].str.split("+").str[0]
        assert changed_keys(frame, faulty.frames[dataset], KEYS[dataset][0]) == set(listed), dataset
        assert (frame.dtypes == faulty.frames[dataset].dtypes).all(), dataset


def test_no_row_holds_two_faults(small: dict[str, DataFrame]) -> None:
    planted = plant_faults(small, each=3).planted
    assert not planted.duplicated(["dataset", "key"]).any()


def test_the_same_seed_plants_the_same_faults_and_another_seed_others(small: dict[str, DataFrame]) -> None:
    first = plant_faults(small, 1).planted
    assert_frame_equal(first, plant_faults(small, 1).planted)
    assert not first["key"].equals(plant_faults(small, 2).planted["key"])


def test_one_kind_alone_can_be_planted(small: dict[str, DataFrame]) -> None:
    faulty = plant_faults(small, only=("completed-before-agreed",), each=5)
    actions = faulty.frames["actions"]
    wrong = actions[actions["completed_on"] < actions["agreed_on"]]
    assert sorted(wrong["action_id"]) == sorted(faulty.planted["key"])
    assert len(wrong) == 5


def test_the_faults_are_what_they_are_called(small: dict[str, DataFrame]) -> None:
    faulty = plant_faults(small)
    audits, moderations, actions = (faulty.frames[name] for name in ("audits", "moderations", "actions"))
    dated = moderations.merge(audits[["audit_id", "audited_on"]], on="audit_id")
    planted = faulty.planted.groupby(["dataset", "fault"])["key"].agg(sorted)
    too_early = dated.loc[dated["moderated_on"] < dated["audited_on"], "moderation_id"]
    assert sorted(too_early) == planted["moderations", "moderated-before-audit"]
    orphans = actions[actions["audit_id"].notna() & ~actions["audit_id"].isin(audits["audit_id"])]
    assert sorted(orphans["action_id"]) == planted["actions", "audit-not-found"]
    unknown = audits[audits["age_band"].notna() & ~audits["age_band"].isin(["0-4", "5-9", "10-15", "16+"])]
    assert sorted(unknown["audit_id"]) == planted["audits", "code-not-in-list"]
    late_notice = audits[audits["notice_on"] > audits["audited_on"]]
    assert sorted(late_notice["audit_id"]) == planted["audits", "audited-before-notice"]
    silent = audits.loc[audits["impact_statement"].isna(), "audit_id"]
    assert set(planted["audits", "impact-statement-blank"]) <= set(silent)


def test_the_check_finds_every_planted_fault_by_its_key_and_nothing_else(small: dict[str, DataFrame]) -> None:
    faulty = plant_faults(small)
    contracts = load_contracts()
    found = check({name: sourced(faulty.frames[name]) for name in set(faulty.planted["dataset"])}, contracts)
    expected = faulty.planted[faulty.planted["fault"] != ALLOWED_BLANK]
    told = {*zip(found["dataset"], found["key"], found["rule"], strict=True)}
    assert {*zip(expected["dataset"], expected["key"], expected["fault"], strict=True)} <= told
    assert not [row for row in told if row[2] not in set(expected["fault"]) | SELF_SIGNED]
