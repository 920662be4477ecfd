"""How many audits each stratum (a team's records of a theme) is due, and the chance of every record."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.draw.asked import Asked
from qa_analysis.draw.canonical import texts
from qa_analysis.draw.minimums import PLACES, Chances, chances
from qa_analysis.draw.reasons import freed
from qa_analysis.draw.rounding import chance_of_first, chance_of_last
from qa_analysis.english import agreeing, counted
from qa_analysis.errors import WrongUse
from qa_analysis.framework import Rules

BETWEEN = " / "
NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Stratum:
    """One stratum: its records, those whose key worker was not audited lately, and how many audits it is due."""

    records: int
    first: int
    due: Fraction

    @property
    def chance(self) -> tuple[float, float]:
        """The chance of a record whose key worker was not audited lately, and of one whose key worker was."""
        last = chance_of_last(self.due, self.first, self.records - self.first)
        return float(chance_of_first(self.due, self.first)), float(last)


@dataclass(frozen=True)
class Allocation:
    """What each stratum is due, by name in code-point order; and what could not be as it was asked."""

    strata: Mapping[str, Stratum]
    fewest: Mapping[tuple[str, str, str], int]  # by theme, column and group
    notes: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many audits there will be."""
        return int(sum(stratum.due for stratum in self.strata.values()))


def allocated(records: DataFrame, asked: Asked, rules: Rules) -> tuple[DataFrame, Allocation]:
    """The records with their stratum and chance, and the audits asked for shared among the strata.

    Each record of a theme has one chance. Where a service (or another group that the rules name) would have fewer
    audits than wanted so, its records have a higher chance, and all the others still one between them.

    Raises:
        WrongUse: no record can be selected.
    """
    can = records["exclusion"].eq("")
    if not can.any():
        raise WrongUse(f"No record can be selected for {asked.month}. {freed(records, asked.size, rules)}")
    stratum = pd.Series("", index=records.index, dtype="str")
    strata: dict[str, Stratum] = {}
    fewest: dict[tuple[str, str, str], int] = {}
    notes: list[str] = []
    for theme, size in asked.sizes.items():
        own = records[can & records["theme_code"].eq(theme)]
        if len(own) < size:
            notes.append(_short(theme, size, len(own), records, rules))
        if own.empty:
            continue
        found = chances(own, min(size, len(own)), rules)
        notes += found.notes
        names = _names(own, theme, found)
        stratum[own.index] = names
        strata |= _strata(own, names, found)
        fewest |= {(theme, group.column, group.name): group.fewest for group in found.groups}
    held = {name: strata[name] for name in sorted(strata)}
    return _with_chances(records.assign(stratum=stratum), held), Allocation(held, fewest, tuple(notes))


def _names(own: DataFrame, theme: str, found: Chances) -> Series:
    """The stratum of each record: its theme, service and team, and what else its chance depends on."""
    before = [*found.leading, *PLACES]  # neighbours are rounded together, so what must not be missed comes first
    parts = [*before, *(column for column in found.columns if column not in before)]
    named = [own[part].where(own[part].ne(""), NOT_RECORDED) for part in parts]
    names = Series(map(BETWEEN.join, zip(*map(texts, named), strict=True)), index=own.index, dtype="str")
    return theme + BETWEEN + names if theme else names


def _strata(own: DataFrame, names: Series, found: Chances) -> dict[str, Stratum]:
    """Each stratum of a theme, by name; within a service those that share one chance spare key workers together."""
    records, first = Counter(texts(names)), Counter(texts(names[~own["is_worker_recent"]]))
    one = own[~names.duplicated()]
    cells = [tuple(cell) for cell in one[list(found.columns)].to_numpy().tolist()]
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, service, cell in zip(names.drop_duplicates(), one["service_area"], cells, strict=True):
        together.setdefault((service, cell), []).append(name)
    due: dict[str, Fraction] = {}
    for (_, cell), held in together.items():
        whole = found.by_cell[cell] * sum(records[name] for name in held)
        due |= spared(whole, {name: (first[name], records[name] - first[name]) for name in held})
    return {name: Stratum(records[name], first[name], due[name]) for name in due}


def spared(whole: Fraction, records: Mapping[str, tuple[int, int]]) -> dict[str, Fraction]:
    """What each stratum of one service is due of so many audits, so that key workers of the last cycle are spared.

    `records` are those of other key workers, which alone are shared among while they suffice, and the rest, which share
    what is left. Stratum -> audits.
    """
    others, rest = (sum(held[place] for held in records.values()) for place in (0, 1))
    of_others = min(Fraction(1), whole / others) if others else Fraction(0)
    of_rest = (whole - of_others * others) / rest if rest else Fraction(0)
    return {name: of_others * other + of_rest * left for name, (other, left) in records.items()}


def _with_chances(records: DataFrame, strata: Mapping[str, Stratum]) -> DataFrame:
    """The records with the chance of each to be selected, whatever the seed; zero where it cannot be."""
    codes, names = pd.factorize(records["stratum"])
    chance = np.array([strata[name].chance if name else (0.0, 0.0) for name in names])
    return records.assign(inclusion_probability=chance[codes, records["is_worker_recent"].to_numpy().astype(int)])


def _short(theme: str, size: int, able: int, records: DataFrame, rules: Rules) -> str:
    """That fewer records can be selected than were asked for, and what would help."""
    what = f" of {theme}" if theme else ""
    said = f"{counted(size, 'audit')}{what} {agreeing(size, 'is', 'are')} asked for and {able:,} can be selected."
    return f"{said} {freed(records, size - able, rules)}"
