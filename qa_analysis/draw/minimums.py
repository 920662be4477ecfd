"""The fewest audits of a group where its fair share would not reach them, by linear programme over cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import scipy  # its parts load when they are first used: most commands use none
from pandas import DataFrame

from qa_analysis.english import counted
from qa_analysis.errors import WrongUse
from qa_analysis.framework import Rules

PLACES = ("service_area", "team")  # a team's records lie together, and so do a service's teams
GROUPED_BY = (*PLACES, "case_status", "age_band")  # what audits may be wanted of each of
Cell = tuple[str, ...]
_NEAR = 1e-6  # to each other: chances that are one and the same, and a group that has just its fewest
_TIGHT = 1e-9


@dataclass(frozen=True)
class Chances:
    """The chance of a record before key workers are thought of: by cell of these columns, or one for all."""

    columns: tuple[str, ...]
    by_cell: Mapping[Cell, Fraction]
    groups: tuple["Group", ...] = ()  # those that have their fewest
    leading: tuple[str, ...] = ()  # of the columns those across services
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A group of which so many audits are wanted at least, and its cells by their place."""

    column: str
    name: str
    fewest: int
    cells: tuple[int, ...]


def chances(can: DataFrame, size: int, rules: Rules) -> Chances:
    """The chance of each record of a theme's frame: equal, save where a group would have fewer than wanted."""
    equal = Chances((), {(): Fraction(size, len(can))})
    columns = _columns(rules.draw_fewest)
    if not columns:
        return equal
    cells = can.groupby(list(columns), sort=True).size()
    names = [name if isinstance(name, tuple) else (name,) for name in cells.index]
    records = [int(number) for number in cells]
    groups = _groups(columns, names, records, rules)
    across = tuple(column for column in columns if column not in PLACES)
    if all(_due(group, records, size) >= group.fewest for group in groups):
        cells_across = {tuple(name[columns.index(column)] for column in across) for name in names}
        return Chances(across, dict.fromkeys(cells_across, equal.by_cell[()]), tuple(groups), across)
    needed = _needed(records, groups)
    if needed > size:
        note = (
            f"The fewest audits of each {' and '.join(_noun(column) for column in columns)} gave way: they need "
            f"{counted(needed, 'audit')}, and {size:,} are selected. Ask for {needed:,} (--size) to keep them."
        )
        return replace(equal, notes=(note,))
    by_cell = dict(zip(names, _even(records, groups, size), strict=True))
    return Chances(columns, by_cell, tuple(groups), across)


def _columns(fewest: Mapping[str, int]) -> tuple[str, ...]:
    """The columns whose groups have a fewest number.

    Raises:
        WrongUse: a column is none that groups records, or a number is no whole number of 1 or more.
    """
    if stray := sorted(set(fewest) - set(GROUPED_BY)):
        raise WrongUse(
            f'framework.yaml: draw_fewest is of {", ".join(GROUPED_BY)} and of nothing else, not "{stray[0]}"'
        )
    if wrong := [column for column, number in fewest.items() if type(number) is not int or number < 1]:
        raise WrongUse(f"framework.yaml: {wrong[0]} of draw_fewest is no whole number of 1 or more: {fewest[wrong[0]]}")
    return tuple(sorted(fewest))


def _noun(column: str) -> str:
    return column.replace("_", " ")


def _groups(columns: Sequence[str], names: Sequence[Cell], records: Sequence[int], rules: Rules) -> list[Group]:
    """The groups with a fewest number, without those too small to bear it for a year of different children."""
    held = []
    for place, column in enumerate(columns):
        of_value: dict[str, list[int]] = {}
        for number, name in enumerate(names):
            of_value.setdefault(name[place], []).append(number)
        for value, cells in sorted(of_value.items()):
            fewest = rules.draw_fewest[column]
            if sum(records[cell] for cell in cells) >= fewest * rules.draw_child_rest_months:
                held.append(Group(column, value, fewest, tuple(cells)))
    return held


def _due(group: Group, records: Sequence[int], size: int) -> Fraction:
    """What a group is due where all records have one chance."""
    return Fraction(size * sum(records[cell] for cell in group.cells), sum(records))


def _needed(records: Sequence[int], groups: Sequence[Group]) -> int:
    """How many audits it takes to reach every group's fewest."""
    fewest, wanted = _wanted(records, groups)
    least = scipy.optimize.linprog(records, A_ub=-fewest, b_ub=-wanted, bounds=(0, 1), method="highs")
    return int(np.ceil(least.fun - _TIGHT))


def _wanted(records: Sequence[int], groups: Sequence[Group]) -> tuple[np.ndarray, np.ndarray]:
    """The audits of each group as a sum over cells' chances, and how many are wanted. One row per group."""
    fewest = np.zeros((len(groups), len(records)))
    for row, group in enumerate(groups):
        fewest[row, list(group.cells)] = [records[cell] for cell in group.cells]
    return fewest, np.array([group.fewest for group in groups], dtype=float)


def _even(records: Sequence[int], groups: Sequence[Group], size: int) -> list[Fraction]:
    """The chances that reach every fewest and are as even as they can be. One chance per cell.

    The smallest is made as large as it can be, then the next, until each is settled: no other answer is as even.
    """
    settled: dict[int, float] = {}
    while len(settled) < len(records):
        best = _raised(records, groups, size, settled)
        smallest = float(best.x[-1])
        held_down = -best.ineqlin.marginals[len(groups) :]
        open_cells = [cell for cell in range(len(records)) if cell not in settled]
        tight = [cell for cell, price in zip(open_cells, held_down, strict=True) if price > _TIGHT]
        settled |= dict.fromkeys(tight or open_cells, smallest)
    exact = _exact([settled[cell] for cell in range(len(records))], records, groups, size)
    if exact and _holds(exact, records, groups):
        return exact
    raise ArithmeticError("the chances that reach every fewest are not known exactly")


def _exact(
    chances: Sequence[float], records: Sequence[int], groups: Sequence[Group], size: int
) -> list[Fraction] | None:
    """Chances known nearly, as the fractions that they are; None where what is near does not settle them.

    Cells of one chance are one unknown. The audits in all and the groups that have just their fewest settle them: were
    they not to, the smallest chance that they leave open could be raised.
    """
    ordered = sorted(set(chances))
    starts = [one for before, one in zip([-1.0, *ordered], ordered, strict=False) if one - before > _NEAR]
    level = [sum(start <= one for start in starts) - 1 for one in chances]
    just = [group for group in groups if abs(sum(chances[c] * records[c] for c in group.cells) - group.fewest) <= _NEAR]
    sums = [(range(len(records)), size), *((group.cells, group.fewest) for group in just)]
    rows = [
        [Fraction(sum(records[cell] for cell in cells if level[cell] == place)) for place in range(len(starts))]
        + [Fraction(whole)]
        for cells, whole in sums
    ]
    if starts[-1] >= 1 - _NEAR:  # whoever is certain to be audited
        rows.append([Fraction(place == len(starts) - 1) for place in range(len(starts))] + [Fraction(1)])
    found = _solved(rows)
    return [found[place] for place in level] if found else None


def _solved(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The one answer to linear equations, each the factors of the unknowns and their sum; None where there is none."""
    unknowns = len(rows[0]) - 1
    for place in range(unknowns):
        pivot = next((row for row in rows[place:] if row[place]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        pivot = [one / pivot[place] for one in pivot]
        rows = [[one - row[place] * other for one, other in zip(row, pivot, strict=True)] for row in rows]
        rows.insert(place, pivot)
    return None if any(row[-1] for row in rows[unknowns:]) else [row[-1] for row in rows[:unknowns]]


def _holds(chances: Sequence[Fraction], records: Sequence[int], groups: Sequence[Group]) -> bool:
    """Whether every group has its fewest, and every chance is one."""
    if not 0 <= min(chances) <= max(chances) <= 1:
        return False
    return all(sum(chances[cell] * records[cell] for cell in group.cells) >= group.fewest for group in groups)


def _raised(
    records: Sequence[int], groups: Sequence[Group], size: int, settled: Mapping[int, float]
) -> "scipy.optimize.OptimizeResult":
    """The largest that the smallest open chance can be; its last variable is that chance."""
    cells = len(records)
    fewest, wanted = _wanted(records, groups)
    open_cells = [cell for cell in range(cells) if cell not in settled]
    above = np.zeros((len(open_cells), cells + 1))
    above[range(len(open_cells)), open_cells], above[:, -1] = -1.0, 1.0
    return scipy.optimize.linprog(
        [*[0.0] * cells, -1.0],
        A_ub=np.vstack([np.hstack([-fewest, np.zeros((len(groups), 1))]), above]),
        b_ub=np.concatenate([-wanted, np.zeros(len(open_cells))]),
        A_eq=[[*records, 0.0]],
        b_eq=[size],
        bounds=[*[(settled[cell], settled[cell]) if cell in settled else (0, 1) for cell in range(cells)], (0, 1)],
        method="highs",
    )
