"""What was observed, why, by whom, and when it was returned."""

from dataclasses import replace
from typing import Any

from observed import HALF, JANUARY, YEAR, audit, post, seen
from small import found, tables

from qa_analysis.measures.figure import Figure
from qa_analysis.measures.observations.held import observations_made
from qa_analysis.measures.observations.newly_qualified import of_newly_qualified
from qa_analysis.measures.observations.observed_themes import actions_from_observations, observed_themes


def figures(observations: list[dict[str, Any]], **more: Any) -> list[Figure]:
    return observations_made(tables(JANUARY, audits=[audit()], observations=observations, **more))


def test_an_observation_counts_in_the_half_year_in_which_it_was_made_whenever_it_was_returned() -> None:
    rows = figures(
        [
            seen("a", "2023-06-30", received_on="2023-08-20"),
            seen("a", "2023-07-01", received_on="2023-07-20"),
            seen("b", "2023-12-31", "meeting", received_on="2024-02-05"),
            seen("b", "2024-01-02", received_on="2024-01-05"),
        ]
    )
    assert found(rows, "observations_made", by="", period=HALF).value == 2
    assert found(rows, "observations_made", by="", period="2023-01/2023-06").value == 1
    assert found(rows, "observations_made", by="", period=YEAR).value == 3
    assert found(rows, "observations_made", by="kind", group="meeting", period=HALF).value == 1
    assert found(rows, "observations_made", by="kind", group="supervision", period=HALF).value == 0


def test_a_return_is_late_after_the_last_day_of_january_and_not_received_where_no_day_is_known() -> None:
    rows = figures(
        [
            seen("a", "2023-07-01", received_on="2024-01-31"),
            seen("b", "2023-08-01", received_on="2024-02-01"),
            seen("c", "2023-09-01"),
            seen("d", "2023-10-01", received_on="2024-03-01"),  # after the date of the data
        ]
    )
    assert {row.group[0]: row.value for row in rows if row.measure == "observations_by_return"} == {
        "in time": 1, "late": 1, "not received": 2,
    }  # fmt: skip
    share = found(rows, "observations_in_time")
    assert (share.numerator, share.denominator, share.verdict) == (1, 4, "too few to say")


def test_where_no_day_received_was_ever_recorded_nothing_is_said_of_lateness() -> None:
    rows = figures([seen("a", "2023-07-01")])
    assert {row.measure for row in rows} == {"observations_made"}


def test_a_blank_trigger_and_a_blank_kind_are_not_recorded_and_do_not_vanish() -> None:
    rows = figures([seen("a", "2023-07-01", None, trigger="audit action"), seen("a", "2023-08-01")])
    of = {(row.by, row.group): row.value for row in rows if row.period == HALF and row.by}
    assert of[("kind",), ("not recorded",)] == 1
    assert of[("trigger",), ("audit action",)] == 1
    assert of[("trigger",), ("not recorded",)] == 1


def test_roles_of_few_observers_are_told_together_and_never_one_by_one() -> None:
    made = [seen("a", "2023-07-01", observer_id=f"o{n}", observer_role="team manager") for n in range(3)]
    made += [
        seen("a", "2023-07-01", observer_id="x", observer_role="principal social worker"),
        seen("a", "2023-07-01", observer_id="y", observer_role="IRO"),
        seen("a", "2023-07-01", observer_id="z", observer_role="IRO"),
    ]
    roles = {r.group[0]: r.value for r in figures(made) if r.by == ("observer_role",) and r.period == HALF}
    assert roles == {"team manager": 3, "roles of few observers, together": 3}
    alone = {r.group[0]: r.value for r in figures(made[:4]) if r.by == ("observer_role",) and r.period == HALF}
    assert alone == {"roles of few observers, together": 4}  # a pool of one is a person too
    assert [r for r in figures(made[4:]) if r.by == ("observer_role",)] == []


def test_a_theme_is_a_strength_or_for_development_by_its_own_code_or_by_what_alone_was_written() -> None:
    rows = observed_themes(
        tables(
            JANUARY,
            audits=[audit()],
            observations=[
                seen("a", "2023-07-01", theme_code="1.1", strengths_theme_code="4.1", development_theme_code="3.10"),
                seen("b", "2023-07-01", theme_code="4.1", strengths="x"),
                seen("c", "2023-07-01", theme_code="3.1", development="x"),
                seen("d", "2023-07-01", theme_code="3.10", strengths="x", development="y"),
                seen("e", "2023-07-01", strengths="x", development="y"),
            ],
        )
    )
    assert {row.group: row.value for row in rows if row.measure == "observed_theme" and row.period == HALF} == {
        ("3.1", "development"): 1,
        ("3.10", "development"): 1,
        ("3.10", "not said which"): 1,
        ("4.1", "strength"): 2,
    }
    coded = found(rows, "observations_coded", period=HALF)
    assert (coded.numerator, coded.denominator) == (4, 5)


def test_actions_because_of_an_observation_are_those_agreed_in_the_half_year() -> None:
    actions = [
        {"source": "observation", "agreed_on": "2023-07-01", "completed_on": "2023-08-01"},
        {"source": "observation", "agreed_on": "2023-12-31"},
        {"source": "observation", "agreed_on": "2024-01-01"},
        {"source": "audit", "agreed_on": "2023-09-01"},
    ]
    held = tables(JANUARY, audits=[audit()], actions=actions, observations=[seen("a", "2023-07-01")])
    rows = actions_from_observations(held)
    assert found(rows, "actions_from_observations").value == 2
    assert found(rows, "actions_from_observations_done").numerator == 1


NEW = {"is_nqsw": True, "started_on": "2023-03-01", "asye_started_on": "2023-03-01"}


def newly(own: dict[str, Any] | None = None) -> list[Figure]:
    held = tables(
        JANUARY,
        audits=[audit()],
        staff=[post("a", **NEW), post("b", **NEW), post("c")],
        observations=[
            seen("a", "2023-04-03", observer_role="team manager"),
            seen("a", "2023-06-03", observer_role="practice assessor lead"),
            seen("a", "2023-09-03", observer_role="IRO"),
            seen("a", "2023-10-03", "peer", observer_role="social worker"),
            seen("c", "2023-10-03", observer_role="IRO"),
        ],
    )
    return of_newly_qualified(replace(held, rules=replace(held.rules, **(own or {}))))


def test_the_newly_qualified_are_counted_by_how_often_and_by_whom_and_never_called_behind() -> None:
    rows = newly()
    assert found(rows, "newly_qualified_people", by="").value == 2
    assert found(rows, "newly_qualified_people", group="none").value == 1
    assert found(rows, "newly_qualified_people", group="3 or more").value == 1
    seen_by = found(rows, "newly_qualified_seen_by_assessor")
    assert (seen_by.numerator, seen_by.denominator) == (2, 3)
    assert [row for row in rows if row.measure == "newly_qualified_as_programmed"] == []


def test_where_the_programme_gives_a_number_it_is_asked_for_by_the_months_of_the_assessed_year() -> None:
    row = found(newly({"observations_of_newly_qualified": 3}), "newly_qualified_as_programmed")
    assert (row.numerator, row.denominator) == (1, 2)  # ten months: two of three


def test_a_role_that_is_told_apart_in_one_half_year_is_so_in_the_other() -> None:
    def by(role: str, day: str, many: int) -> list[dict[str, Any]]:
        return [seen("a", day, observer_id=f"{role}{n}", observer_role=role) for n in range(many)]

    rows = figures(
        [*by("team manager", "2023-07-01", 4), *by("team manager", "2023-02-01", 4), *by("IRO", "2023-02-01", 1),
         *by("service manager", "2023-07-01", 3), *by("service manager", "2023-02-01", 2), *by("IRO", "2023-08-01", 3)]
    )  # fmt: skip
    roles = {(r.period, r.group[0]): r.value for r in rows if r.by == ("observer_role",)}
    pooled = "roles of few observers, together"
    assert roles == {
        (HALF, "team manager"): 4, (HALF, pooled): 6,
        ("2023-01/2023-06", "team manager"): 4, ("2023-01/2023-06", pooled): 3,
    }  # fmt: skip
