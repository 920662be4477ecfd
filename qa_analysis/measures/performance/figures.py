"""A line charted and written down as figures: months, centre, signal, target, and what the chart cannot show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan, nan
from typing import Final

import numpy as np

from qa_analysis.dates import months_up_to, period_of
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.measures.performance.lines import Line
from qa_analysis.measures.performance.readings import Known, Unknown
from qa_analysis.stats.control_charts import COMMON, RUN
from qa_analysis.stats.direction.choosing import Chart
from qa_analysis.stats.direction.series import Series
from qa_analysis.stats.direction.silence import Silent, cannot_show_improvement
from qa_analysis.stats.direction.travel import Travel, classify, compute

MONTHS_SHOWN: Final = 24
BY: Final = "indicator"
NO_SIGNAL: Final = "no signal"
NOT_THIS_MONTH: Final = "no figure this month"
TOO_SHORT: Final = "too few months to say"
VARIATION: Final[Mapping[str, str]] = {
    "improvement": "improving", "concern": "getting worse", "neutral_high": "higher than usual",
    "neutral_low": "lower than usual", "common_cause": NO_SIGNAL, "": TOO_SHORT,
}  # fmt: skip
SIGNALS: Final = ("improving", "getting worse", "higher than usual", "lower than usual")
ASSURANCE: Final[Mapping[str, str]] = {
    "consistent_pass": "consistently met", "consistent_fail": "consistently missed",
    "inconsistent": "met in some months", "": "not judged",
}  # fmt: skip
CANNOT: Final = "cannot show an improvement"
PROVISIONAL: Final = "provisional"
CAUSES: Final[Mapping[str, str]] = {
    "Above UCL": "above the upper limit",
    "Below LCL": "below the lower limit",
    f"{RUN} Point Trend (Increasing)": "one of seven months rising",
    f"{RUN} Point Trend (Decreasing)": "one of seven months falling",
    "2 in 3 Above CL": "one of two in three months near the upper limit",
    "2 in 3 Below CL": "one of two in three months near the lower limit",
    f"{RUN} Points Above CL": "one of seven months above the centre",
    f"{RUN} Points Below CL": "one of seven months below the centre",
    "Long Run Above Median": "one of a long run above the median",
    "Long Run Below Median": "one of a long run below the median",
    "Few Crossings, Above Median": "above the median, which is seldom crossed",
    "Few Crossings, Below Median": "below the median, which is seldom crossed",
}


@dataclass(frozen=True)
class Names:
    """What the figures of a kind of line are called."""

    share: str
    value: str
    direction: str
    months: str
    pooling: str
    break_: str


@dataclass(frozen=True, eq=False)
class Charted:
    """A line with its direction of travel; `travel` is None where no month of it has a figure."""

    line: Line
    travel: Travel | None

    @property
    def is_share(self) -> bool:
        """Whether its figures are shares."""
        return self.line.unit.kind == "share"


def charted(line: Line, *, month: str) -> Charted:
    """The line's direction of travel up to a month, whose figure is provisional."""
    points = {
        period: line.unit.point(reading) for period, reading in line.readings.items() if isinstance(reading, Known)
    }
    if not points:
        return Charted(line, None)
    series = Series(points, line.unit.kind, tuple(line.breaks), provisional=(month,), per_worker=line.per_worker)
    return Charted(line, classify(compute(series), better=line.better, target=line.target))


def figures_of(one: Charted, names: Names, *, month: str) -> Iterator[Figure]:
    """Everything that is told of a line. One figure per month, centre, break, signal, target and gap."""
    yield from _by_month(one, names, month)
    yield _about(one, names, month)
    if one.travel is None:
        return
    yield _direction(one, names, one.travel, month)
    if one.line.target is not None:
        yield _figure(one, f"{_measure(one, names)}_target", month, value=one.line.target, unit=_unit(one)).judged(
            ASSURANCE[one.travel.assurance]
        )
    if silent := silent_of(one):
        yield _figure(one, names.pooling, month, value=float(silent.months), unit="months").judged(CANNOT)
    for period, words in one.line.breaks.items():
        if period in months_up_to(month, MONTHS_SHOWN):
            yield _figure(one, names.break_, period, value=1.0, unit="breaks", method="count", note=words)


def silent_of(one: Charted) -> Silent | None:
    """Whether no month of the line's chart could signal an improvement; None where one could, or none is asked for."""
    travel, line = one.travel, one.line
    if travel is None or not one.is_share or line.better == "neither":
        return None
    if travel.choice.chart not in (Chart.XMR, Chart.P, Chart.P_LANEY):
        return None
    sizes, centre = travel.limits.series.of("denominator"), travel.limits.of("centre")[-1]
    usual = float(np.nanmedian(sizes[-12:])) if np.isfinite(sizes[-12:]).any() else nan
    if isnan(usual) or isnan(centre):
        return None
    return cannot_show_improvement(centre, usual, better=line.better, is_exact=travel.choice.chart == Chart.P)


def _by_month(one: Charted, names: Names, month: str) -> Iterator[Figure]:
    """Each month with its usual range and what they say, and the centre between the limits."""
    places = {} if one.travel is None else {p: place for place, p in enumerate(one.travel.limits.series.periods)}
    for period in months_up_to(month, MONTHS_SHOWN):
        reading = one.line.readings.get(period)
        if reading is None:
            continue
        if isinstance(reading, Unknown) or one.travel is None or period not in places:
            yield _figure(one, _measure(one, names), period, unit=_unit(one)).but(
                note=one.line.lacking.get(period, str(reading)), reasons=(str(reading),)
            )
            continue
        yield from _point(one, names, one.travel, places[period], period, reading, is_newest=period == month)


def _point(
    one: Charted, names: Names, travel: Travel, place: int, period: str, reading: Known, *, is_newest: bool
) -> Iterator[Figure]:  # fmt: skip
    limits = travel.limits
    centre, lower, upper = (limits.of(name)[place] for name in ("centre", "lower", "upper"))
    cause, is_ghost = travel.causes[place], bool(limits.series.is_ghost[place])
    said = [] if cause == COMMON else [CAUSES[cause]]
    verdict = TOO_FEW if is_ghost else VARIATION[travel.classes[place]]
    yield _figure(
        one, _measure(one, names), period, value=reading.value, numerator=reading.numerator,
        denominator=reading.denominator, lower=lower, upper=upper, unit=_unit(one), method=_chart_at(travel, place),
        verdict=verdict, note="; ".join([*said, *([PROVISIONAL] if is_newest else [])]),
    )  # fmt: skip
    if not isnan(centre):
        yield _figure(one, f"{_measure(one, names)}_centre", period, value=centre, unit=_unit(one))


def _chart_at(travel: Travel, place: int) -> str:
    """The chart of the stretch that a month belongs to."""
    return next(
        str(part.choice.chart) for part in travel.limits.stretches if part.months.start <= place < part.months.stop
    )


def _direction(one: Charted, names: Names, travel: Travel, month: str) -> Figure:
    """The signal of the newest month: its word, and for how many months it has held."""
    word = variation_of(travel, month)
    months = [period for period in travel.limits.series.periods if travel.since and period >= travel.since]
    lasting = months if word in SIGNALS else []
    return _figure(
        one, names.direction, period_of(lasting) if lasting else month, value=float(len(lasting)), unit="months",
        method=str(travel.choice.chart), verdict=word, note=travel.choice.why,
    )  # fmt: skip


def variation_of(travel: Travel, month: str) -> str:
    """What the newest month says, in a word."""
    return VARIATION[travel.variation] if travel.limits.series.periods[-1] == month else NOT_THIS_MONTH


def _about(one: Charted, names: Names, month: str) -> Figure:
    """What the line is called and which way is better, with the number of months that have a figure."""
    known = sum(isinstance(reading, Known) for reading in one.line.readings.values())
    return _figure(
        one, names.months, month, value=float(known), unit="months", method="count", verdict=one.line.better,
        note=one.line.name,
    )  # fmt: skip


def _measure(one: Charted, names: Names) -> str:
    return names.share if one.is_share else names.value


def _unit(one: Charted) -> str:
    return "share" if one.is_share else "value"


def _figure(one: Charted, measure: str, period: str, **fields: object) -> Figure:
    line = one.line
    held = Figure(
        measure=measure, period=period, population=line.population, by=(BY, *line.by), group=(line.code, *line.place)
    )
    return held.but(**fields)
