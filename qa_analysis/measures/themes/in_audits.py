"""In how many audits each prompt was found, cycle by cycle: the ground that every figure of a theme stands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after
from qa_analysis.framework import Rules
from qa_analysis.measures.audits.linked import (
    NO_AUDIT,
    Numbers,
    known_in_audits,
    numbers_in,
    numbers_of,
    remembered,
)
from qa_analysis.measures.audits.volumes import is_of_headline
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import benjamini_hochberg, newcombe

POLARITIES = ("strength", "development")
FEWEST_AUDITS = 5  # a theme found in fewer audits on both sides is not compared: it could not show anything
FALSE_DISCOVERIES = 0.10  # of the themes said to differ, one in ten at most is to be a chance find


class Side(NamedTuple):
    """Some audits, and in how many of them each prompt was found."""

    audits: int
    themes: Mapping[str, int]


class Shift(NamedTuple):
    """The share of audits with a theme on one side less that on the other, and whether it is a clear difference."""

    difference: Estimate
    is_clear: bool


@dataclass(frozen=True)
class Found:
    """Headline audits by cycle, and in how many of them each prompt was found: one row per cycle, one column a code."""

    audits: Series
    themes: DataFrame

    def over(self, months: Iterable[str]) -> Side:
        """Some cycles together."""
        chosen = [month for month in months if month in self.audits.index]
        return Side(int(self.audits[chosen].sum()), tallies(self.themes.loc[chosen].sum()))


def found(tables: Tables, polarity: str, months: tuple[str, ...]) -> Found:
    """Some cycles' headline audits and themes of one polarity, an audit counted once however often it says a thing."""
    is_asked = is_of_headline(tables, months=months)
    audits = tables.audits[["audit_id", "cycle_month"]][is_asked]
    held = audit_themes(tables, audits, polarity, numbers=numbers_of(tables, "audits")[is_asked])
    sizes = audits.groupby("cycle_month").size()
    (rows, cycles), (columns, codes) = (pd.factorize(held[name], sort=True) for name in ("cycle_month", "theme_code"))
    tallied = np.bincount(rows * len(codes) + columns, minlength=len(cycles) * len(codes))
    counts = DataFrame(tallied.reshape(len(cycles), len(codes)), index=cycles, columns=codes)
    ordered = counts.reindex(index=sizes.index, columns=in_order(counts.columns, tables.rules), fill_value=0)
    return Found(sizes, ordered)


def audit_themes(
    tables: Tables, audits: DataFrame, polarity: str, *, numbers: Numbers | None = None
) -> DataFrame:  # fmt: skip
    """Which prompts some audits had, each once. One row per audit and prompt, with what is known of the audit.

    `numbers` are those of the audits, where they are known: otherwise they are looked up.
    """
    each, named = _coded(tables, polarity)
    places = np.full(len(known_in_audits(tables)) + 1, NO_AUDIT)
    places[numbers_in(tables, audits["audit_id"]) if numbers is None else numbers] = np.arange(len(audits))
    places[NO_AUDIT] = NO_AUDIT
    of_each = places[named]
    is_there = of_each != NO_AUDIT
    known = audits.drop(columns=["audit_id", "theme_code"], errors="ignore").take(of_each[is_there])
    both: DataFrame = pd.concat([each[is_there].reset_index(drop=True), known.reset_index(drop=True)], axis=1)
    return both


@remembered
def _coded(tables: Tables, polarity: str) -> tuple[DataFrame, Numbers]:
    """Which prompts all audits had, each once, and the number of the audit of each. One row per audit and prompt."""
    findings, numbers = tables.findings, numbers_of(tables, "findings")
    is_chosen = ((findings["polarity"] == polarity) & findings["theme_code"].notna()).to_numpy(dtype=bool)
    codes, names = pd.factorize(findings.loc[is_chosen, "theme_code"])
    is_there = numbers[is_chosen] != NO_AUDIT
    once = ~Series(numbers[is_chosen] * max(1, len(names)) + codes).duplicated().to_numpy() & is_there
    each: DataFrame = findings.loc[is_chosen, ["audit_id", "theme_code"]][once]
    return each, numbers[is_chosen][once]


def tallies(counts: Series) -> dict[str, int]:
    """How many audits had each theme. One number per code."""
    return {str(code): int(tally) for code, tally in counts.items()}


def shifts(now: Side, then: Side) -> dict[str, Shift]:
    """How much more common each theme is on one side than on the other. Themes with too few audits are left out."""
    if not (now.audits and then.audits):
        return {}
    return clear_shifts(
        {
            code: (now.themes.get(code, 0), now.audits, then.themes.get(code, 0), then.audits)
            for code in {**then.themes, **now.themes}
        }
    )


def clear_shifts(counts: Mapping[str, tuple[int, int, int, int]]) -> dict[str, Shift]:
    """How much larger each code's share is on one side than on the other, and which differences are clear.

    A code has its cases and audits now, then those of the other side; codes with too few cases are left out.

    Clear is a difference whose 95% confidence interval leaves zero out and that also passes among all codes looked at,
    Benjamini and Hochberg's rate of false finds being one in ten. Looked at is every code with five cases on both
    sides together: those with five on one side alone would have been picked for the very difference that is tested.
    """
    differences = {code: newcombe(*four) for code, four in counts.items() if four[0] + four[2] >= FEWEST_AUDITS}
    rates = benjamini_hochberg([found.p for found in differences.values()])
    return {
        code: Shift(found, bool(rate < FALSE_DISCOVERIES and (found.lower > 0 or found.upper < 0)))
        for (code, found), rate in zip(differences.items(), rates, strict=True)
        if max(counts[code][0], counts[code][2]) >= FEWEST_AUDITS
    }


def in_order(codes: Iterable[str], rules: Rules) -> list[str]:
    """Codes in the framework's order, unknown ones last: 3.1, 3.2, 3.10."""
    order = {code: place for place, code in enumerate(rules.prompts)}
    return sorted(codes, key=lambda code: (order.get(code, len(order)), code))


def cycles_then(tables: Tables, cycles: int) -> tuple[str, ...]:
    """So many cycles, the last of them the one that the month's cycle is compared with, six months before."""
    return tables.rules.cycles_up_to(tables.rules.cycle_before(tables.month), cycles)


def cycles_back(tables: Tables, cycles: int, *, back: int = 0) -> tuple[str, ...]:
    """So many cycles, the last of them the month or some months before it; none before the council's first."""
    return tables.rules.cycles_up_to(months_after(tables.month, -back), cycles)
