"""Indicators month by month: numerator and denominator kept, gaps and breaks seen, the newest signal and its months."""

from typing import Any

import pytest
from small import CONTRACTS, found, month, tables

from qa_analysis.council import Own
from qa_analysis.data.scope import Scope, narrowed
from qa_analysis.dates import months_up_to
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.performance.direction import indicators, own_directions, signals
from qa_analysis.measures.performance.lines import without_small_places

MONTH = "2023-06"
MONTHS = months_up_to(MONTH, 24)
STEADY = (48, 50, 47, 51, 49, 50, 48, 52, 49, 51, 50, 48)
SHARE = {"measure": "indicator_share", "by": "indicator", "group": "K1", "period": MONTH}


def row(period: str, done: float | None, of: float | None = 60, **more: Any) -> dict[str, Any]:
    usual = {"indicator_code": "K1", "name": "Visits in time", "level": "directorate", "entity": "Children's Services",
             "better_is": "higher"}  # fmt: skip
    return {**usual, "period": period, "numerator": done, "denominator": of, **more}


def figures(*rows: dict[str, Any], **more: Any) -> list[Figure]:
    return indicators(tables(MONTH, audits=[{}], indicators=rows, **more))


def year(*done: float, **more: Any) -> list[dict[str, Any]]:
    return [row(period, one, **more) for period, one in zip(MONTHS[-len(done) :], done, strict=True)]


def test_a_figure_keeps_what_was_counted_and_out_of_how_many() -> None:
    share = found(figures(*year(*STEADY, *STEADY)), **SHARE)
    assert (share.numerator, share.denominator, share.value) == (48, 60, 0.8)
    assert share.lower < 0.8 < share.upper
    assert (share.verdict, share.note) == ("no signal", "provisional")


def test_a_signal_says_since_when_and_for_how_many_months() -> None:
    told = figures(*year(*STEADY, *STEADY[:4], 50, *[30] * 7))
    signal = found(told, "indicator_direction", group="K1")
    assert (signal.verdict, signal.period, signal.value) == ("getting worse", "2022-12/2023-06", 7)
    assert found(
        figures(*year(*STEADY, *STEADY[:4], 50, *[30] * 7, better_is="lower")), "indicator_direction"
    ).verdict == ("improving")


def test_the_whole_is_its_services_added_up_where_it_was_not_supplied() -> None:
    parts = [
        row(MONTH, 9, 10, level="service", entity="Assessment"),
        row(MONTH, 45, 90, level="service", entity="Cared For"),
    ]
    share = found(figures(*parts), **SHARE)
    assert (share.numerator, share.denominator, share.value) == (54, 100, 0.54)
    assert share.population == "services or teams added up"


def test_a_service_that_is_lacking_leaves_no_total_and_is_named() -> None:
    before = [row("2023-05", 9, 10, level="service", entity=name) for name in ("Assessment", "Cared For")]
    share = found(figures(*before, row(MONTH, 9, 10, level="service", entity="Assessment")), **SHARE)
    assert not share.is_given
    assert share.note == "Cared For not supplied"
    assert share.reasons == ("not supplied",)


def test_a_team_all_of_whose_posts_have_ended_is_no_longer_expected() -> None:
    rows = [row("2023-05", 9, 10, level="team", entity=name) for name in ("Oak", "Elm")]
    rows.append(row(MONTH, 9, 10, level="team", entity="Oak"))
    staff = [
        {"worker_id": "w", "role": "social worker", "team": "Elm", "started_on": "2022-01-01", "ended_on": "2023-05-31"}
    ]
    assert not found(figures(*rows), **SHARE).is_given
    assert found(figures(*rows, staff=staff), **SHARE).numerator == 9


def test_what_is_suppressed_is_no_number_and_is_told_from_what_was_not_supplied() -> None:
    held = [*year(*STEADY)[:-1], row(MONTH, None, None, source_unread="numerator;value")]
    share = found(figures(*held), **SHARE)
    assert not share.is_given
    assert (share.reasons, share.note) == (("suppressed or not readable",), "suppressed or not readable")
    assert found(figures(*held), "indicator_direction").verdict == "no figure this month"
    blank = found(figures(*year(*STEADY)[:-1], row(MONTH, None, None)), **SHARE)
    assert blank.reasons == ("not supplied",)


def test_a_feed_that_did_not_come_makes_no_figure() -> None:
    assert month(tables(MONTH, audits=[{}])).over_time("indicator_share", by="indicator").empty


def test_an_indicator_that_gets_another_name_begins_anew() -> None:
    rows = [*year(*STEADY, *[30] * 12)[:12], *year(*[30, 32, 31, 29] * 3, name="Visits in time and seen alone")]
    told = figures(*rows)
    assert found(told, "indicator_break").note == "the indicator has another name"
    assert found(told, "indicator_direction").verdict == "no signal"
    assert found(told, "indicator_months").note == "Visits in time and seen alone"


def test_a_break_that_the_council_names_begins_anew() -> None:
    own = Own(first_cycle="2021-07", indicator_breaks={"K1": {"2022-07": "counted from the referral"}})
    rows = year(*STEADY, *[30, 32, 31, 29] * 3)
    held = tables(MONTH, own=own, audits=[{}], indicators=rows)
    assert found(indicators(held), "indicator_break").note == "counted from the referral"
    assert found(indicators(held), "indicator_direction").verdict == "no signal"
    assert found(figures(*rows), "indicator_direction").verdict == "getting worse"


def test_a_target_is_met_missed_or_met_in_some_months() -> None:
    for target, word in ((60, "consistently met"), (80, "met in some months"), (97, "consistently missed")):
        told = found(figures(*year(*STEADY, target=target)), "indicator_share_target")
        assert (told.value, told.verdict) == (target / 100, word)


def test_a_chart_that_cannot_show_an_improvement_says_so_and_what_could() -> None:
    told = figures(*year(*[15, 14, 16, 15] * 6, of=16))
    silent = found(told, "indicator_pooling")
    assert (silent.verdict, silent.value) == ("cannot show an improvement", 12)
    assert not [one for one in figures(*year(*STEADY, *STEADY)) if one.measure == "indicator_pooling"]


def test_a_team_of_two_cases_is_not_shown_nor_given_away_by_subtraction() -> None:
    sizes = {"Oak": 2, "Elm": 10, "Ash": 40}
    told = figures(*[row(MONTH, size / 2, size, level="team", entity=name) for name, size in sizes.items()])
    shown = {one.group[1]: one.is_given for one in told if one.measure == "indicator_share" and len(one.by) == 2}
    assert shown == {"Oak": False, "Elm": False, "Ash": True}
    assert not [one for one in told if one.measure == "indicator_against_others"]


def test_a_place_suppressed_in_the_whole_is_suppressed_in_its_own_edition_too() -> None:
    sizes = {"North": 2, "Elm": 10, "Ash": 40}
    rows = [row(MONTH, size / 2, size, level="team", entity=name) for name, size in sizes.items()]
    rows.append(row("2023-05", 9, 10, level="team", entity="Elm"))
    whole = tables(MONTH, audits=[{}, {"team": "Elm"}], indicators=rows)
    own = without_small_places(narrowed(whole, CONTRACTS, Scope(team="Elm")), whole)
    assert found(indicators(own), **SHARE).reasons == ("suppressed or not readable",)


def test_a_record_that_lacks_its_name_or_direction_is_still_told() -> None:
    share = figures(*year(*STEADY, name=None, better_is=None))
    assert found(share, "indicator_months").note == "K1"
    assert found(share, "indicator_months").verdict == "neither"
    assert figures(row(MONTH, 5, level=None)) == []


def test_places_beside_each_other_are_outside_beyond_chance_alone_and_never_ranked() -> None:
    done = {"Oak": 5, "Elm": 39, "Ash": 34, "Fir": 33}
    told = figures(*[row(MONTH, one, 40, level="team", entity=name) for name, one in done.items()])
    verdicts = {one.group[1]: one.verdict for one in told if one.measure == "indicator_against_others"}
    assert verdicts == {"Oak": "below the others", "Elm": "above the others", "Ash": "no clear difference",
                        "Fir": "no clear difference"}  # fmt: skip


def test_signals_found_stand_beside_those_that_chance_alone_would_give() -> None:
    held = tables(MONTH, audits=[{}], indicators=year(*STEADY, *STEADY[:4], 50, *[30] * 7))
    told = signals(held)
    assert (found(told, "signals", group="whole").numerator, found(told, "signals", group="whole").denominator) == (
        1,
        1,
    )
    assert found(told, "signals_by_chance", group="whole").value == pytest.approx(0.070)


def test_the_suites_own_shares_are_told_alike() -> None:
    audits = [
        {
            "cycle_month": cycle,
            "audited_on": f"{cycle}-15",
            "key_worker_conversation_on": f"{cycle}-14" if good else None,
        }
        for cycle in MONTHS
        for good in (True, True, True, False, True, True)
    ]
    own = Own(first_cycle=MONTHS[0], breaks={})
    told = own_directions(tables(MONTH, own=own, audits=audits))
    share = found(told, "monthly_share", group="key_worker_conversation_held", period=MONTH)
    assert (share.numerator, share.denominator) == (5, 6)
    assert found(told, "monthly_direction", group="key_worker_conversation_held").verdict == "no signal"


def test_the_edition_of_a_service_has_its_own_indicators_and_its_teams_alone() -> None:
    rows = [
        row(MONTH, 50, 60),
        row(MONTH, 9, 10, level="service", entity="Safeguarding"),
        row(MONTH, 41, 50, level="service", entity="Cared For"),
        row(MONTH, 9, 10, level="team", entity="North"), row(MONTH, 4, 9, level="team", entity="South"),
    ]  # fmt: skip
    audits = [{}, {"service_area": "Cared For", "team": "South"}]
    held = narrowed(tables(MONTH, audits=audits, indicators=rows), CONTRACTS, Scope(service="Safeguarding"))
    assert held.frames["indicators"]["entity"].tolist() == ["Safeguarding", "North"]
    assert found(indicators(held), **SHARE).numerator == 9


@pytest.mark.parametrize(
    ("workers", "chart"), [(12, "p chart with exact limits"), (6, "p chart with exact limits"), (4, "Laney p′ chart")]
)
def test_a_share_of_which_one_worker_has_many_cases_has_limits_that_allow_for_it(workers: int, chart: str) -> None:
    audits = [
        {"cycle_month": period, "audited_on": f"{period}-15", "key_worker_id": f"kw{number % workers}",
         "key_worker_conversation_on": f"{period}-14" if number % 4 else None}
        for period in months_up_to("2024-06", 14) for number in range(12)
    ]  # fmt: skip
    told = own_directions(tables("2024-06", audits=audits))
    assert found(told, "monthly_direction", group="key_worker_conversation_held").method == chart
