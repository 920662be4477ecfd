"""The unit as boards may read it: rounded, no total beside its parts, nothing of a rare agency, one child unseen."""

from collections.abc import Mapping
from math import isnan
from typing import Any

import pytest
from small import tables
from unit_council import Rows, alerts, conferences, invited, listed, of

from qa_analysis.data.tables import Tables
from qa_analysis.measures.figure import Figure, joined
from qa_analysis.measures.populations import SHARED
from qa_analysis.measures.safeguarding_unit.partners import UNDER_HALF, partners
from qa_analysis.measures.shared_edition.protected import FEW, SMALL
from qa_analysis.measures.shared_edition.unit import CAME, CHILDREN, IN_TIME, RAISED, TOOK_PART, unit
from qa_analysis.measures.shared_edition.unit import UNDER_HALF as JUDGED


def told(held: Tables) -> Mapping[tuple[str, str], Figure]:
    return {(row.measure, joined(row.group)): row for row in unit(held)}


def met(number: int, *, late: int = 0, kind: str = "cared for review") -> Rows:
    return conferences(*({"kind": kind, **({"held_on": "2023-06-20"} if n < late else {})} for n in range(number)))


def came(agency: str, part: int, whole: int) -> Rows:
    return [invited(f"c{n}", agency, attended=n <= part) for n in range(1, whole + 1)]


def test_counts_are_rounded_to_five_and_small_ones_are_not_given() -> None:
    held = of(
        caseload=listed("2023-06-30", *["CLA"] * 43, *["CP"] * 6),
        practice_alerts=alerts(*[{}] * 12, *[{"is_formal": False}] * 3),
    )
    found = told(held)
    assert found[CHILDREN, "CLA"].value == 45
    assert found[CHILDREN, "CP"].verdict == SMALL
    assert isnan(found[CHILDREN, "CP"].value)
    assert (found[RAISED, "formal"].value, found[RAISED, "informal"].verdict) == (10, SMALL)


def test_a_share_is_of_twenty_or_more_in_whole_fives_and_never_none() -> None:
    found = told(of(conferences=[*met(43, late=17)]))
    assert (found[IN_TIME, "cared for review"].numerator, found[IN_TIME, "cared for review"].denominator) == (25, 45)
    assert found[IN_TIME, "cared for review"].value == 0.55
    assert isnan(found[IN_TIME, "initial child protection"].value)
    assert told(of(conferences=met(40, late=38)))[IN_TIME, "cared for review"].verdict == FEW


def test_where_parts_are_told_the_whole_is_not_so_that_no_part_can_be_had_by_subtraction() -> None:
    held = of(
        caseload=listed("2023-06-30", *["CLA"] * 43, *["CP"] * 6), conferences=met(43),
        practice_alerts=alerts(*[{}] * 12), partner_contributions=came("police", 30, 40),
    )  # fmt: skip
    split = {row.measure for row in unit(held) if row.by}
    assert [row.measure for row in unit(held) if not row.by and row.measure in split] == []
    assert {row.population for row in unit(held)} == {SHARED}
    assert all(isnan(row.lower) and isnan(row.upper) for row in unit(held))
    assert all("team" not in row.by for row in unit(held))


def test_an_agency_that_is_seldom_invited_has_no_figure_and_so_no_name() -> None:
    found = told(of(conferences=met(40), partner_contributions=[*came("police", 30, 40), *came("Mrs Lamb", 2, 17)]))
    assert [group for measure, group in found if measure == CAME] == ["police"]


def test_clearly_under_half_is_judged_at_the_worst_of_the_counts_behind_what_is_printed() -> None:
    found = {part: told(of(conferences=met(100), partner_contributions=came("GP", part, 100))) for part in (28, 32, 33)}
    assert found[28][CAME, "GP"].value == found[32][CAME, "GP"].value == 0.3
    assert [part for part in found if (JUDGED, "GP+attended") in found[part]] == [28, 32]  # 35 may be 37


@pytest.mark.parametrize("part", [0, 5, 8, 12])
def test_what_boards_read_as_clear_managers_read_as_clear_too(part: int) -> None:
    held = of(conferences=met(40), partner_contributions=[*came("GP", part, 40), *came("police", 25, 40)])
    clear = {row.group[0] for row in unit(held) if row.measure == JUDGED and row.group[1] == "attended"}
    managers = {
        row.group[0] for row in partners(held) if row.measure == "partner_attended" and row.verdict == UNDER_HALF
    }
    assert clear <= managers


def test_three_months_are_taken_together_and_one_not_yet_held_counts_as_not_in_time() -> None:
    older = conferences(*[{"due_on": "2023-03-31", "held_on": "2023-03-31"}] * 30)
    spring = [
        {**one, "conference_id": f"s{n}", "due_on": "2023-04-03", "held_on": "2023-04-03"}
        for n, one in enumerate(older)
    ]
    waits = [{**one, "conference_id": f"w{n}", "held_on": None} for n, one in enumerate(met(10))]
    found = told(of(conferences=[*older, *spring, *waits]))[IN_TIME, "cared for review"]
    assert (found.numerator, found.denominator) == (30, 40)


@pytest.mark.parametrize("without", [0, 20, 40])
def test_two_councils_one_child_apart_differ_in_rounded_counts_alone(without: int) -> None:
    every = [*met(41, late=20)]
    less = [one for n, one in enumerate(every) if n != without]
    one, other = (
        {key: (row.numerator, row.denominator, row.verdict) for key, row in told(of(conferences=held)).items()}
        for held in (every, less)
    )
    assert one.keys() == other.keys()
    assert repr(one[IN_TIME, "cared for review"]) == repr(other[IN_TIME, "cared for review"])  # 20 or 21 of 40 or 41
    assert repr(one[TOOK_PART, ""]) == repr(other[TOOK_PART, ""])


def test_without_its_datasets_there_is_no_figure_and_not_zero() -> None:
    nothing: dict[str, Any] = {}
    assert unit(tables(audits=[{}], **nothing)) == []
