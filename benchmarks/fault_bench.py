"""Where the trials of `faults.py` are made: some extracts, a published month to lose, and whole runs of their own."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kill_publishing import damage, left_behind, state
from runs import CORE, KEY, MONTH
from small import frames, write

LONGEST: Final = 300  # seconds for a run
WHOLE: Final = "the month or nothing; months before untouched"
Again = Callable[[], bool]  # whether to try once more
Lots = Callable[[], Again]  # how often a trial is to be made, asked anew for each


@dataclass(frozen=True)
class Bench:
    """Where the trials are made: some extracts, and a published month to lose."""

    data: Path
    outputs: Path

    @classmethod
    def made(cls, place: Path) -> "Bench":
        """The extracts of a small council, which others may read as well as root."""
        place.chmod(0o755)
        return cls(write(place / "data", frames(**CORE)), place / "outputs")

    def line(self, outputs: Path | None = None, *, month: str = MONTH) -> list[str]:
        """The words of a run."""
        where = str(outputs or self.outputs)
        return ["run", month, "--data", str(self.data), "--outputs", where, "--report", "data-quality"]

    def start(
        self,
        words: Sequence[str],
        *,
        ahead: Sequence[str] = ("-m", "qa_analysis"),
        before: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """A command in a process group of its own."""
        return subprocess.Popen(
            [*before, sys.executable, *ahead, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True, env={**os.environ, "QA_ANALYSIS_KEY": KEY, **(settings or {})},
        )  # fmt: skip

    def wrong(self, before: Mapping[str, str], *, swept: bool = True) -> list[str]:
        """What a reader could have been misled by, and what was left behind."""
        return [*damage(self.outputs, before), *(left_behind(self.outputs) if swept else [])]

    def pruned(self) -> None:
        """Only the month first published stays, so that looking at all of them takes no longer each time."""
        for name in state(self.outputs):
            if name != MONTH:
                shutil.rmtree(self.outputs / name)


def few(times: int) -> Again:
    """So many times, for each that asks."""
    asked = iter(range(times))
    return lambda: next(asked, None) is not None


def until(minutes: float) -> Again:
    """For so many minutes from now."""
    ends = time.monotonic() + 60 * minutes
    return lambda: time.monotonic() < ends


def lines(said: str) -> list[str]:
    """What a run said but for its progress."""
    return [line for line in said.splitlines() if not line.startswith("…")]


def refused(run: subprocess.Popen[str], code: int) -> list[str]:
    """What speaks against a run having ended with a code and one line."""
    said = lines(run.communicate(timeout=LONGEST)[1])
    is_right = (run.returncode, len(said)) == (code, 1)
    return [] if is_right else [f"exit {run.returncode}, {len(said)} lines: {said[-1:]}"]


def published(bench: Bench, run: subprocess.Popen[str]) -> list[str]:
    """What speaks against a run having published as ever."""
    said = run.communicate(timeout=LONGEST)[1]
    failed = [f"exit {run.returncode}: {said.splitlines()[-1:]}"] if run.returncode else []
    return [*failed, *bench.wrong({})]
