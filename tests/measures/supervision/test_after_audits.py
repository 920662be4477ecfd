"""What followed an audit in supervision: those who still wait count, and an audit not talked about is seen."""

from typing import Any

import pytest
from small import found, tables

from qa_analysis.disclosure.small_places import Places
from qa_analysis.measures.figure import frame_of
from qa_analysis.measures.supervision.after_audits import after_audits, next_supervisions

YEAR = "2022-07/2023-06"


def audit(who: str, grade: str = "inadequate", **more: Any) -> dict[str, Any]:
    return {
        "audit_id": f"audit-{who}",
        "key_worker_id": who,
        "audited_on": "2023-06-10",
        "overall_grade": grade,
        **more,
    }


def held(who: str, day: str, about: str | None = None, **more: Any) -> dict[str, Any]:
    return {"worker_id": who, "held_on": day, "audit_id": about and f"audit-{about}", **more}


def known(**more: Any):
    return tables(
        **{
            "audits": [audit("next"), audit("later"), audit("not", "good"), audit("waits"), audit("left")],
            "supervision": [
                held("next", "2023-06-10"), held("next", "2023-06-20", "next", is_reflective=True),
                held("later", "2023-06-15", is_reflective=False), held("later", "2023-07-05", "later"),
                held("not", "2023-06-30"), held("waits", "2023-06-01"),
            ],
            "staff": [{"worker_id": "left", "started_on": "2022-01-01", "ended_on": "2023-06-25"},
                      {"worker_id": "waits", "started_on": "2022-01-01"}],
            **more,
        }
    )  # fmt: skip


def test_every_audit_has_one_fate_and_one_number_of_days_done_or_waited() -> None:
    fate = next_supervisions(known(), known().audits).set_index("key_worker_id")
    assert fate["state"].to_dict() == {
        "next": "discussed in the next supervision", "later": "discussed in another",
        "not": "next one held, audit not discussed", "waits": "next one not yet held",
        "left": "key worker left before it",
    }  # fmt: skip
    assert fate["days"].to_dict() == {"next": 10, "later": 5, "not": 20, "waits": 30, "left": 15}
    assert fate["is_held"].sum() == 3


def test_the_fates_add_up_to_the_audits() -> None:
    rows = [one for one in after_audits(known()) if one.measure == "audits_by_next_supervision"]
    assert [sum(one.value for one in rows if one.period == period) for period in ("2023-06", YEAR)] == [5, 5]


def test_those_who_wait_lengthen_the_median_and_are_not_left_out() -> None:
    rows = after_audits(known())
    assert found(rows, "days_to_next_supervision_median", by="").value == 20  # 5, 10, 15+, 20, 30+: of three alone 10
    by_week = {one.group[0]: one.value for one in rows if one.measure == "next_supervision_by_day_km"}
    assert by_week["14"] == pytest.approx(2 / 5)
    assert by_week["28"] == pytest.approx(1 - 3 / 5 * 1 / 2)


def test_the_next_supervisions_are_reflective_of_those_that_say() -> None:
    share = found(after_audits(known()), "next_supervision_reflective", by="")
    assert (share.numerator, share.denominator) == (1, 2)


def test_audits_below_good_are_told_of_apart() -> None:
    share = found(after_audits(known()), "below_good_discussed_in_next", period=YEAR, by="")
    assert (share.numerator, share.denominator) == (1, 2)  # of next and later; who waits or left had none


def test_where_no_supervision_names_an_audit_nothing_is_said_of_what_was_discussed() -> None:
    rows = after_audits(known(supervision=[held("next", "2023-06-20")]))
    fates = {
        one.group[0]: one.value for one in rows if one.measure == "audits_by_next_supervision" and one.period == YEAR
    }
    assert fates == {"next one held": 1, "next one not yet held": 3, "key worker left before it": 1}
    assert [one for one in rows if one.measure == "below_good_discussed_in_next"] == []


def test_an_immediate_concern_is_discussed_by_the_next_supervision_or_it_is_not() -> None:
    def share(discussed: str | None, other: str | None = "2023-06-12") -> tuple[float, float]:
        concerns = [
            {"audit_id": "audit-next", "found_on": "2023-06-11", "supervision_discussed_on": discussed},
            {"audit_id": "audit-later", "found_on": "2023-06-11", "supervision_discussed_on": other},
        ]
        one = found(after_audits(known(immediate_concerns=concerns)), "concerns_discussed_by_next_supervision")
        return one.numerator, one.denominator

    assert share("2023-06-20") == (2, 2)
    assert share("2023-06-21") == share(None) == (1, 2)


def test_by_team_it_is_told_over_the_year_of_places_and_only_where_its_audits_may_be() -> None:
    def place(team: str, children: int) -> list[dict[str, Any]]:
        return [audit(f"{team}{n}", team=team, service_area=f"{team}s", child_id=f"{team}{n}") for n in range(children)]

    audits = [*place("North", 6), *place("East", 7), *place("West", 1)]
    sessions = [held(one["key_worker_id"], "2023-06-20", one["key_worker_id"], is_reflective=True) for one in audits]
    council = tables(audits=audits, supervision=sessions)
    told = Places(council).without_small(frame_of(after_audits(council), as_at=council.as_at))
    rows = told[(told["by"] == "team") & (told["measure"] == "below_good_discussed_in_next")]
    assert set(rows["period"]) == {YEAR}
    assert dict(zip(rows["group"], rows["denominator"].fillna(0), strict=True)) == {"East": 7, "North": 0, "West": 0}
