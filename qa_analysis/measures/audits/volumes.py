"""How much was audited, by which route, and where."""

from collections.abc import Sequence

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import Flags, is_headline, is_of_cycles, remembered
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by
from qa_analysis.measures.populations import EVERY_ROUTE, HEADLINE


@remembered
def cycle_audits(tables: Tables, *, month: str | None = None) -> DataFrame:
    """The audits of one cycle, every route. One row per audit."""
    return audits_of(tables, (month or tables.month,))


def audits_of(tables: Tables, cycles: tuple[str, ...], *, columns: Sequence[str] = ()) -> DataFrame:
    """The audits of some cycles, every route. One row per audit, with every column or the ones asked for."""
    audits = tables.audits[list(columns)] if columns else tables.audits
    chosen: DataFrame = audits[is_of_cycles(tables, cycles)]
    return chosen


@remembered
def audits_of_year(tables: Tables) -> DataFrame:
    """The audits of the last twelve cycles, every route. One row per audit."""
    return audits_of(tables, tables.rolling_cycles)


def headline_audits(
    tables: Tables, *, months: tuple[str, ...] | None = None, columns: Sequence[str] = ()
) -> DataFrame:  # fmt: skip
    """The audits that headline results rest on, of the cycle or of some cycles (or of none). One row per audit.

    With every column, or the ones asked for: an audit has fifty, and a year of many councils half a million rows.
    """
    audits = tables.audits[list(columns)] if columns else tables.audits
    chosen: DataFrame = audits[is_of_headline(tables, months=months)]
    return chosen


def is_of_headline(tables: Tables, *, months: tuple[str, ...] | None = None) -> Flags:
    """Whether each audit is one that headline results rest on, of the cycle or of some cycles. One answer per audit."""
    return is_of_cycles(tables, (tables.month,) if months is None else months) & is_headline(tables)


@declares(
    Measure(
        "audits_completed",
        title="Audits completed",
        family=family.AUDITS,
        counts="audits of the cycle done by the as-at date, every route",
        by="route, service_area, team, theme_code, auditor_role",
        limits="the earlier cycles of the year have figures by service and by team alone",
        unit="audits",
    ),
    Measure(
        "audits_headline",
        title="Headline audits",
        family=family.AUDITS,
        counts="audits of the cycle done by the as-at date that were selected at random or are revisits, the "
        "routes that headline results rest on",
        limits="audits of other routes are not in it",
        unit="audits",
    ),
)
def volumes(tables: Tables) -> list[Figure]:
    """Audits completed in the cycle: all, headline, by route, service and team. One figure per group."""
    audits = cycle_audits(tables)
    every = {"period": tables.month, "population": EVERY_ROUTE, "unit": "audits"}
    return [
        count("audits_completed", len(audits), **every),
        count("audits_headline", len(headline_audits(tables)), **(every | {"population": HEADLINE})),
        *counts_by(audits, "selection_route", "audits_completed", by="route", **every),
        *counts_by(audits, "service_area", "audits_completed", **every),
        *counts_by(audits, "team", "audits_completed", **every),
        *counts_by(audits, "theme_code", "audits_completed", **every),
        *counts_by(audits, "auditor_role", "audits_completed", **every),
    ]


@declares(
    Measure(
        "audits_planned",
        title="Audits planned",
        family=family.AUDITS,
        counts="audits that the audit plan asked for in the cycle, all audit themes together",
        limits="only where the plan supplied gives numbers for the cycle",
        unit="audits",
    ),
)
def planned(tables: Tables) -> list[Figure]:
    """Audits the plan asked for in the cycle. One figure, or none where no plan was supplied for it."""
    plan = tables.optional("audit_plan")
    if plan is None or not (of_month := plan[plan["cycle_month"] == tables.month])["planned_audits"].notna().any():
        return []
    total = int(of_month["planned_audits"].sum())
    return [count("audits_planned", total, period=tables.month, population=EVERY_ROUTE, unit="audits")]
