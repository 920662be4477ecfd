"""How each auditor grades beside the panel, drawn towards all: to talk about, never to rank."""

from collections import Counter
from math import isnan, nan, sqrt
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, estimated
from qa_analysis.measures.moderation.agreement import of_route, pairs
from qa_analysis.measures.populations import random_third
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.pooling import Pooled, partial_pooling

CARD_FROM = 3  # random moderations of one auditor in the year: fewer say nothing about a person (docs/methods.md)
FULL_FROM = 10  # from here on the auditor's own counts are shown beside the drawn value
MILDER, STRICTER = (
    "grades more generously than most: worth a conversation",
    "grades less generously than most: worth a conversation",
)
AS_OTHERS = "no clear difference from the others with these cases"
FEW_CASES = "too few random moderations to say anything"
ALONE = "no other auditor has a random moderation to compare with"

COLUMNS: Final = (
    "auditor_id", "audits", "random_moderations", "upheld", "lowered", "raised", "shift", "lower", "upper", "said",
    "referred_moderations",
)  # fmt: skip


@declares(
    Measure(
        "auditor_spread",
        title="Spread between auditors",
        family=family.MODERATION,
        counts="how far auditors differ in how far the panel moves their grades, beyond chance: the standard "
        "deviation between auditors, random third of twelve cycles",
        limits="has no interval; no value where one auditor alone has random moderations; names and ranks nobody",
        unit="grades",
    ),
    Measure(
        "auditors",
        title="Auditors of the year",
        family=family.MODERATION,
        counts="people who did an audit of the last twelve cycles, whatever its route and whether moderated or not",
        limits="audits without a recorded auditor are not in it; the population is written as the random third, "
        "and everyone who audited is counted",
        unit="auditors",
    ),
    Measure(
        "auditors_with_a_card",
        title="Auditors with a card",
        family=family.MODERATION,
        counts="auditors of the last twelve cycles with at least three random moderations, enough for a card of "
        "their own",
        unit="auditors",
    ),
    needs=("moderations",),
)
def calibration(tables: Tables) -> list[Figure]:
    """How far auditors differ from one another, and how many rest on enough to be told. One figure each, no auditor."""
    held, fitted = cards(tables), pooled(tables)[1]
    labels = {"period": period_of(tables.rolling_cycles), "population": random_third(tables.rules)}
    enough = int((held["random_moderations"] >= CARD_FROM).sum())
    spread = Estimate(
        sqrt(fitted.between) if not isnan(fitted.between) else nan, nan, nan,
        int(held["random_moderations"].sum()), method="standard deviation between auditors", note=fitted.note,
    )  # fmt: skip
    return [
        estimated("auditor_spread", spread, unit="grades", **labels),
        count("auditors", len(held), unit="auditors", **labels),
        count("auditors_with_a_card", enough, unit="auditors", **labels),
    ]


def cards(tables: Tables) -> DataFrame:
    """What may be said to each auditor of the year. One row per auditor, in the order of their identifiers.

    `shift` is by how many grades the panel lowers the auditor's grades, drawn towards all auditors, with its 95%
    limits; blank where there are under three random moderations. `upheld`, `lowered` and `raised` are blank under ten.
    """
    sample, fitted = pooled(tables)
    audits = audits_of_year(tables)[["auditor_id"]].dropna()
    others = pairs(tables, tables.rolling_cycles)
    others = others[others["route"] != tables.rules.moderation_random_route]
    drawn = dict(zip(sample, fitted.groups, strict=True))
    done, referred = (Counter(records["auditor_id"]) for records in (audits, others))
    rows = [
        _card(auditor, done[auditor], sample.get(auditor, []), drawn.get(auditor), fitted)
        | {"referred_moderations": referred[auditor]}
        for auditor in sorted(map(str, done))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def grade_mix(tables: Tables) -> DataFrame:
    """How many audits of the year each auditor gave each grade. One row per auditor, one column per grade."""
    audits = audits_of_year(tables)
    graded = audits[audits["overall_grade"].isin(tables.rules.grades)]
    counted: DataFrame = pd.crosstab(graded["auditor_id"], graded["overall_grade"])
    return counted.reindex(columns=list(tables.rules.grades), fill_value=0)


@remembered  # the figures and the cards ask for the same
def pooled(tables: Tables) -> tuple[dict[str, list[float]], Pooled]:
    """The panel's moves of each auditor's grades drawn at random over the year, and the auditors drawn together."""
    both = of_route(pairs(tables, tables.rolling_cycles), tables, random_only=True)
    known = both.dropna(subset="auditor_id").sort_values("auditor_id", kind="stable")
    sizes = known.groupby("auditor_id").size()
    each = np.split(known["steps"].to_numpy(dtype=float), np.cumsum(sizes)[:-1]) if len(sizes) else []
    moves = {str(auditor): steps.tolist() for auditor, steps in zip(sizes.index, each, strict=True)}
    return moves, partial_pooling(list(moves.values()))


def _card(auditor: str, audits: int, moves: list[float], drawn: Estimate | None, fitted: Pooled) -> dict[str, object]:
    """One auditor's row, with no more in it than its cases bear."""
    n = len(moves)
    is_told = drawn is not None and n >= CARD_FROM
    own = {
        "upheld": sum(step == 0 for step in moves), "lowered": sum(step > 0 for step in moves),
        "raised": sum(step < 0 for step in moves),
    } if n >= FULL_FROM else dict.fromkeys(("upheld", "lowered", "raised"))  # fmt: skip
    value, lower, upper = (drawn.value, drawn.lower, drawn.upper) if drawn and is_told else (nan, nan, nan)
    said = _said(lower, upper, fitted) if is_told else FEW_CASES
    return {
        "auditor_id": auditor, "audits": audits, "random_moderations": n, **own,
        "shift": value, "lower": lower, "upper": upper, "said": said,
    }  # fmt: skip


def _said(lower: float, upper: float, fitted: Pooled) -> str:
    """What may be said of one auditor: a difference only where the whole interval lies on one side of all auditors."""
    if isnan(lower):
        return ALONE
    if fitted.note or not (fitted.mean < lower or upper < fitted.mean):
        return AS_OTHERS
    return MILDER if lower > fitted.mean else STRICTER
