"""Whether the panel would have graded as the auditors did."""

import math
from math import nan
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import Flags, coded, is_among, is_of_cycles, records_of, remembered, with_audits
from qa_analysis.measures.audits.volumes import cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW, Figure, count, counts_by, estimated, labelled, share
from qa_analysis.measures.grades.grades import NO_GRADE, areas, places_on_scale
from qa_analysis.measures.moderation.panel_direction import optimism
from qa_analysis.measures.populations import EVERY_ROUTE, MODERATION_ROUTES, all_routes, random_third
from qa_analysis.stats.agreement import cohen_kappa, counts, exact, gwet_ac, within_one

OF_DECISION = ("audit_id", "route", "moderated_on", "was_blind")
OF_AUDIT = ("cycle_month", "selection_route", "service_area", "team", "theme_code", "auditor_role", "auditor_id")
MOVE: Final = ("route", "auditor", "panel")  # what a move of a grade is told by


@declares(
    Measure(
        "moderation_required",
        title="Moderations required",
        family=family.MODERATION,
        counts="a third of the cycle's audits of every route, rounded up",
        unit="audits",
    ),
    Measure(
        "moderation_done",
        title="Moderations done",
        family=family.MODERATION,
        counts="panel decisions made by the as-at date on audits of the cycle",
        by="route",
        limits="an audit on which the panel decided twice counts twice",
        unit="decisions",
    ),
    Measure(
        "moderation_lowered",
        title="Grades lowered",
        family=family.MODERATION,
        counts="grades that the panel made worse than the auditor's, of those that auditor and panel both gave "
        "on the four-grade scale, in the month (every route) and in twelve cycles; for all routes "
        "weighted, of all audits",
        by="key_area, service_area, auditor_role, was_blind, era",
        limits="all routes together hold disputed and referred audits, so the random third and the weighted "
        "figure alone speak for all audits; by service, auditor's role, blind or not and era for the "
        "random third alone",
        unit="share",
    ),
    Measure(
        "moderation_unchanged",
        title="Grades left unchanged",
        family=family.MODERATION,
        counts="grades that the panel left as the auditor gave them, of those that auditor and panel both gave "
        "on the four-grade scale, in the month (every route) and in twelve cycles; for all routes "
        "weighted, of all audits",
        by="key_area, service_area, auditor_role, was_blind, era",
        limits="all routes together hold disputed and referred audits, so the random third and the weighted "
        "figure alone speak for all audits; by service, auditor's role, blind or not and era for the "
        "random third alone",
        unit="share",
    ),
    Measure(
        "moderation_raised",
        title="Grades raised",
        family=family.MODERATION,
        counts="grades that the panel made better than the auditor's, of those that auditor and panel both gave "
        "on the four-grade scale, in the month (every route) and in twelve cycles; for all routes "
        "weighted, of all audits",
        by="key_area, service_area, auditor_role, was_blind, era",
        limits="all routes together hold disputed and referred audits, so the random third and the weighted "
        "figure alone speak for all audits; by service, auditor's role, blind or not and era for the "
        "random third alone",
        unit="share",
    ),
    Measure(
        "moderation_crossed_good",
        title="Decisions across the Good line",
        family=family.MODERATION,
        counts="panel decisions on the cycle's audits whose overall grade is good or better where the auditor's "
        "was below, or the other way round",
        limits="every route, so it says nothing of how all grades would fare",
        unit="decisions",
    ),
    Measure(
        "moderation_moved_two",
        title="Grades moved by two or more",
        family=family.MODERATION,
        counts="panel decisions on the cycle's audits that moved the overall grade by two grades or more; by key "
        "area, those that moved that area's grade so far",
        by="route+auditor+panel, key_area",
        limits="listed by the audit's route and the two grades, never by audit; every route, so it says nothing "
        "of how all grades would fare",
        unit="decisions",
    ),
    Measure(
        "agreement_exact",
        title="Grades upheld",
        family=family.MODERATION,
        counts="grades that the panel left as the auditor gave them, of those it moderated, in the month (random "
        "third, referred) and in twelve cycles; for the whole month and for all routes weighted, of all "
        "audits, calculated from the referred ones and the random third",
        by="key_area, service_area, auditor_role, was_blind, era",
        limits="all routes together hold disputed and referred audits, so the random third and the weighted "
        "figure alone speak for all audits; by service, auditor's role, blind or not and era for the "
        "random third alone; an upper bound where the panel saw the auditor's grade",
        unit="share",
    ),
    Measure(
        "agreement_within_one",
        title="Grades changed by at most one",
        family=family.MODERATION,
        counts="grades that the panel left or changed by one grade, of those it moderated in twelve cycles",
        by="key_area",
        limits="a move of one grade across the Good line counts as agreement; all routes together hold disputed "
        "and referred audits",
        unit="share",
    ),
    Measure(
        "gwet_ac1",
        title="Gwet's AC1",
        family=family.MODERATION,
        counts="agreement of auditor and panel beyond chance on a scale up to 1, each grade either the same or "
        "not, in the month and in twelve cycles",
        by="key_area",
        limits="under ten pairs of grades are too few to say; an upper bound where the panel saw the auditor's grade",
        unit="coefficient",
    ),
    Measure(
        "gwet_ac2_linear",
        title="Gwet's AC2, linear weights",
        family=family.MODERATION,
        counts="agreement of auditor and panel beyond chance on a scale up to 1, a difference of one grade "
        "counted as partial agreement and larger ones as less, in the month (random third) and in twelve "
        "cycles",
        by="key_area",
        limits="under ten pairs of grades are too few to say; an upper bound where the panel saw the auditor's grade",
        unit="coefficient",
    ),
    Measure(
        "kappa_linear",
        title="Cohen's kappa, linear weights",
        family=family.MODERATION,
        counts="agreement of auditor and panel beyond chance in twelve cycles by the older convention, a "
        "difference of one grade counted as partial agreement; for the appendix",
        by="key_area",
        limits="falls to zero where nearly all grades are the same, however often the two agree; under ten pairs of "
        "grades are too few to say",
        unit="coefficient",
    ),
    Measure(
        "kappa_quadratic",
        title="Cohen's kappa, quadratic weights",
        family=family.MODERATION,
        counts="agreement of auditor and panel beyond chance in twelve cycles by the older convention, a "
        "difference of one grade counted as nearly full agreement; for the appendix",
        by="key_area",
        limits="forgives moves of one grade across the Good line; falls to zero where nearly all grades are "
        "the same, however often the two agree; under ten pairs of grades are too few to say",
        unit="coefficient",
    ),
    Measure(
        "moderation_optimism",
        title="Lowered, of the grades changed",
        family=family.MODERATION,
        counts="grades that the panel lowered, of those it changed in twelve cycles; a half is no direction",
        by="key_area, service_area, auditor_role, was_blind, era",
        limits="under five changes are too few to say; by service, auditor's role, blind or not and era for the "
        "random third alone",
        unit="share",
    ),
    Measure(
        "moderation_mean_steps",
        title="Grades moved on average, downwards counted as plus",
        family=family.MODERATION,
        counts="by how many grades the panel moved a grade on average in twelve cycles, downwards counted as "
        "plus, upwards as minus and unchanged as zero",
        by="key_area, service_area, auditor_role, was_blind, era",
        limits="treats the grades as evenly spaced; by service, auditor's role, blind or not and era for the "
        "random third alone",
        unit="grades",
    ),
    Measure(
        "moderation_direction",
        title="Direction of changes, as a p-value",
        family=family.MODERATION,
        counts="the p-value of the sign test of grades lowered against grades raised in twelve cycles; the note "
        "says whether the panel lowers more than it raises",
        by="key_area, service_area, auditor_role, was_blind, era",
        limits="under five changes are too few to say; a move of two grades counts once; by service, auditor's "
        "role, blind or not and era for the random third alone",
        unit="p-value",
    ),
    Measure(
        "moderation_pairs",
        title="Decisions by the auditor's grade and the panel's",
        family=family.MODERATION,
        counts="panel decisions of twelve cycles with each pair of the auditor's grade and the panel's",
        by="auditor+panel, key_area+auditor+panel",
        limits="all routes together hold disputed and referred audits",
        unit="decisions",
    ),
    needs=("moderations",),
)
def moderation(tables: Tables) -> list[Figure]:
    """The moderation asked for and done, agreement over the year, and which way the panel moved grades."""
    return [
        *required_and_done(tables),
        *_month(tables),
        *agreement(tables, random_third(tables.rules), random_only=True),
        *agreement(tables, all_routes(tables.rules), random_only=False),
    ]


def required_and_done(tables: Tables) -> list[Figure]:
    """A third of the cycle's audits, rounded up, beside the panel's decisions on that cycle by route."""
    audits = cycle_audits(tables)
    decisions = tables.moderations[tables.moderations["audit_id"].isin(audits["audit_id"])]
    labels = {"period": tables.month, "population": EVERY_ROUTE}
    required = math.ceil(len(audits) * tables.rules.moderation_share)
    return [
        count("moderation_required", required, unit="audits", **labels),
        count("moderation_done", len(decisions), unit="decisions", **labels),
        *counts_by(decisions, "route", "moderation_done", groups=MODERATION_ROUTES, unit="decisions", **labels),
    ]


def pairs(tables: Tables, months: tuple[str, ...], column: str = "overall_grade") -> DataFrame:
    """Panel decisions on audits of some cycles with both grades on the scale.

    One row per decision: audit_id, route, moderated_on, auditor, panel, steps (positive where the panel is lower), and
    what the decision may be grouped by.
    """
    every = _decided(tables, months)
    panel, auditor = (places_on_scale(coded(every, f"{column}_{side}"), tables.rules) for side in ("panel", "auditor"))
    are_both = (panel != NO_GRADE) & (auditor != NO_GRADE)
    both = every[[*OF_DECISION, f"{column}_panel", *OF_AUDIT, f"{column}_auditor"]][are_both]
    both = both.rename(columns={f"{column}_panel": "panel", f"{column}_auditor": "auditor"})
    paired: DataFrame = both.assign(steps=(panel - auditor)[are_both].astype("int64"))
    return paired


@remembered
def _decided(tables: Tables, months: tuple[str, ...]) -> DataFrame:
    """Panel decisions on audits of some cycles, with every grade of both. One row per decision."""
    columns = list(areas(tables.rules).values())
    grades = {name: f"{name}_panel" for name in columns}
    is_asked = is_of_cycles(tables, months)
    decisions = records_of(tables, "moderations", is_asked, columns=(*OF_DECISION, *columns))
    return with_audits(tables, decisions.rename(columns=grades), {**dict.fromkeys(OF_AUDIT), **{
        name: f"{name}_auditor" for name in columns
    }})  # fmt: skip


def agreement(tables: Tables, population: str, *, random_only: bool) -> list[Figure]:
    """Agreement and direction over the year, overall and by key area. One figure per question and area."""
    return [
        row.but(by=by + row.by, group=group + row.group)  # a figure's own dimensions come after the area's
        for (by, group), column in areas(tables.rules).items()
        for row in _agreement(
            tables, of_route(pairs(tables, tables.rolling_cycles, column), tables, random_only), population
        )
    ]


def _agreement(tables: Tables, both: DataFrame, population: str) -> list[Figure]:
    """Every agreement figure of one set of pairs."""
    table = counts(both["auditor"], both["panel"], grades=tables.rules.grades)
    labels = {"period": period_of(tables.rolling_cycles), "population": population}
    estimates = {
        "agreement_exact": exact(table),
        "agreement_within_one": within_one(table),
        "gwet_ac1": gwet_ac(table),
        "gwet_ac2_linear": gwet_ac(table, weights="linear"),
        "kappa_linear": cohen_kappa(table, weights="linear"),
        "kappa_quadratic": cohen_kappa(table, weights="quadratic"),
    }
    shares = {"agreement_exact": _upheld(both), "agreement_within_one": int((both["steps"].abs() <= 1).sum())}
    figures = [
        estimated(name, estimate, unit="share" if name in shares else "coefficient", **labels).but(
            numerator=shares.get(name, nan)
        )
        for name, estimate in estimates.items()
    ]
    return [
        *(of_pairs(figure, figure.denominator, tables.rules) for figure in figures),
        *directions(both, few=tables.rules.percentage_from, **labels),
        *optimism(table, **labels),
        *(
            count("moderation_pairs", tally, unit="decisions", by=("auditor", "panel"), group=pair, **labels)
            for pair, tally in _grid(tables, table).items()
        ),
    ]


def _month(tables: Tables) -> list[Figure]:
    """Which way the panel moved the month's grades, every route; how many crossed the Good line or moved two grades."""
    both = pairs(tables, (tables.month,))
    good = {side: both[side].isin(tables.rules.good_grades) for side in ("auditor", "panel")}
    labels = {"period": tables.month, "population": EVERY_ROUTE}
    return [
        *directions(both, few=tables.rules.percentage_from, **labels),
        count("moderation_crossed_good", int((good["auditor"] != good["panel"]).sum()), unit="decisions", **labels),
        *moved_two(tables, both, labels),
    ]


def moved_two(tables: Tables, both: DataFrame, labels: dict[str, str]) -> list[Figure]:
    """The month's moves of two grades or more: all, by audit route and grades, and by key area. One figure a group."""
    far = both[both["steps"].abs() >= 2]
    moves = far.groupby([labelled(far["selection_route"]), "auditor", "panel"]).size()
    areas = {
        area: pairs(tables, (tables.month,), column)["steps"].abs() >= 2
        for area, column in tables.rules.grade_columns.items()
    }
    return [
        count("moderation_moved_two", len(far), unit="decisions", **labels),
        *(
            count("moderation_moved_two", int(tally), unit="decisions", by=MOVE, group=move, **labels)
            for move, tally in zip(moves.index, moves, strict=True)
        ),
        *(
            count("moderation_moved_two", int(moved.sum()), unit="decisions", by="key_area", group=area, **labels)
            for area, moved in areas.items()
        ),
    ]


def _grid(tables: Tables, table: NDArray[np.int64]) -> dict[tuple[str, str], int]:
    """The four-by-four grid of auditor's and panel's grades."""
    grades = tables.rules.grades
    return {(a, p): int(table[i, j]) for i, a in enumerate(grades) for j, p in enumerate(grades)}


def directions(both: DataFrame, *, period: str, population: str, few: int, **labels: str) -> list[Figure]:
    """How many grades the panel lowered, left and raised."""
    tallies = {
        "moderation_lowered": int((both["steps"] > 0).sum()),
        "moderation_unchanged": _upheld(both),
        "moderation_raised": int((both["steps"] < 0).sum()),
    }
    return [
        share(measure, tally, len(both), period=period, population=population, few=few, **labels)
        for measure, tally in tallies.items()
    ]


def of_pairs(figure: Figure, pairs: float, rules: Rules) -> Figure:
    """The figure, judged where too few pairs bear it: under five for a share, under ten for a coefficient.

    Why it cannot be worked out at all is said before that.
    """
    enough = rules.percentage_from if figure.unit == "share" else rules.verdict_from
    return figure if pairs >= enough else figure.but(verdict=TOO_FEW, note=figure.note or TOO_FEW)


def _upheld(both: DataFrame) -> int:
    return int((both["steps"] == 0).sum())


def is_random(tables: Tables) -> Flags:
    """Whether the panel came to each decision at random. One answer per decision."""
    return is_among(tables.moderations, "route", (tables.rules.moderation_random_route,))


def of_route(both: DataFrame, tables: Tables, random_only: bool) -> DataFrame:
    """Only the pairs drawn at random, or all. One row per decision."""
    return both[both["route"] == tables.rules.moderation_random_route] if random_only else both
