import pytest
from small import found, tables

from qa_analysis.measures.moderation.agreement import moderation, pairs

YEAR = "2022-07/2023-06"
RANDOM, EVERY = "random third, 12 cycles", "all routes, 12 cycles"


@pytest.mark.parametrize(("audits", "required"), [(1, 1), (3, 1), (16, 6), (20, 7), (42, 14)])
def test_a_third_is_rounded_up(audits: int, required: int) -> None:
    assert found(moderation(tables(audits=[{}] * audits)), "moderation_required").value == required


def test_a_decision_belongs_to_its_audits_cycle() -> None:
    held = tables(
        audits=[{}, {"cycle_month": "2023-05", "audited_on": "2023-05-20"}],
        moderations=[
            {"audit_id": "audits-1", "moderated_on": "2023-07-05"},
            {"audit_id": "audits-2", "moderated_on": "2023-06-20"},
            {"audit_id": "audits-1", "route": "dispute", "moderated_on": "2023-07-11"},
        ],
    )
    rows = moderation(held)
    assert found(rows, "moderation_done", by="").value == 1
    assert found(rows, "moderation_done", by="route", group="dispute").value == 0


def test_lowered_means_the_panels_grade_is_worse() -> None:
    held = tables(
        audits=[{}, {}, {}, {}],
        moderations=[
            {"audit_id": "audits-1", "overall_grade": "inadequate"},
            {"audit_id": "audits-2", "overall_grade": "requires improvement", "route": "dispute"},
            {"audit_id": "audits-3", "overall_grade": "good"},
            {"audit_id": "audits-4", "overall_grade": "outstanding"},
        ],
    )
    rows = moderation(held)
    for population, expected in ((RANDOM, (1, 1, 1)), (EVERY, (2, 1, 1))):
        tallies = [
            found(rows, f"moderation_{way}", population=population, by="").numerator
            for way in ("lowered", "unchanged", "raised")
        ]
        assert tuple(tallies) == expected
    assert found(rows, "moderation_crossed_good").value == 2
    assert found(rows, "moderation_moved_two", by="").value == 1


def test_exact_agreement_over_the_year_counts_the_random_third_alone() -> None:
    held = tables(
        audits=[{}] * 4,
        moderations=[
            {"audit_id": "audits-1"}, {"audit_id": "audits-2", "overall_grade": "inadequate"},
            {"audit_id": "audits-3", "overall_grade": "inadequate", "route": "dispute"},
        ],
    )  # fmt: skip
    row = found(moderation(held), "agreement_exact", population=RANDOM, by="")
    assert (row.numerator, row.denominator, row.value, row.period) == (1, 2, 0.5, YEAR)


def test_an_area_not_applicable_on_either_side_makes_no_pair() -> None:
    held = tables(
        audits=[{"grade_assessment": "not applicable"}, {}],
        moderations=[
            {"audit_id": "audits-1", "grade_assessment": "good"},
            {"audit_id": "audits-2", "grade_assessment": None},
        ],
    )
    assert pairs(held, ("2023-06",), "grade_assessment").empty


def test_a_decision_on_an_unknown_audit_makes_no_pair() -> None:
    assert pairs(tables(audits=[{}], moderations=[{"audit_id": "nowhere"}]), ("2023-06",)).empty


def test_no_moderation_at_all_is_a_normal_month() -> None:
    rows = moderation(tables(audits=[{}]))
    assert found(rows, "moderation_done", by="").value == 0
    assert found(rows, "agreement_exact", population=RANDOM, by="").denominator == 0
