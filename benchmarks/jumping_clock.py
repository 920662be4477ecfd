"""A command while the clock is set.

    python benchmarks/jumping_clock.py "back a day" WORDS …

The clock of this process, and of the notebooks that it starts, is forward or back by a day or a year from the middle of
the run on, or stands just before midnight when it begins. What measures how long something takes goes on as ever, as
the system's own does.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Final

DAY: Final = 86_400.0
MIDDLE: Final = 3.0  # seconds into a run of about six: rows are read, nothing is published
SETTING: Final = "QA_CLOCK"
BEFORE_MIDNIGHT: Final = 3.0  # seconds
_time, _time_ns, _localtime, _gmtime = time.time, time.time_ns, time.localtime, time.gmtime


def offsets(how: str, now: datetime) -> tuple[float, float]:
    """By how many seconds the clock is wrong at first, and from the middle on."""
    jumps = {"forward a day": DAY, "forward a year": 365 * DAY, "back a day": -DAY, "back a year": -365 * DAY}
    if how in jumps:
        return 0.0, jumps[how]
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = midnight.replace(day=1) if how == "over a month's end" else midnight
    wrong = (ends - timedelta(seconds=BEFORE_MIDNIGHT) - now).total_seconds()
    return wrong, wrong


def set_clock(first: float, then: float, since: float) -> None:
    """From now on the clock says so; `since` is when the run began, by the clock that is not set."""

    def wrong() -> float:
        return first if time.monotonic() - since < MIDDLE else then

    def now_or(given: Callable[[float], Any]) -> Callable[..., Any]:
        return lambda seconds=None: given(_time() + wrong() if seconds is None else seconds)

    time.time = lambda: _time() + wrong()
    time.time_ns = lambda: _time_ns() + int(wrong() * 1e9)
    time.localtime, time.gmtime = now_or(_localtime), now_or(_gmtime)


class JumpingDatetime(datetime):
    """A date and time whose now is that of the clock as it is set."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The time by that clock."""
        return datetime.fromtimestamp(time.time(), tz)


def of_children() -> str:
    """A folder whose `sitecustomize` sets the clock of every Python that this one starts."""
    folder = Path(tempfile.mkdtemp(prefix="clock-"))
    text = "import os, sys\nsys.path.insert(0, {0!r})\nfrom jumping_clock import SETTING, set_clock\n"
    text += "set_clock(*map(float, os.environ[SETTING].split()))\nsys.path.remove({0!r})\n"
    (folder / "sitecustomize.py").write_text(text.format(str(Path(__file__).parent)))
    return str(folder)


if __name__ == "__main__":
    how, *words = sys.argv[1:]
    sys.argv[1:] = words
    wrong, since = offsets(how, datetime.now()), time.monotonic()
    os.environ[SETTING] = " ".join(map(repr, (*wrong, since)))
    os.environ["PYTHONPATH"] = os.pathsep.join([of_children(), os.environ.get("PYTHONPATH", "")])
    set_clock(*wrong, since)
    from qa_analysis import cli

    cli.datetime = JumpingDatetime  # type: ignore[misc]
    cli.main(prog_name="qa-analysis")
