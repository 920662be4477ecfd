import pytest
from small import found, tables

from qa_analysis.measures.figure import joined
from qa_analysis.measures.moderation.panel_movement import BEFORE, POOLED_ROLES, SINCE, movement

YEAR, EVER = "random third, 12 cycles", "random third, every cycle"
LOWER = {"overall_grade": "inadequate"}


def test_each_service_has_its_own_figures() -> None:
    held = tables(
        audits=[{"service_area": "Fostering"}, {}, {}],
        moderations=[{"audit_id": "audits-1", **LOWER}, {"audit_id": "audits-2"}, {"audit_id": "audits-3"}],
    )
    rows = movement(held)
    fostering = {"by": "service_area", "group": "Fostering", "population": YEAR}
    assert found(rows, "moderation_lowered", **fostering).numerator == 1
    assert found(rows, "moderation_lowered", **fostering).note == "too few to say"
    assert found(rows, "agreement_exact", by="service_area", group="Safeguarding").numerator == 2


def roles_of(auditors: dict[str, int]) -> set[str]:
    """The groups shown of a council with so many auditors in each role, each with one audit moderated."""
    audits = [
        {"auditor_role": role, "auditor_id": f"{role}-{n}"}
        for role, several in auditors.items()
        for n in range(several)
    ]
    held = tables(audits=audits, moderations=[{"audit_id": f"audits-{n}"} for n in range(1, len(audits) + 1)])
    return {joined(row.group) for row in movement(held) if joined(row.by) == "auditor_role"}


def test_a_role_of_few_auditors_is_pooled_until_the_group_is_of_three() -> None:
    assert roles_of({"team manager": 3, "IRO": 1, "CP chair": 2}) == {"team manager", POOLED_ROLES}
    assert roles_of({"team manager": 4, "IRO": 3, "CP chair": 1}) == {"team manager", POOLED_ROLES}
    assert roles_of({"team manager": 3, "IRO": 3}) == {"team manager", "IRO"}


def test_a_pool_that_cannot_reach_three_is_left_out_with_all_the_others() -> None:
    assert roles_of({"team manager": 1, "IRO": 1}) == set()


def test_blind_and_not_blind_are_compared_and_unknown_ones_named() -> None:
    audits = [{}] * 25
    moderations = [
        {"audit_id": f"audits-{number}", "was_blind": number <= 10, **(LOWER if number <= 5 else {})}
        for number in range(1, 25)
    ]
    held = tables(audits=audits, moderations=[*moderations, {"audit_id": "audits-25"}])
    rows = movement(held)
    assert found(rows, "agreement_exact", by="was_blind", group="blind").value == 0.5
    assert found(rows, "agreement_exact", by="was_blind", group="not recorded").denominator == 1
    gap = found(rows, "agreement_difference", by="was_blind")
    assert (gap.value, joined(gap.group), gap.note) == (pytest.approx(-0.5), "blind less not blind", "")
    assert gap.upper < 0


def test_before_and_since_the_widening_reach_back_beyond_the_year() -> None:
    early = {"cycle_month": "2022-06", "audited_on": "2022-06-15"}
    held = tables(
        audits=[early, {}],
        moderations=[
            {"audit_id": "audits-1", "moderated_on": "2022-06-20", **LOWER}, {"audit_id": "audits-2"},
        ],
    )  # fmt: skip
    rows = movement(held)
    place = {"by": "era", "population": EVER, "period": "2022-06/2023-06"}
    assert found(rows, "moderation_lowered", group=BEFORE, **place).numerator == 1
    assert found(rows, "moderation_lowered", group=SINCE, **place).numerator == 0
    assert found(rows, "agreement_difference", by="era").note == "too few to say"


def test_only_the_random_third_is_compared() -> None:
    held = tables(audits=[{}], moderations=[{"audit_id": "audits-1", "route": "dispute"}])
    assert movement(held) == []
