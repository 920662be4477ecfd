"""The suite's own shares month by month, to be charted as indicators are: audits, actions and supervision in time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.reading.raw import UNREAD
from qa_analysis.data.tables import Tables
from qa_analysis.framework import MANAGERS
from qa_analysis.measures.actions.timeliness import due_in
from qa_analysis.measures.audits.breaks import known_breaks
from qa_analysis.measures.audits.linked import is_of_cycles
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.performance.lines import Line
from qa_analysis.measures.performance.readings import Known, Reading, Unknown
from qa_analysis.measures.performance.units import Unit
from qa_analysis.measures.populations import ACTIONS_DUE, EVERY_ROUTE, SUPERVISIONS_DUE
from qa_analysis.measures.supervision.in_time import fell_due
from qa_analysis.measures.supervision.sessions import DATASET, sessions
from qa_analysis.measures.voices.contact import OF_AUDIT, conversations, families

MONTHS: Final = 24
OF_AUDITS: Final[Mapping[str, tuple[str, Callable[[Tables], Iterable[Figure]]]]] = {
    "key_worker_conversation_held": ("Audits with a key worker conversation", conversations),
    "family_contact_attempted": ("Audits with family contact attempted", families),
}
IN_TIME: Final = "actions_due_in_time"
SUPERVISED: Final = "supervision_in_time"


def own_lines(tables: Tables) -> list[Line]:
    """Shares of the cycle's audits, and of what fell due. One line each; none where nothing is recorded.

    Grades have a chart of their own, which carries their verdict (docs/decisions/019).
    """
    cycles = tables.rules.cycles_up_to(tables.month, MONTHS)
    held = [*(_of_audits(tables, cycles, measure) for measure in OF_AUDITS), _in_time(tables, cycles)]
    held += [_supervised(tables, cycles)] if DATASET in tables.frames else []
    return [line for line in held if any(isinstance(reading, Known) for reading in line.readings.values())]


def _of_audits(tables: Tables, cycles: tuple[str, ...], measure: str) -> Line:
    """A share of each cycle's audits, with a break where the way of auditing changed."""
    name, made = OF_AUDITS[measure]
    looked_at = [column for column in (*OF_AUDIT, UNREAD) if column in tables.audits]
    narrow = replace(tables, frames={**tables.frames, "audits": tables.audits[looked_at]})
    found = {
        cycle: figure for cycle in cycles for figure in made(replace(narrow, month=cycle)) if figure.measure == measure
    }
    readings = {cycle: _reading(found.get(cycle)) for cycle in cycles}
    breaks = {one.cycle: one.name for one in known_breaks(tables) if one.cycle in cycles}
    audits = tables.audits[["cycle_month", "key_worker_id"]][is_of_cycles(tables, cycles)]
    line = _line(measure, name, readings, EVERY_ROUTE, breaks)
    return replace(line, per_worker=cases_of_one(audits, "cycle_month", "key_worker_id"))


def _in_time(tables: Tables, cycles: tuple[str, ...]) -> Line:
    """The share completed in time of the actions whose last day in time fell in each month."""
    due = due_in(tables, cycles).groupby("due_month")["is_in_time"].agg(["sum", "size"])
    readings: dict[str, Reading] = {
        month: Known(done / of, float(done), float(of)) for month, done, of in due.itertuples(name=None)
    }
    every = {cycle: readings.get(cycle, Unknown.NOT_SUPPLIED) for cycle in cycles}
    line = _line(IN_TIME, "Actions completed within 40 days", every, ACTIONS_DUE, {})
    return replace(line, per_worker=cases_of_one(due_in(tables, cycles), "due_month", "owner_id"))


def _supervised(tables: Tables, cycles: tuple[str, ...]) -> Line:
    """The share held in time of the supervisions that fell due in each month; of too few people none."""
    due = fell_due(tables, sessions(tables))
    floor = tables.rules.floor[MANAGERS].children  # here those who could be known are the people supervised
    readings: dict[str, Reading] = dict.fromkeys(cycles, Unknown.NOT_SUPPLIED)
    for month, some in due[due["cycle_month"].isin(cycles)].groupby("cycle_month"):
        done, of = float(some["is_good"].sum()), float(len(some))
        is_enough = some["worker_id"].nunique() >= floor
        readings[str(month)] = Known(done / of, done, of) if is_enough else Unknown.TOO_FEW
    line = _line(SUPERVISED, "Supervision held by the day it was due", readings, SUPERVISIONS_DUE, {})
    return replace(line, per_worker=cases_of_one(due, "cycle_month", "worker_id"))


def cases_of_one(cases: DataFrame, month: str, worker: str) -> float:
    """Of how many cases one worker is in a month, on average; one, where nobody is recorded."""
    (months, _), (workers, _) = (pd.factorize(cases[column]) for column in (month, worker))
    is_known = (months >= 0) & (workers >= 0)
    alone = len(pd.unique(months[is_known] * (workers.max(initial=0) + 1) + workers[is_known]))
    return int(is_known.sum()) / alone if alone else 1.0


def _reading(figure: Figure | None) -> Reading:
    if figure is None or not figure.is_given:
        return Unknown.NOT_SUPPLIED
    return Known(figure.value, figure.numerator, figure.denominator)


def _line(
    measure: str, name: str, readings: Mapping[str, Reading], population: str, breaks: Mapping[str, str]
) -> Line:  # fmt: skip
    return Line(measure, name, "higher", Unit("share"), readings, breaks=breaks, population=population)
