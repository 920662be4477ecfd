"""One command as a process of its own, ended when its time is over; of what it says only the end is kept."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Final

from qa_analysis.data.identity import KEY_VARIABLE
from qa_analysis.region.orders import Limits

KEPT: Final = 16_384  # bytes of what a command says: one that never stops talking fills nothing
GRACE: Final = 15.0  # seconds in which a run that is asked to end removes what it was building
_BYTES: Final = 1_000_000_000
_running: set["subprocess.Popen[bytes]"] = set()


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code (below nought the signal that ended it), the end of what it said, and in time?"""

    code: int
    said: str
    is_late: bool = False


def ended_within(command: Sequence[str], limits: Limits) -> Ended:
    """Run a command within its limits and wait for it. The region's own key, if it has one, is not passed on.

    Raises:
        OSError: it could not be started.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != KEY_VARIABLE}
    with subprocess.Popen(
        _limited(command, limits),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=surroundings,
        start_new_session=True,
    ) as process:
        _running.add(process)
        said = _End(process.stderr)
        try:
            return Ended(process.wait(limits.minutes * 60), said.text())
        except subprocess.TimeoutExpired:
            end(process)
            return Ended(process.wait(), said.text(), is_late=True)
        except BaseException:
            end(process)
            raise
        finally:
            _running.discard(process)


def end_running() -> None:
    """End every command that was started here: each is asked first, and has a moment to remove what it was building."""
    asked = [threading.Thread(target=end, args=(process,), daemon=True) for process in list(_running)]
    for one in asked:
        one.start()
    for one in asked:
        one.join(GRACE + 1)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a command to end; where it does not, end it and everything of its group."""
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        if os.name == "posix":
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()


class _End:
    """The end of what a process says, read as it comes, so that the process never waits for a reader."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self.stream, self.kept = stream, b""
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def text(self) -> str:
        """What was said last; what a child that outlives its parent still says is not waited for."""
        self.reader.join(GRACE)
        return self.kept.decode("utf-8", "replace")

    def _read(self) -> None:
        with suppress(OSError, ValueError):  # closed while it was read
            while self.stream and (piece := os.read(self.stream.fileno(), KEPT)):
                self.kept = (self.kept + piece)[-KEPT:]


def _limited(command: Sequence[str], limits: Limits) -> list[str]:
    """The command line that starts the command with its limits, where the system has any."""
    if sys.platform != "linux":
        return list(command)
    most = str(int(limits.gigabytes * _BYTES))
    return [sys.executable, "-P", "-m", "qa_analysis.region.limited", str(os.getpid()), most, *command]
