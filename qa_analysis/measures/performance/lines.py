"""One line per indicator and place: its readings month by month, its breaks, and what is aimed at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.reading.raw import UNREAD
from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_between
from qa_analysis.framework import MANAGERS
from qa_analysis.measures.figure import labelled
from qa_analysis.measures.performance.expected import expected_teams, has_closed
from qa_analysis.measures.performance.readings import Reading, Unknown, added
from qa_analysis.measures.performance.units import Unit, unit_of
from qa_analysis.measures.populations import ADDED_UP, AS_SUPPLIED
from qa_analysis.measures.too_few import hidden_groups
from qa_analysis.stats.direction.travel import Better

DATASET: Final = "indicators"
LEVELS: Final[Mapping[str, str]] = {"directorate": "", "service": "service_area", "team": "team"}
REDEFINED: Final = "the indicator has another name"
NUMBERS: Final = ("numerator", "denominator", "value")
Entity = tuple[str, str]  # a level and a place


@dataclass(frozen=True, eq=False)
class Line:
    """An indicator of one place. `place` is a dimension and its value, or nothing for the whole."""

    code: str
    name: str
    better: Better
    unit: Unit
    readings: Mapping[str, Reading]
    place: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    target: float | None = None
    breaks: Mapping[str, str] = field(default_factory=dict)
    lacking: Mapping[str, str] = field(default_factory=dict)  # by month: why there is no total
    population: str = AS_SUPPLIED
    per_worker: float = 1


def lines(tables: Tables) -> list[Line]:
    """Every indicator as the whole, then by service and by team. One line each, in the order of codes and names.

    The whole is what was supplied of it; where it was not, its services added up, or its teams.
    """
    frame = tables.optional(DATASET)
    if frame is None:
        return []
    said = frame["indicator_code"].notna() & frame["level"].isin(LEVELS)
    held = frame[said & (frame["period"] <= tables.month)]
    held = held.assign(
        entity=labelled(held["entity"]), name=held["name"].fillna(held["indicator_code"]), is_small=small_places(tables)
    )
    held = held.sort_values(["level", "entity", "period"], kind="stable")  # tables of a database have no order
    return [line for _, rows in held.groupby("indicator_code") for line in _of_indicator(tables, rows)]


def _of_indicator(tables: Tables, rows: DataFrame) -> Iterator[Line]:
    """The lines of one indicator."""
    newest, unit = rows.sort_values("period", kind="stable").iloc[-1], unit_of(rows)
    code, held = str(newest["indicator_code"]).replace("+", " plus "), _entities(tables, rows, unit)
    targets = rows.sort_values("period")["target"].dropna()
    line = Line(
        code=code, name=str(newest["name"]), better=_better(newest["better_is"]), unit=unit, readings={},
        target=unit.target(float(targets.iloc[-1])) if len(targets) else None,
        breaks={**_renamed(rows), **tables.rules.own.indicator_breaks.get(code, {})},
    )  # fmt: skip
    top = next(level for level in LEVELS if any(one == level for one, _ in held))
    yield _whole(tables, line, top, {place: one for (level, place), one in held.items() if level == top})
    small = set(rows.loc[rows["is_small"], ["level", "entity", "period"]].itertuples(index=False, name=None))
    for (level, place), known in held.items():
        readings = {month: Unknown.TOO_FEW if (level, place, month) in small else one for month, one in known.items()}
        if LEVELS[level] and sum(one == level for one, _ in held) > 1:  # of one place the whole says it all
            yield replace(line, readings=readings, place=(place,), by=(LEVELS[level],))


def _whole(tables: Tables, line: Line, top: str, parts: Mapping[str, Mapping[str, Reading]]) -> Line:
    """The line of the whole: every place of the highest level there is, added up where there are several."""
    months = sorted({month for one in parts.values() for month in one})
    totals = {month: added(_parts_of(tables, top, parts, month), factor=line.unit.told) for month in months}
    return replace(
        line,
        readings={month: total.reading for month, total in totals.items()},
        lacking={month: "; ".join(total.lacking) for month, total in totals.items() if total.lacking},
        population=AS_SUPPLIED if top == "directorate" or len(parts) == 1 else ADDED_UP,
    )


def _parts_of(
    tables: Tables, top: str, parts: Mapping[str, Mapping[str, Reading]], month: str
) -> dict[str, Reading]:  # fmt: skip
    """What each place gave of a month, those of which a figure is expected and none was ever given too."""
    held = {
        place: one.get(month, Unknown.NOT_SUPPLIED)
        for place, one in parts.items()
        if min(one) <= month and not (month > max(one) and has_closed(tables, LEVELS[top], place, month))
    }
    others = expected_teams(tables, month, parts) if top == "team" else ()
    return held | dict.fromkeys(sorted(others), Unknown.NOT_SUPPLIED)


def _entities(tables: Tables, rows: DataFrame, unit: Unit) -> dict[Entity, dict[str, Reading]]:
    """The readings of each level and place by month, with a gap for each month that was left out between two."""
    unread = pd.concat([tables.unread(DATASET, name) for name in NUMBERS], axis=1).any(axis=1).reindex(rows.index)
    held: dict[Entity, dict[str, Reading]] = {}
    for level, place, month, part, whole, value, is_unread in zip(
        rows["level"], rows["entity"].astype(str), rows["period"].astype(str),
        *(rows[name].astype(float) for name in NUMBERS), unread, strict=True,
    ):  # fmt: skip
        known = unit.known(value, part, whole)
        why = Unknown.SUPPRESSED if is_unread else Unknown.NOT_SUPPLIED
        held.setdefault((level, place), {})[month] = known or why
    return {entity: _with_gaps(readings) for entity, readings in held.items()}


def _with_gaps(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    months = months_between(min(readings), max(readings))
    return {month: readings.get(month, Unknown.NOT_SUPPLIED) for month in months}


def small_places(tables: Tables) -> Series:
    """Whether a service's or team's figure rests on too few cases, or would give one that does away by subtraction.

    One answer per record of indicators.
    """
    frame, floor = tables.frames[DATASET], tables.rules.floor[MANAGERS].children
    small = Series(False, index=frame.index)
    counted = frame[(frame["denominator"] > 0) & frame["level"].isin(["service", "team"])]
    for _, rows in counted.sort_values("entity", kind="stable").groupby(["indicator_code", "level", "period"]):
        if (rows["denominator"] < floor).any():
            small |= small.index.isin(hidden_groups(rows["denominator"].astype(float), floor))
    return small


def without_small_places(tables: Tables, whole: Tables) -> Tables:
    """The tables of one place, its indicators suppressed where the edition of the whole does not show them either."""
    frame = tables.optional(DATASET)
    if frame is None or frame.empty:
        return tables
    of_few = small_places(whole).reindex(frame.index, fill_value=False)
    blank = {name: frame[name].mask(of_few) for name in NUMBERS}
    unread = frame[UNREAD].mask(of_few, ";".join(NUMBERS)) if UNREAD in frame else None
    suppressed = frame.assign(**blank, **({} if unread is None else {UNREAD: unread}))
    return replace(tables, frames=MappingProxyType({**tables.frames, DATASET: suppressed}))


def _better(said: object) -> Better:
    """Which way is better, as supplied; a cell that says nothing calls neither way better."""
    return said if said in ("higher", "lower") else "neither"


def _renamed(rows: DataFrame) -> dict[str, str]:
    """The months from which on an indicator has another name than before: what it counts may be other."""
    named = rows.sort_values("period", kind="stable").groupby("period")["name"].last()
    changes = named[named.ne(named.shift()) & named.shift().notna()]
    return {str(month): REDEFINED for month in changes.index}
