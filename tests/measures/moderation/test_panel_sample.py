from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import found, tables

from qa_analysis.measures.moderation.panel_sample import headline_graded, looked_at, weighted, whole
from qa_analysis.measures.populations import REFERRED, WHOLE_MONTH

WEIGHTED = "all routes weighted, 12 cycles"


def decided(number: int, **more: Any) -> Mapping[str, Any]:
    return {"audit_id": f"audits-{number}", **more}


LOWER = {"overall_grade": "inadequate"}


def test_an_audit_both_disputed_and_drawn_is_referred_and_counts_once() -> None:
    held = tables(
        audits=[{"is_disputed": True}, {"is_disputed": True}, *[{}] * 7],
        moderations=[decided(1, **LOWER), decided(2, route="dispute", **LOWER), decided(3), decided(4)],
    )
    rows = whole(held)
    assert found(rows, "agreement_exact", population="random third").numerator == 2
    assert found(rows, "agreement_exact", population=REFERRED).denominator == 2
    assert found(rows, "agreement_exact", population=WHOLE_MONTH).value == pytest.approx(7 / 9)


def test_a_disputed_audit_drawn_at_random_does_not_stand_for_the_others() -> None:
    """Taken for one of the sample, its lowered grade would pull down the undisputed ones too: 2 of 3."""
    held = tables(audits=[{"is_disputed": True}, *[{}] * 8], moderations=[decided(1, **LOWER), decided(2), decided(3)])
    assert found(whole(held), "agreement_exact", population=WHOLE_MONTH).value == pytest.approx(8 / 9)


def test_the_whole_months_limits_are_exact() -> None:
    held = tables(audits=[{}] * 6, moderations=[decided(1), decided(2)])
    row = found(whole(held), "agreement_exact", population=WHOLE_MONTH)
    # With four of six not upheld, both of two drawn are so one time in fifteen; with five it cannot be.
    assert (row.value, row.lower, row.upper) == (1.0, pytest.approx(2 / 6), 1.0)


def test_without_a_random_moderation_the_whole_month_cannot_be_told() -> None:
    held = tables(audits=[{}] * 6, moderations=[decided(1, route="dispute")])
    row = found(whole(held), "agreement_exact", population=WHOLE_MONTH)
    assert np.isnan(row.value)
    assert row.note == "no audit was moderated at random"


def test_the_newest_decision_is_the_panels_word() -> None:
    held = tables(
        audits=[{}],
        moderations=[
            decided(1, route="dispute", moderated_on="2023-07-01"),
            decided(1, moderated_on="2023-06-20", **LOWER),
        ],
    )
    [audit] = looked_at(held, ("2023-06",)).to_dict("records")
    assert (audit["panel"], audit["is_drawn"], audit["is_referred"]) == ("good", True, True)


def test_a_concern_is_referred_only_where_concerns_are_sent_to_the_panel() -> None:
    audits = [{"is_immediate_concern": True}, {"is_immediate_concern": True}, {}]
    sent = tables(audits=audits, moderations=[decided(1, route="immediate concern")])
    kept = tables(audits=audits, moderations=[decided(1)])
    assert looked_at(sent, ("2023-06",))["is_referred"].tolist() == [True, True, False]
    assert looked_at(kept, ("2023-06",))["is_referred"].tolist() == [False, False, False]


def test_weighting_gives_each_cycle_and_the_disputed_their_own_size() -> None:
    may = {"cycle_month": "2023-05", "audited_on": "2023-05-15"}
    held = tables(
        audits=[{"is_disputed": True}, *[{}] * 8, *[may] * 4],
        moderations=[
            decided(1, route="dispute", **LOWER),
            *(decided(number) for number in (2, 3)), decided(4, **LOWER), decided(5, **LOWER),
            decided(10, moderated_on="2023-05-20"), decided(11, moderated_on="2023-05-20"),
        ],
    )  # fmt: skip
    row = found(weighted(held), "agreement_exact", population=WEIGHTED)
    assert row.value == pytest.approx((0 + 8 * 2 / 4 + 4) / 13)
    assert row.denominator == 7


def test_lowered_unchanged_and_raised_add_up_however_weighted() -> None:
    held = tables(
        audits=[{}] * 9,
        moderations=[decided(1), decided(2, **LOWER), decided(3, overall_grade="outstanding"), decided(4)],
    )
    rows = weighted(held)
    parts = [found(rows, f"moderation_{way}", population=WEIGHTED).value for way in ("lowered", "unchanged", "raised")]
    assert parts == pytest.approx([0.25, 0.5, 0.25])


def test_no_moderation_at_all_gives_figures_without_a_value() -> None:
    held = tables(audits=[{}])
    assert all(np.isnan(row.value) and row.note for row in [*whole(held), *weighted(held)])


ROUTES = ("random", "revisit", "reactive")  # the last is none that headline results rest on
GRADES = st.sampled_from(["outstanding", "good", "requires improvement", "inadequate", "not graded", None])
DECISION = st.tuples(st.integers(1, 7), st.sampled_from(["random third", "dispute", None]), st.integers(20, 23), GRADES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(GRADES, st.booleans()), min_size=1, max_size=6), st.lists(DECISION, max_size=12))
def test_what_the_panel_said_of_each_audit_is_what_its_decisions_say(
    audits: list[tuple[str | None, bool]], decisions: list[tuple[int, str | None, int, str | None]]
) -> None:
    held = tables(
        audits=[
            {"overall_grade": grade, "is_disputed": is_disputed, "selection_route": ROUTES[place % len(ROUTES)]}
            for place, (grade, is_disputed) in enumerate(audits)
        ],
        moderations=[
            decided(number, route=route, moderated_on=f"2023-06-{day}", overall_grade=grade)
            for number, route, day, grade in decisions
        ],
    )
    on_scale = ("outstanding", "good", "requires improvement", "inadequate")
    expected = []
    for number, (grade, is_disputed) in enumerate(audits, start=1):
        if grade not in on_scale:
            continue
        own = [
            (day, f"moderations-{place}", route, panel)
            for place, (of, route, day, panel) in enumerate(decisions, start=1)
            if of == number
        ]
        graded = sorted((one for one in own if one[3] in on_scale), key=lambda one: one[:2])
        panel = graded[-1][3] if graded else None
        is_drawn = any(route == "random third" for _, _, route, _ in graded)
        is_referred = is_disputed or any(route != "random third" for _, _, route, _ in own)
        expected.append((f"audits-{number}", panel, is_drawn, is_referred, panel == grade))
    rows = looked_at(held, ("2023-06",))
    found_ones = [
        (row["audit_id"], row["panel"] if row["is_seen"] else None, row["is_drawn"], row["is_referred"],
         row["is_upheld"])
        for row in rows.to_dict("records")
    ]  # fmt: skip
    assert found_ones == expected
    grades, good = held.rules.grades, held.rules.good_grades
    asked = rows[rows["selection_route"].isin(held.rules.headline_routes)]
    by_number = headline_graded(held, ("2023-06",), "overall_grade")
    assert [grades[place] for place in by_number.auditor] == asked["auditor"].tolist()
    assert by_number.is_good.tolist() == asked["panel"].isin(good).tolist()
    for name in ("is_seen", "is_drawn", "is_referred"):
        assert getattr(by_number, name).tolist() == asked[name].tolist(), name
    chosen = by_number.is_seen
    assert by_number.by_grade(chosen).tolist() == [int((asked["auditor"][chosen] == grade).sum()) for grade in grades]
