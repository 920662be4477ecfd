"""How common each strength and each area for development is: over the year, cycle by cycle, by service and by grade."""

from collections.abc import Callable

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, labelled, share
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.measures.themes.course import CYCLES_BEFORE
from qa_analysis.measures.themes.findings import headline_findings
from qa_analysis.measures.themes.in_audits import (
    POLARITIES,
    Found,
    audit_themes,
    cycles_back,
    cycles_then,
    found,
    in_order,
)

SEEN_OFTEN, SEEN_SHARE = 3, 0.2  # audits of a team, and of them the share: more than one worker's good day


@declares(
    Measure(
        "theme_prevalence",
        title="Audits with a theme",
        family=family.FINDINGS,
        counts="headline audits in which a theme was found at least once, of all headline audits, strengths and "
        "areas for development apart, for each of the twelve cycles and every period that is compared",
        by="theme_code+polarity, service_area+theme_code+polarity, grade+theme_code+polarity, team+theme_code+polarity",
        limits="findings without a code are not in it, so shares are a little too low; by grade over twelve cycles "
        "alone, by service and team over those to the end of a quarter; by team only strengths to learn from, which "
        "rank nobody",
        unit="share",
    ),
    Measure(
        "findings_coded",
        title="Findings with a code",
        family=family.FINDINGS,
        counts="findings of headline audits that auditors gave a theme's code, of all their findings, for the "
        "month and for twelve cycles",
        limits="codes that were suggested do not count",
        unit="share",
    ),
    needs=("findings",),
)
def theme_prevalence(tables: Tables) -> list[Figure]:
    """The share of headline audits with each theme, in every period that a sentence compares, and the share coded."""
    held = {polarity: found(tables, polarity, _looked_at(tables)) for polarity in POLARITIES}
    return [
        *(
            row
            for months in _periods(tables)
            for polarity in POLARITIES
            for row in over(tables, held, months, polarity)
        ),
        *(row for polarity in POLARITIES for by in ("service_area", "grade") for row in places(tables, polarity, by)),
        *teams_to_learn_from(tables),
        *coded(tables),
    ]


def over(tables: Tables, held: dict[str, Found], months: tuple[str, ...], polarity: str) -> list[Figure]:
    """The share of some cycles' audits with each theme. One figure per theme that any cycle looked at has."""
    audits, themes = held[polarity].over(months)
    return [
        share(
            "theme_prevalence", tally, audits, period=period_of(months), population=HEADLINE,
            by=("theme_code", "polarity"), group=(code, polarity), few=tables.rules.percentage_from,
        )
        for code, tally in themes.items()
        if audits
    ]  # fmt: skip


def places(
    tables: Tables, polarity: str, by: str, *, is_told: Callable[[int, int], bool] = lambda tally, audits: True
) -> list[Figure]:  # fmt: skip
    """The year's share of each service's (or each grade's) audits with each theme. One figure per pair that occurs.

    `is_told` says of the audits with a theme, and of all audits of the place, whether there is to be a figure.
    """
    column = "overall_grade" if by == "grade" else by
    cycles = tables.rolling_cycles if by == "grade" else tables.place_cycles
    audits = headline_audits(tables, months=cycles, columns=("audit_id", column))
    audits = audits[["audit_id"]].assign(place=labelled(audits[column]))
    sizes = audits.groupby("place").size()
    counts = audit_themes(tables, audits, polarity).groupby(["place", "theme_code"]).size()
    tallies, codes = counts.to_dict(), in_order(counts.index.get_level_values("theme_code").unique(), tables.rules)
    return [
        share(
            "theme_prevalence", int(tallies[place, code]), int(size), period=period_of(cycles),
            population=HEADLINE, by=(by, "theme_code", "polarity"), group=(str(place), code, polarity),
            few=tables.rules.percentage_from,
        )
        for place, size in sizes.items()
        for code in codes
        if (place, code) in tallies and is_told(tallies[place, code], size)
    ]  # fmt: skip


def teams_to_learn_from(tables: Tables) -> list[Figure]:
    """The year's strengths of each team that has five headline audits, seen in three of them and in one of five.

    One figure per team and strength. It says where good practice may be looked at, and ranks nobody.
    """
    few = tables.rules.percentage_from
    return places(
        tables, "strength", "team",
        is_told=lambda tally, audits: audits >= few and tally >= max(SEEN_OFTEN, SEEN_SHARE * audits),
    )  # fmt: skip


def coded(tables: Tables) -> list[Figure]:
    """The share of findings that carry a code, now and over the year: a theme is counted only where it was coded."""
    return [
        share(
            "findings_coded", int(codes.notna().sum()), len(codes), period=period_of(months), population=HEADLINE,
            few=tables.rules.percentage_from,
        )
        for months in ((tables.month,), tables.rolling_cycles)
        for codes in [headline_findings(tables, months=months, columns=("theme_code",))["theme_code"]]
    ]  # fmt: skip


def _looked_at(tables: Tables) -> tuple[str, ...]:
    """Every cycle that a comparison reaches back to."""
    return cycles_back(tables, CYCLES_BEFORE + POOLED_CYCLES)


def _periods(tables: Tables) -> list[tuple[str, ...]]:
    """The year, each of its cycles, the quarter, the quarter six months before, and the twelve cycles before it.

    Each once, and none without a cycle: of a council that has just begun some are the same, and some are empty.
    """
    periods = [
        tables.rolling_cycles,
        *((cycle,) for cycle in tables.rolling_cycles),
        cycles_back(tables, POOLED_CYCLES),
        cycles_then(tables, POOLED_CYCLES),
        cycles_back(tables, CYCLES_BEFORE, back=POOLED_CYCLES),
    ]
    return list(dict.fromkeys(filter(None, periods)))
