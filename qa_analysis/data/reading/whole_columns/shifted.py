"""Shifted days: midnight written in UTC is 23:00 of the day before in summer, and rounding makes it 23:59:59.

One cell cannot say whether 23:00 is an hour of work or a shifted midnight; the times of day of its whole column can.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from qa_analysis.data.contracts import Column
from qa_analysis.data.reading.cell_dates import UK, is_moved, read_moment
from qa_analysis.data.reading.cell_text import Fault
from qa_analysis.data.reading.raw import Cell, DateOrder
from qa_analysis.data.reading.whole_columns.settled import DATE_SHIFTED, Note, Settled

SHIFTED_FAULT: Final = Fault("date-may-be-shifted")
NEAR: Final = timedelta(minutes=2)  # of midnight: London's own time before 1847, which some programs add, was 75 s off
LATE_HOURS: Final = (22, 23)  # of midnight in UTC or in central Europe, seen from here
LEAST_SHARE: Final = 0.1  # of the times of day; 23:00 to the minute is rarer among hours that people worked
A_DEADLINE: Final = time(23, 59)  # to the second: nobody's rounding, and a day's end in many systems
_DAY: Final = timedelta(days=1)

Moments = Mapping[Cell, datetime]


def settle_days(cells: Sequence[Cell], column: Column, *, order: DateOrder) -> Settled:
    """The dates of a column, its shifted days put right where that is certain, and faults where it is not."""
    times = Counter(cell for cell in cells if _may_have_a_clock(cell))
    moments = {cell: moment for cell in times if (moment := read_moment(cell, order=order))}
    moved = {cell for cell in times if is_moved(cell, order=order)}
    settled = _settled(moments, times, column)
    changed = {cell for cell, day in settled.items() if isinstance(day, date) and day != moments[cell].date()} | moved
    notes = (Note(DATE_SHIFTED, sum(times[cell] for cell in changed)),) if changed else ()
    return Settled([settled.get(cell, cell) for cell in cells] if settled else cells, notes)


def in_uk(moment: datetime) -> datetime:
    """A moment written in UTC, by the clock on the wall in the UK."""
    return moment.replace(tzinfo=UTC).astimezone(UK).replace(tzinfo=None)


def _may_have_a_clock(cell: Cell) -> bool:
    """Whether it is worth looking for a time of day."""
    if isinstance(cell, str):
        return ":" in cell or "." in cell
    return isinstance(cell, date | float)


def _settled(moments: Moments, times: Counter[Cell], column: Column) -> dict[Cell, date | Fault]:
    """The cells whose day is another than they show, or is not certain. Cell -> its day or a fault."""
    for clock in (_same, in_uk):
        days = {cell: _midnight(clock(moment)) for cell, moment in moments.items()}
        if all(days.values()):
            if column.is_planned and all(_ends_a_day(moment) for moment in moments.values()):
                return {}  # a deadline at a minute to midnight is of that day
            return {cell: day for cell, day in days.items() if day and day != moments[cell].date()}
    return _doubtful(moments, times, column)


def _doubtful(moments: Moments, times: Counter[Cell], column: Column) -> dict[Cell, date | Fault]:
    """The cells that may be of the next day, where they are too many to be hours that people worked."""
    hours = {cell: moment for cell, moment in moments.items() if _midnight(moment) != moment.date()}
    late = [
        cell for cell, moment in hours.items() if _is_late(moment) and not (column.is_planned and _ends_a_day(moment))
    ]
    total = sum(times[cell] for cell in hours)
    return dict.fromkeys(late, SHIFTED_FAULT) if sum(times[cell] for cell in late) > LEAST_SHARE * total else {}


def _same(moment: datetime) -> datetime:
    return moment


def _midnight(moment: datetime) -> date | None:
    """The day that begins within two minutes of a moment; None where none does."""
    near = moment + NEAR
    if moment.time() == A_DEADLINE:
        return None
    return near.date() if near - datetime.combine(near, time(0)) <= 2 * NEAR else None


def _is_late(moment: datetime) -> bool:
    """Whether a moment is 22:00, 23:00 or midnight, as near as rounding gets."""
    after = moment + NEAR - datetime.combine(moment, time(0))
    hour, rest = divmod(after, timedelta(hours=1))
    return rest <= 2 * NEAR and (hour in LATE_HOURS or after >= _DAY) and moment.time() != A_DEADLINE


def _ends_a_day(moment: datetime) -> bool:
    """Whether a moment is the last minute of its day."""
    return (moment.hour, moment.minute) == (23, 59)
