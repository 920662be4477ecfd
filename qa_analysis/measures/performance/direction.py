"""Direction of travel: whether each figure has changed by more than its ordinary ups and downs, and since when."""

from collections.abc import Iterable, Iterator
from math import nan
from typing import Final

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.family import Family
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.performance.figures import (
    BY,
    SIGNALS,
    Charted,
    Names,
    charted,
    figures_of,
    variation_of,
)
from qa_analysis.measures.performance.lines import DATASET, Line, lines
from qa_analysis.measures.performance.own import own_lines
from qa_analysis.measures.performance.readings import Known
from qa_analysis.measures.populations import FIGURES_WATCHED
from qa_analysis.stats.direction.chance import expected_of
from qa_analysis.stats.direction.funnel import funnel

INDICATORS: Final = Names(
    "indicator_share", "indicator_value", "indicator_direction", "indicator_months", "indicator_pooling",
    "indicator_break",
)  # fmt: skip
OWN: Final = Names(
    "monthly_share", "monthly_value", "monthly_direction", "monthly_months", "monthly_pooling", "monthly_break"
)
WHOLE: Final = "whole"
PLACES: Final = "indicator, indicator+service_area, indicator+team"
ABOVE, BELOW, WITHIN, UNJUDGED = (
    "above the others",
    "below the others",
    "no clear difference",
    "too few cases to differ",
)
RANGE = "lower and upper are the limits of the usual range, not a 95% confidence interval"


def _measures(names: Names, of: Family, what: str, by: str) -> Iterator[Measure]:
    """The measures of one kind of line, each true of its name alone."""
    for name, unit, kind in ((names.share, "share", "a share"), (names.value, "value", "no share")):
        if name == OWN.value:
            continue  # all of the suite's own are shares
        yield Measure(
            name, f"{what.capitalize()}: {kind} by month", of, by=by, unit=unit,
            counts=f"{what} that is {kind}, of each of up to 24 months, beside its usual range; the verdict says "
            "whether the month lies within a signal and the note of which rule",
            limits=f"{RANGE}; the newest month is provisional; a share of under five cases takes no part; what is "
            "suppressed or was not supplied has no number",
        )  # fmt: skip
        yield Measure(
            f"{name}_centre", f"{what.capitalize()}: centre of the usual range ({kind})", of, by=by, unit=unit,
            counts=f"the centre of the usual range of {what} that is {kind}: of the first twelve months since the last "
            "break, or the median of fewer",
        )  # fmt: skip
        if of == family.INDICATORS:
            yield Measure(
                f"{name}_target", f"{what.capitalize()}: target ({kind})", of, by=by, unit=unit,
                counts=f"the newest target supplied for {what} that is {kind}; the verdict says whether the usual "
                "range lies wholly on its better side (consistently met), wholly on the other, or around it",
                limits="the council's target, none is invented; judged by the limits since the last break",
            )  # fmt: skip
    yield Measure(
        names.direction, f"{what.capitalize()}: signal", of, by=by, unit="months",
        counts=f"for how many months up to the newest the signal of {what} has held; the verdict is the signal, the "
        "method the chart that was chosen, and the note why",
        limits="no signal does not show that nothing changed; some signals are chance",
    )  # fmt: skip
    yield Measure(
        names.months, f"{what.capitalize()}: months with a figure", of, by=by, unit="months",
        counts=f"months with a figure of {what}; the note is what it is called and the verdict which way is better",
    )  # fmt: skip
    yield Measure(
        names.pooling, f"{what.capitalize()}: months to pool", of, by=by, unit="months",
        counts=f"how many months together could signal an improvement of {what}, where no single month could because "
        "so few cases lie so near the end of the scale; zero where two years could not either",
        limits="by the month's limits alone: runs and trends can still signal",
    )  # fmt: skip
    yield Measure(
        names.break_, f"{what.capitalize()}: breaks", of, by=by, unit="breaks",
        counts=f"changes in what {what} counts, each in the first month of another usual range; the note says what",
    )  # fmt: skip


@declares(
    *_measures(INDICATORS, family.INDICATORS, "an indicator", PLACES),
    Measure(
        "indicator_against_others",
        title="An indicator of one place beside the others",
        family=family.INDICATORS,
        counts="the newest share of a service or team, beside the range that chance alone seldom leaves at its own "
        "number of cases where it is as all the services or teams together are",
        by="indicator+service_area, indicator+team",
        limits="lower and upper are exact binomial limits, each passed once in 740; places look after different "
        "children and are not ranked; under three cases are not shown",
        unit="share",
    ),
    needs=(DATASET,),
)
def indicators(tables: Tables) -> list[Figure]:
    """Every indicator of the whole, of services and of teams, month by month, with its signal. One figure each."""
    every = _indicators(tables)
    return [
        *(figure for one in every for figure in figures_of(one, INDICATORS, month=tables.month)),
        *_beside_others(tables, every),
    ]


@declares(*_measures(OWN, family.DIRECTION, "an audit, action or supervision figure", BY))
def own_directions(tables: Tables) -> list[Figure]:
    """The suite's own shares month by month, with their signals, as indicators are told. One figure each."""
    return [figure for one in _own(tables) for figure in figures_of(one, OWN, month=tables.month)]


@declares(
    Measure(
        "signals",
        title="Figures with a signal",
        family=family.DIRECTION,
        counts="figures watched month by month whose newest month lies within a signal, of those that were judged: "
        "indicators and the suite's own as the whole, indicators by service and by team",
        by="level",
        unit="figures",
    ),
    Measure(
        "signals_by_chance",
        title="Figures with a signal by chance",
        family=family.DIRECTION,
        counts="how many of the figures judged would show a signal in the newest month if none had changed, by the "
        "rate at which their charts do so in simulation",
        by="level",
        limits="the largest rate simulated for each chart and number of months (docs/direction.md)",
        unit="figures",
    ),
)
def signals(tables: Tables) -> list[Figure]:
    """How many figures show a signal, and how many would by chance. Two figures per level there is."""
    every = [*_own(tables), *_indicators(tables)]
    return [figure for by in dict.fromkeys(one.line.by for one in every) for figure in _chance(tables, every, by)]


def of_the_whole(tables: Tables) -> list[Charted]:
    """The suite's own figures and the indicators of the whole, each charted. One per figure watched."""
    return [one for one in (*_own(tables), *_indicators(tables)) if not one.line.by]


@remembered  # the signals are counted of what was charted
def _indicators(tables: Tables) -> tuple[Charted, ...]:
    return tuple(charted(line, month=tables.month) for line in lines(tables))


@remembered
def _own(tables: Tables) -> tuple[Charted, ...]:
    return tuple(charted(line, month=tables.month) for line in own_lines(tables))


def _beside_others(tables: Tables, every: Iterable[Charted]) -> Iterator[Figure]:
    """The newest share of each service, and of each team, in the funnel of them all. One figure per place."""
    placed = [one.line for one in every if one.line.place and one.line.unit.kind == "share"]
    for code, by in dict.fromkeys((line.code, line.by) for line in placed):
        yield from _funnel(tables, [line for line in placed if (line.code, line.by) == (code, by)])


def _funnel(tables: Tables, held: list[Line]) -> Iterator[Figure]:
    """One indicator's places beside each other; nothing where fewer than two have a figure of the month."""
    known = [(line, reading) for line in held if isinstance(reading := line.readings.get(tables.month), Known)]
    if len(known) < 2:
        return
    found = funnel([one.numerator for _, one in known], [one.denominator for _, one in known])
    for (line, reading), row in zip(known, found.to_dict("records"), strict=True):
        yield Figure(
            measure="indicator_against_others", period=tables.month, population=line.population,
            by=(BY, *line.by), group=(line.code, *line.place), numerator=reading.numerator,
            denominator=reading.denominator, value=reading.value, lower=row["lower"], upper=row["upper"], unit="share",
            method="exact binomial limits",
        ).judged(_position(str(row["outside"]), bool(row["can_be_above"] or row["can_be_below"])))  # fmt: skip


def _position(outside: str, could_be: bool) -> str:
    return {"above": ABOVE, "below": BELOW}.get(outside, WITHIN if could_be else UNJUDGED)


def _chance(tables: Tables, every: Iterable[Charted], by: tuple[str, ...]) -> Iterator[Figure]:
    """The signals of one level, those found and those expected."""
    some = [one.travel for one in every if one.line.by == by and one.travel is not None]
    judged = [one for one in some if one.variation and one.limits.series.periods[-1] == tables.month]
    found = Figure(
        measure="signals", period=tables.month, population=FIGURES_WATCHED,
        by=("level",), group=(by[0] if by else WHOLE,),
        numerator=sum(variation_of(one, tables.month) in SIGNALS for one in judged), denominator=len(judged),
        unit="figures", method="count",
    )  # fmt: skip
    yield found.but(value=float(found.numerator))
    yield found.but(
        measure="signals_by_chance", numerator=nan, value=expected_of(judged), method="rate of series that never change"
    )
