"""One line per indicator and place: its readings month by month, its breaks, and what is aimed at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_between
from qa_analysis.framework import MANAGERS
from qa_analysis.measures.performance.readings import Known, Reading, Unknown, added
from qa_analysis.measures.performance.units import Unit, unit_of
from qa_analysis.measures.populations import ADDED_UP, AS_SUPPLIED
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
    """Every indicator as the whole, then by service and by team. One line each, in the order of the extract.

    The whole is what was supplied of it; where it was not, its services added up, or its teams.
    """
    frame = tables.optional(DATASET)
    if frame is None:
        return []
    held = frame[(frame["period"] <= tables.month) & frame["indicator_code"].notna()]
    return [line for _, rows in held.groupby("indicator_code", sort=False) for line in _of_indicator(tables, rows)]


def _of_indicator(tables: Tables, rows: DataFrame) -> Iterator[Line]:
    """The lines of one indicator."""
    newest, unit = rows.sort_values("period", kind="stable").iloc[-1], unit_of(rows)
    code, held = str(newest["indicator_code"]).replace("+", " plus "), _entities(tables, rows, unit)
    targets = rows.sort_values("period")["target"].dropna()
    line = Line(
        code=code, name=str(newest["name"]), better=newest["better_is"], unit=unit, readings={},
        target=unit.target(float(targets.iloc[-1])) if len(targets) else None,
        breaks={**_renamed(rows), **tables.rules.own.indicator_breaks.get(code, {})},
    )  # fmt: skip
    top = next(level for level in LEVELS if any(one == level for one, _ in held))
    yield _whole(tables, line, top, {place: one for (level, place), one in held.items() if level == top})
    for (level, place), readings in _protected(tables, held).items():
        if LEVELS[level] and sum(one == level for one, _ in held) > 1:  # of one place the whole says it all
            yield replace(line, readings=readings, place=(place,), by=(LEVELS[level],))


def _whole(tables: Tables, line: Line, top: str, parts: Mapping[str, Mapping[str, Reading]]) -> Line:
    """The line of the whole: every place of the highest level there is, added up where there are several."""
    totals = {
        month: added(
            {
                place: one.get(month, Unknown.NOT_SUPPLIED)
                for place, one in parts.items()
                if min(one) <= month and not (month > max(one) and _has_closed(tables, top, place, month))
            },
            factor=line.unit.told,
        )
        for month in sorted({month for one in parts.values() for month in one})
    }
    return replace(
        line,
        readings={month: total.reading for month, total in totals.items()},
        lacking={month: "; ".join(total.lacking) for month, total in totals.items() if total.lacking},
        population=AS_SUPPLIED if top == "directorate" or len(parts) == 1 else ADDED_UP,
    )


def _has_closed(tables: Tables, level: str, place: str, month: str) -> bool:
    """Whether every post that staff held in a place had ended before the month, so that no figure is expected."""
    staff, column = tables.optional("staff"), LEVELS[level]
    if staff is None or not column:
        return False
    ended = staff.loc[staff[column] == place, "ended_on"]
    return bool(len(ended) and (ended < pd.Timestamp(f"{month}-01")).all())


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


def _protected(tables: Tables, held: Mapping[Entity, Mapping[str, Reading]]) -> dict[Entity, dict[str, Reading]]:
    """The readings of places, without those of too few cases and without what would give them away by subtraction."""
    floor = tables.rules.floor[MANAGERS].children
    shown = {entity: dict(readings) for entity, readings in held.items()}
    for level in ("service", "team"):
        places = [entity for entity in held if entity[0] == level]
        for month in {month for entity in places for month in held[entity]}:
            sizes = {one: _cases(held[one].get(month)) for one in places}
            for entity in _hidden({one: size for one, size in sizes.items() if size > 0}, floor):
                shown[entity][month] = Unknown.TOO_FEW
    return shown


def _hidden(sizes: Mapping[Entity, float], floor: int) -> list[Entity]:
    """The places of too few cases, and the next smallest until they are several of enough cases together."""
    order = sorted(sizes, key=lambda entity: (sizes[entity], entity))
    hidden = [entity for entity in order if sizes[entity] < floor]
    rest = order[len(hidden) :]
    while hidden and rest and (len(hidden) < 2 or sum(sizes[one] for one in hidden) < floor):
        hidden.append(rest.pop(0))
    return hidden


def _cases(reading: Reading | None) -> float:
    """How many cases a figure rests on; none where it tells of none."""
    known = isinstance(reading, Known) and reading.denominator == reading.denominator
    return reading.denominator if known and isinstance(reading, Known) else 0


def _renamed(rows: DataFrame) -> dict[str, str]:
    """The months from which on an indicator has another name than before: what it counts may be other."""
    named = rows.sort_values("period", kind="stable").groupby("period")["name"].last()
    changes = named[named.ne(named.shift()) & named.shift().notna()]
    return {str(month): REDEFINED for month in changes.index}


def polarity(better: Better) -> Literal["higher is better", "lower is better", "neither is better"]:
    """Which way is better, in words."""
    words: Mapping[Better, Literal["higher is better", "lower is better", "neither is better"]] = {
        "higher": "higher is better", "lower": "lower is better", "neither": "neither is better",
    }  # fmt: skip
    return words[better]
