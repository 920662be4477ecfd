"""By team, the unit's conferences and alerts are weighed by their own cases, and not by the audits of the team."""

from typing import Any

import pytest
from small import tables
from unit_council import CONFERENCE

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_up_to
from qa_analysis.disclosure.small_groups import without_small_groups
from qa_analysis.disclosure.small_places import Places
from qa_analysis.measures.figure import TOO_FEW, frame_of
from qa_analysis.measures.safeguarding_unit.alerts import alerts
from qa_analysis.measures.safeguarding_unit.cases import alert_cases, conference_cases
from qa_analysis.measures.safeguarding_unit.conferences import conferences

NOW, YEAR = "2023-06", "2022-07/2023-06"
CYCLES = months_up_to(NOW, 12)


def held(sizes: dict[str, int], *, months: tuple[str, ...] = CYCLES, chairs: int = 3) -> Tables:
    """So many conferences of each team in each month, of children of their own; no audit of any of these teams."""
    rows = [
        {**CONFERENCE, "conference_id": f"{team}-{month}-{n}", "child_id": f"{team}-{month}-{n}", "team": team,
         "chair_id": f"{team}-{n % chairs}", "due_on": f"{month}-10", "held_on": f"{month}-10"}
        for team, size in sizes.items() for month in months for n in range(size)
    ]  # fmt: skip
    return tables(NOW, audits=[{}], conferences=rows)


def told(council: Tables) -> dict[str, float]:
    """The denominators of conferences in time that are told, by team, over the year."""
    shown = Places(council).without_small(frame_of(conferences(council), as_at=council.as_at))
    rows = shown[(shown["measure"] == "conferences_in_time") & (shown["by"] == "team") & (shown["period"] == YEAR)]
    assert (rows.loc[rows["value"].isna(), "verdict"] == TOO_FEW).all()
    return {group: of for group, of in zip(rows["group"], rows["denominator"], strict=True) if of == of}


def test_a_team_that_no_audit_saw_is_told_of_where_its_own_conferences_are_enough() -> None:
    assert told(held({"Oak": 4, "Elm": 5, "Ash": 6})) == {"Oak": 48, "Elm": 60, "Ash": 72}


def test_a_team_of_two_children_is_not_told_and_nor_is_the_one_that_would_give_it_away() -> None:
    few = held({"Oak": 6, "Elm": 5})
    two = tables(NOW, audits=[{}], conferences=[
        *few.frames["conferences"].drop(columns=["source_file", "source_sheet", "source_row"]).to_dict("records"),
        *({**CONFERENCE, "team": "Fir", "conference_id": f"f{n}", "child_id": f"fir-{n}"} for n in range(2)),
    ])  # fmt: skip
    assert set(told(two)) == {"Oak"}  # Elm and Fir stay together: the whole less Oak and Elm would be Fir


def test_one_chairs_cases_alone_are_not_told_where_no_key_worker_is_known() -> None:
    assert told(held({"Oak": 4, "Elm": 5}, chairs=1)) == {}


def test_the_key_worker_of_a_case_is_the_childs_newest_one_and_else_the_chair() -> None:
    rows = [{**CONFERENCE, "child_id": "known"}, {**CONFERENCE, "child_id": "unknown"}]
    lists = [{"snapshot_on": day, "child_id": "known", "case_status": "CP", "team": "Oak", "key_worker_id": who}
             for day, who in (("2023-05-31", "kw-1"), ("2023-06-30", "kw-2"))]  # fmt: skip
    cases = conference_cases(tables(NOW, audits=[{}], conferences=rows, caseload=lists))
    assert list(cases["key_worker_id"]) == ["kw-2", "chair-1"]
    assert alert_cases(tables(NOW, audits=[{}])).empty


@pytest.mark.parametrize(("size", "is_hidden"), [(2, True), (3, False)])
def test_in_the_edition_of_one_team_a_month_of_too_few_conferences_is_not_told(size: int, is_hidden: bool) -> None:
    audits: list[dict[str, Any]] = [{"child_id": f"kid-{n}", "key_worker_id": f"kw-{n}"} for n in range(4)]
    own = held({"Oak": 5}, months=CYCLES[:-1]).frames["conferences"]
    last = held({"Oak": size}, months=CYCLES[-1:]).frames["conferences"]
    rows = [one for frame in (own, last) for one in frame.to_dict("records")]
    council = tables(NOW, audits=audits, conferences=rows)
    figures = without_small_groups(frame_of(conferences(council), as_at=council.as_at), council)
    month = figures[(figures["measure"] == "conferences_held") & (figures["period"] == NOW)]
    assert month["value"].isna().all() == is_hidden


def test_alerts_by_team_say_of_how_many_children_they_are_so_that_the_floor_holds_for_each_kind() -> None:
    rows = [
        {"raised_on": f"{month}-05", "is_formal": n > 0, "team": "Oak", "child_id": f"{month}-{n}",
         "raised_by_id": f"w{n}"}
        for month in CYCLES[-2:] for n in range(3)
    ]  # fmt: skip
    council = tables(NOW, audits=[{}], practice_alerts=rows)
    shown = Places(council).without_small(frame_of(alerts(council), as_at=council.as_at))
    by_team = shown[shown["by"] == "team+formality"].set_index("group")["value"]
    assert by_team["Oak+formal"] == 4
    assert by_team.isna()["Oak+informal"]  # two children


def test_in_the_edition_of_one_team_a_quarter_of_two_children_is_not_told_and_the_year_is() -> None:
    early, late = held({"Oak": 5}, months=CYCLES[:6]), held({"Oak": 1}, months=CYCLES[-2:])
    rows = [one for part in (early, late) for one in part.frames["conferences"].to_dict("records")]
    audits = [{"child_id": f"kid-{n}", "key_worker_id": f"kw-{n}"} for n in range(4)]
    council = tables(NOW, audits=audits, conferences=rows)
    figures = without_small_groups(frame_of(conferences(council), as_at=council.as_at), council)
    whole = figures[(figures["measure"] == "conferences_held") & (figures["by"] == "")].set_index("period")["value"]
    assert whole.isna()["2023-04/2023-06"]
    assert whole[YEAR] == 32
