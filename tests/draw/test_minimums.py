"""The fewest audits of a group are reached exactly, and no chance is smaller than it need be."""

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from hypothesis import assume, example, given, settings
from hypothesis import strategies as some
from pandas import DataFrame

from qa_analysis.draw.minimums import chances
from qa_analysis.framework import rules_for

RULES = rules_for("2023-07")
CELLS = some.dictionaries(
    some.tuples(some.sampled_from("ABCD"), some.sampled_from(("CIN", "CP"))), some.integers(1, 80), min_size=2
)

MANY_SHARES = {  # chances whose denominators have thirteen digits
    ("A", "CIN"): 1, ("A", "CP"): 11, ("B", "CIN"): 18, ("B", "CP"): 41, ("C", "CIN"): 62, ("C", "CP"): 67,
    ("D", "CIN"): 19, ("D", "CP"): 64,
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@example(MANY_SHARES, 1, 2, 4)
@given(CELLS, some.integers(1, 3), some.integers(1, 3), some.integers(1, 12))
def test_chances_add_up_to_the_audits_and_every_group_has_its_fewest(
    cells: dict[tuple[str, str], int], services: int, statuses: int, size: int
) -> None:
    rows = [cell for cell, number in cells.items() for _ in range(number)]
    can = DataFrame(rows, columns=["service_area", "case_status"])
    assume(size <= len(can))
    wanted = {"service_area": services, "case_status": statuses}
    found = chances(can, size, replace(RULES, draw_fewest=MappingProxyType(wanted)))
    chance = [found.by_cell[tuple(row[column] for column in found.columns)] for row in can.to_dict("records")]
    assert sum(chance) == size
    assert 0 <= min(chance) <= max(chance) <= 1
    for group in found.groups:
        due = sum(one for one, is_in in zip(chance, can[group.column].eq(group.name), strict=True) if is_in)
        assert due >= group.fewest
    if not found.notes and all(Fraction(size * int(n), len(can)) >= 3 for c in wanted for n in can[c].value_counts()):
        assert len(set(chance)) == 1  # nothing binds, so nobody's chance is raised
