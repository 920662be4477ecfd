"""How far the panel would uphold all grades: those referred to it, those drawn at random, and all of them together."""

from typing import NamedTuple

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
    are_named,
    coded,
    flagged,
    is_headline,
    is_of_cycles,
    known_in_audits,
    numbers_of,
    remembered,
)
from qa_analysis.measures.declared import declares
from qa_analysis.measures.figure import Figure, estimated, share
from qa_analysis.measures.grades.grades import NO_GRADE, places_on_scale
from qa_analysis.measures.moderation.agreement import is_random, of_pairs
from qa_analysis.measures.populations import CONCERN_ROUTE, REFERRED, WHOLE_MONTH, all_routes_weighted
from qa_analysis.stats.agreement import carried_ac1, counts, gwet_ac, whole_month, whole_month_ac1
from qa_analysis.stats.estimate import Estimate, Floats
from qa_analysis.stats.panel import stratified

# No other column is carried along: an audit has ninety, and this is asked for every area and window.
OF_AUDIT = ("audit_id", "cycle_month", "selection_route", "is_disputed", "is_immediate_concern")


def looked_at(tables: Tables, months: tuple[str, ...], column: str = "overall_grade") -> DataFrame:
    """The audits of some cycles with the auditor's grade on the scale, and the panel's where it looked.

    One row per audit: auditor, panel (the newest decision), is_drawn (at random), is_referred (disputed, or brought by
    another route), is_seen. An audit that is both drawn and referred is referred: had it not been drawn it would have
    come all the same.
    """
    is_asked = is_of_cycles(tables, months) & (_places(tables, column) != NO_GRADE)
    audits, numbers = tables.audits[[*OF_AUDIT, column]][is_asked], numbers_of(tables, "audits")[is_asked]
    newest, is_drawn = _of_panel(tables, column)
    grades = np.array([*tables.rules.grades, np.nan], dtype=object)  # the last stands for NO_GRADE
    panel = Series(grades[newest[numbers]], index=audits.index, dtype="str")
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
    auditor, (panel, is_drawn) = _places(tables, column), _of_panel(tables, column)
    is_asked = is_of_cycles(tables, months) & is_headline(tables) & (auditor != NO_GRADE)
    numbers = numbers_of(tables, "audits")[is_asked]
    said = panel[numbers]
    return Graded(
        auditor[is_asked],
        said != NO_GRADE,
        (said != NO_GRADE) & (said < len(tables.rules.good_grades)),
        is_drawn[numbers],
        _is_referred(tables)[is_asked],
        len(tables.rules.grades),
    )


@remembered
def _places(tables: Tables, column: str) -> Codes:
    """The place on the scale of each audit's grade, NO_GRADE where it has none on it. One value per audit."""
    return places_on_scale(coded(tables.audits, column), tables.rules)


@remembered
def _of_panel(tables: Tables, column: str) -> tuple[Codes, Flags]:
    """The same of the newest grade that the panel gave, and whether it gave one at random. One value per number."""
    chosen = _newest_last(tables)
    numbers = numbers_of(tables, "moderations")
    given = places_on_scale(coded(tables.moderations, column), tables.rules)[chosen]
    is_graded = given != NO_GRADE
    newest = np.full(len(known_in_audits(tables)) + 1, NO_GRADE)
    newest[numbers[chosen][is_graded]] = given[is_graded]  # of several for one audit the last stays
    return newest, flagged(tables, numbers[chosen][is_graded & is_random(tables)[chosen]])


@remembered
def _newest_last(tables: Tables) -> Numbers:
    """Where the panel's decisions on audits that are there stand, of several on one audit the newest last."""
    numbers = numbers_of(tables, "moderations")
    chosen = np.flatnonzero(numbers != NO_AUDIT)
    is_of_several = Series(numbers[chosen]).duplicated(keep=False).to_numpy()
    several = chosen[is_of_several]
    days = tables.moderations[["moderated_on", "moderation_id"]].iloc[several].reset_index(drop=True)
    return np.append(chosen[~is_of_several], several[days.sort_values(["moderated_on", "moderation_id"]).index])


@remembered
def _is_referred(tables: Tables) -> Flags:
    """Whether an audit comes before the panel whatever the draw. One value per audit.

    Disputed audits do; so do immediate concerns where the council sends them; and any audit of another route.
    """
    audits, decisions = tables.audits, tables.moderations
    is_other = ~is_random(tables)
    are_concerns_sent = bool((decisions.loc[is_other, "route"] == CONCERN_ROUTE).any())
    concern = audits["is_immediate_concern"].fillna(False).astype(bool) & are_concerns_sent
    others = are_named(tables, "moderations", is_other)
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
    panel, auditor = (pd.Index(tables.rules.grades).get_indexer(pd.Index(held[who])) for who in ("panel", "auditor"))
    steps = Series(panel.astype("int64") - auditor, index=held.index)
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
