"""What was planted in the synthetic council can be found in it, whatever the seed."""

from collections.abc import Mapping

import pytest
from pandas import DataFrame, Series

from qa_analysis.data.synthetic import PLANTED, council

GOOD = ["outstanding", "good"]
PLACES = {"outstanding": 0, "good": 1, "requires improvement": 2, "inadequate": 3}

Council = Mapping[str, DataFrame]


@pytest.fixture(scope="module")
def whole() -> Council:
    """The council of the demo."""
    return council()


def headline(frames: Council) -> DataFrame:
    audits = frames["audits"]
    return audits[audits["selection_route"].isin(["random", "revisit"])]


def good_share(frames: Council, column: str, *cycles: str) -> float:
    audits = headline(frames)
    grades = audits.loc[audits["cycle_month"].isin(cycles), column]
    return float(grades[grades != "not applicable"].isin(GOOD).mean())


def with_audit(frames: Council, dataset: str) -> DataFrame:
    return frames[dataset].merge(frames["audits"], on="audit_id", suffixes=("", "_audit"), validate="many_to_one")


def share_of_audits_developing(frames: Council, code: str, months: Series) -> float:
    """Audits of some cycles with an area for development coded so, as a share."""
    findings = with_audit(frames, "findings")
    audits = frames["audits"]
    found = findings[(findings["polarity"] == "development") & (findings["theme_code"] == code)]
    of_cycles = audits.loc[audits["cycle_month"].isin(months), "audit_id"]
    return float(of_cycles.isin(found["audit_id"]).mean())


def test_about_two_in_five_headline_audits_are_good_or_better(whole: Council) -> None:
    assert 0.35 < headline(whole)["overall_grade"].isin(GOOD).mean() < 0.47


def test_assessment_improves_by_thirty_points_between_december_2022_and_june_2023(whole: Council) -> None:
    before, after = PLANTED.improves_from, PLANTED.improved_by
    gain = good_share(whole, "grade_assessment", after) - good_share(whole, "grade_assessment", before)
    assert (before, after) == ("2022-12", "2023-06")
    assert gain > 0.30


def test_teams_that_missed_the_learning_gain_less(whole: Council) -> None:
    events = whole["learning_events"]
    programme = events[(events["kind"] == "training") & events["held_on"].between("2023-01-01", "2023-04-30")]
    audits = headline(whole)
    since = audits[(audits["cycle_month"] >= "2023-06") & (audits["grade_assessment"] != "not applicable")]
    took_part = since["team"].isin(programme["team"])
    good = since["grade_assessment"].isin(GOOD)
    assert good[took_part].mean() - good[~took_part].mean() > 0.15


def test_supervision_falls_between_september_2023_and_march_2024(whole: Council) -> None:
    before, after = PLANTED.worsens_from, PLANTED.worsened_by
    column = f"grade_{PLANTED.worsened_area}"
    assert (before, after) == ("2023-09", "2024-03")
    assert good_share(whole, column, after) - good_share(whole, column, before) < -0.25


def test_handover_emerges_as_a_theme_in_the_last_six_cycles(whole: Council) -> None:
    months = whole["audits"]["cycle_month"]
    recent = months[months >= PLANTED.emerges_from]
    earlier = months[months < PLANTED.emerges_from]
    assert recent.nunique() == 6
    assert share_of_audits_developing(whole, "4.4", earlier) < 0.05
    assert share_of_audits_developing(whole, "4.4", recent) > 0.2


def test_contingency_chronologies_and_tracking_persist(whole: Council) -> None:
    months = whole["audits"]["cycle_month"]
    for code in PLANTED.persistent_codes:
        assert share_of_audits_developing(whole, code, months[months < "2023-06"]) > 0.08
        assert share_of_audits_developing(whole, code, months[months >= "2023-06"]) > 0.08


def test_the_panel_lowers_far_more_grades_than_it_raises(whole: Council) -> None:
    both = with_audit(whole, "moderations")
    both = both[both["route"] == "random third"]
    steps = both["overall_grade"].map(PLACES) - both["overall_grade_audit"].map(PLACES)
    assert (steps > 0).sum() > 2.5 * (steps < 0).sum()
    assert 0.6 < (steps == 0).mean() < 0.85


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_the_planted_truths_do_not_hang_on_the_seed(seed: int) -> None:
    frames = council(seed)
    improved = [good_share(frames, "grade_assessment", *quarter) for quarter in
                [("2022-10", "2022-11", "2022-12"), ("2023-06", "2023-07", "2023-08")]]  # fmt: skip
    worsened = [good_share(frames, "grade_supervision_oversight", *quarter) for quarter in
                [("2023-07", "2023-08", "2023-09"), ("2024-03", "2024-04", "2024-05")]]  # fmt: skip
    unchanged = [good_share(frames, "grade_recording_communication", *quarter) for quarter in
                 [("2023-07", "2023-08", "2023-09"), ("2024-03", "2024-04", "2024-05")]]  # fmt: skip
    assert improved[1] - improved[0] > 0.2
    assert worsened[1] - worsened[0] < -0.15
    assert abs(unchanged[1] - unchanged[0]) < 0.2
