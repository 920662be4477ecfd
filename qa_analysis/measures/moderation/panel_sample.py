"""How far the panel would uphold all grades: those referred to it, those drawn at random, and all of them together."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures.audits.linked import (
    NO_AUDIT,
    Codes,
    Flags,
    Numbers,
    coded,
    is_headline,
    is_of_cycles,
    known_in_audits,
    numbers_of,
    remembered,
)
from qa_analysis.measures.declared import declares
from qa_analysis.measures.figure import Figure, estimated, share
from qa_analysis.measures.grades.grades import areas
from qa_analysis.measures.moderation.agreement import of_pairs
from qa_analysis.measures.populations import CONCERN_ROUTE, REFERRED, WHOLE_MONTH, all_routes_weighted
from qa_analysis.stats.agreement import carried_ac1, counts, gwet_ac, whole_month, whole_month_ac1
from qa_analysis.stats.estimate import Estimate, Floats
from qa_analysis.stats.panel import stratified

NO_GRADE: Final = np.int8(-1)
# No other column is carried along: an audit has ninety, and this is asked for every area and window.
OF_AUDIT = ("audit_id", "cycle_month", "selection_route", "is_disputed", "is_immediate_concern")


def looked_at(tables: Tables, months: tuple[str, ...], column: str = "overall_grade") -> DataFrame:
    """The audits of some cycles with the auditor's grade on the scale, and the panel's where it looked.

    One row per audit: auditor, panel (the newest decision), is_drawn (at random), is_referred (disputed, or brought by
    another route), is_seen. An audit that is both drawn and referred is referred: had it not been drawn it would have
    come all the same.
    """
    rules = tables.rules
    is_asked = is_of_cycles(tables, months).copy()
    is_asked[is_asked] = tables.audits[column][is_asked].isin(rules.grades)
    audits, numbers = tables.audits[[*OF_AUDIT, column]][is_asked], numbers_of(tables, "audits")[is_asked]
    grades, is_drawn = _of_panel(tables, column)
    panel = Series(grades[numbers], index=audits.index, dtype="str")
    held: DataFrame = audits.assign(
        auditor=audits[column],
        panel=panel,
        is_seen=panel.notna(),
        is_drawn=is_drawn[numbers],
        is_referred=_is_referred(tables)[is_asked],
        is_upheld=panel == audits[column],
    )
    return held


class Graded(NamedTuple):
    """Audits with an auditor's grade, by its place on the scale, and what the panel said of each. One value each."""

    auditor: Codes
    is_seen: Flags
    is_good: Flags  # by the panel's word
    is_drawn: Flags
    is_referred: Flags
    grades: int  # on the scale

    def by_grade(self, chosen: Flags) -> NDArray[np.int64]:
        """How many of the chosen have each grade of the auditor. One number per grade of the scale."""
        return np.bincount(self.auditor[chosen], minlength=self.grades)


def headline_graded(tables: Tables, months: tuple[str, ...], column: str) -> Graded:
    """The headline audits of some cycles, as `looked_at` has them, without a text: it is asked for many windows."""
    places, panel = _places(tables, column), _places_of_panel(tables, column)
    is_asked = is_of_cycles(tables, months) & is_headline(tables) & (places >= 0)
    numbers = numbers_of(tables, "audits")[is_asked]
    said, (_, is_drawn) = panel[numbers], _of_panel(tables, column)
    return Graded(
        places[is_asked],
        said >= 0,
        (said >= 0) & (said < len(tables.rules.good_grades)),
        is_drawn[numbers],
        _is_referred(tables)[is_asked],
        len(tables.rules.grades),
    )


@remembered
def _places(tables: Tables, column: str) -> Codes:
    """The place on the scale of each audit's grade, -1 where it has none on it. One value per audit."""
    codes, known = coded(tables.audits, column)
    return np.append(_on_scale(tables, known), NO_GRADE)[codes]


@remembered
def _places_of_panel(tables: Tables, column: str) -> Codes:
    """The same of the panel's newest grade. One value per number of an audit."""
    grades, _ = _of_panel(tables, column)
    codes, known = pd.factorize(grades)
    return np.append(_on_scale(tables, pd.Index(known)), NO_GRADE)[codes]


def _on_scale(tables: Tables, grades: pd.Index) -> Codes:
    return pd.Index(tables.rules.grades).get_indexer(grades).astype(np.int8)


@remembered
def _of_panel(tables: Tables, column: str) -> tuple[NDArray[np.object_], Flags]:
    """The newest grade on the scale that the panel gave each audit, and whether one was drawn. One value per number."""
    decisions, numbers = _newest_last(tables)
    is_graded = decisions[column].isin(tables.rules.grades).to_numpy(dtype=bool)
    graded, of_graded = decisions[is_graded], numbers[is_graded]
    grades = np.full(len(known_in_audits(tables)) + 1, np.nan, dtype=object)
    is_drawn = np.zeros(len(grades), dtype=bool)
    grades[of_graded] = graded[column].to_numpy(dtype=object)  # of several for one audit the last stays
    is_drawn[of_graded[(graded["route"] == tables.rules.moderation_random_route).to_numpy(dtype=bool)]] = True
    return grades, is_drawn


@remembered
def _newest_last(tables: Tables) -> tuple[DataFrame, Numbers]:
    """The panel's decisions on audits that are there, the newest last, and the number of the audit of each."""
    numbers = numbers_of(tables, "moderations")
    is_there = numbers != NO_AUDIT
    needed = ["moderated_on", "moderation_id", "route", *areas(tables.rules).values()]
    decisions = tables.moderations.loc[is_there, needed].reset_index(drop=True)
    decisions = decisions.sort_values(["moderated_on", "moderation_id"])
    return decisions, numbers[is_there][decisions.index]


@remembered
def _is_referred(tables: Tables) -> Flags:
    """Whether an audit comes before the panel whatever the draw. One value per audit.

    Disputed audits do; so do immediate concerns where the council sends them; and any audit of another route.
    """
    audits, decisions = tables.audits, tables.moderations
    is_other = (decisions["route"] != tables.rules.moderation_random_route).to_numpy(dtype=bool)
    are_concerns_sent = bool((decisions.loc[is_other, "route"] == CONCERN_ROUTE).any())
    concern = audits["is_immediate_concern"].fillna(False).astype(bool) & are_concerns_sent
    of_others = np.setdiff1d(numbers_of(tables, "moderations")[is_other], [NO_AUDIT])
    others = np.isin(numbers_of(tables, "audits"), of_others)
    return np.asarray(others | audits["is_disputed"].fillna(False).astype(bool) | concern, dtype=bool)


@declares(
    adds_to=("agreement_exact", "gwet_ac1", "gwet_ac2_linear"),
    needs=("moderations",),
)
def whole(tables: Tables) -> list[Figure]:
    """The month's share upheld: at random, referred, and of all audits. One figure each, and AC1 of all."""
    held = looked_at(tables, (tables.month,))
    seen, few = held[held["is_seen"]], tables.rules.percentage_from
    drawn, referred = seen[seen["is_drawn"]], seen[seen["is_referred"]]
    sample = drawn[~drawn["is_referred"]]
    kept, drawn_kept = int(referred["is_upheld"].sum()), int(sample["is_upheld"].sum())
    both = whole_month(kept, len(referred), drawn_kept, len(sample), len(held))
    chance = whole_month_ac1(_table(tables, referred), _table(tables, sample), len(held))
    labels = {"period": tables.month, "population": WHOLE_MONTH}
    at_random = {"period": tables.month, "population": tables.rules.moderation_random_route}
    return [
        *(
            share(
                "agreement_exact", int(some["is_upheld"].sum()), len(some),
                period=tables.month, population=name, few=few,
            )
            for name, some in ((tables.rules.moderation_random_route, drawn), (REFERRED, referred))
        ),
        *(
            of_pairs(estimated(name, one, unit="coefficient", **at_random), one.n, tables.rules)
            for name, one in (
                ("gwet_ac1", gwet_ac(_table(tables, drawn))),
                ("gwet_ac2_linear", gwet_ac(_table(tables, drawn), weights="linear")),
            )
        ),
        of_pairs(estimated("agreement_exact", both, unit="share", **labels), len(sample), tables.rules),
        of_pairs(estimated("gwet_ac1", chance, unit="coefficient", **labels), len(sample), tables.rules),
    ]  # fmt: skip


@declares(
    adds_to=("agreement_exact", "gwet_ac1", "moderation_lowered", "moderation_unchanged", "moderation_raised"),
    needs=("moderations",),
)
def weighted(tables: Tables) -> list[Figure]:
    """The year's share upheld, lowered and raised, every route weighted by its probability of selection, and AC1.

    One figure per question.
    """
    held = looked_at(tables, tables.rolling_cycles)
    labels = {"period": period_of(tables.rolling_cycles), "population": all_routes_weighted(tables.rules)}
    place = {grade: number for number, grade in enumerate(tables.rules.grades)}
    steps = held["panel"].map(place) - held["auditor"].map(place)
    asked = {
        "agreement_exact": steps == 0, "moderation_lowered": steps > 0,
        "moderation_unchanged": steps == 0, "moderation_raised": steps < 0,
    }  # fmt: skip
    strata = held["cycle_month"].where(~held["is_referred"], REFERRED)
    found = {name: _stratified(held, strata, flags) for name, flags in asked.items()}
    ac1 = carried_ac1(found["agreement_exact"], _weighted_table(tables, held, strata))
    figures = [
        *(estimated(name, one, unit="share", **labels) for name, one in found.items()),
        estimated("gwet_ac1", ac1, unit="coefficient", **labels),
    ]
    held_back = (of_pairs(figure, figure.denominator, tables.rules) for figure in figures)
    # That there are too few decisions matters more than that some cycles had none, so it is the note where it holds.
    return [figure.judged(figure.verdict) for figure in held_back]


def _stratified(held: DataFrame, strata: Series, flags: Series) -> Estimate:
    """One share over the strata."""
    sizes = (
        held.assign(flag=flags & held["is_seen"])
        .groupby(strata)
        .agg(audits=("is_seen", "size"), seen=("is_seen", "sum"), kept=("flag", "sum"))
    )
    return stratified(sizes["audits"], sizes["seen"], sizes["kept"])


def _weighted_table(tables: Tables, held: DataFrame, strata: Series) -> Floats:
    """The year's grid, each decision standing for as many audits as it had chances not to be drawn."""
    table = np.zeros((len(tables.rules.grades),) * 2)
    for stratum, some in held[held["is_seen"]].groupby(strata[held["is_seen"]]):
        table = table + _table(tables, some) * ((strata == stratum).sum() / len(some))
    return table


def _table(tables: Tables, held: DataFrame) -> NDArray[np.int64]:
    return counts(held["auditor"], held["panel"], grades=tables.rules.grades)
