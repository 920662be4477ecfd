"""One command as a process of its own, ended when its time is over; of what it says only the end is kept.

On Linux a run of ours is a copy of a process that has imported already (`publishing.apart.ready`), one for all the runs
that this process asks for; any other command, and a run elsewhere, is started as programs are.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from qa_analysis.data.identity import KEY_VARIABLE
from qa_analysis.publishing.apart.ready import COMMAND, IS_POSSIBLE, Asked, Call, Ready
from qa_analysis.region.orders import Limits

OURS: Final = (sys.executable, "-P", "-m", "qa_analysis")  # how a command of ours begins
KEPT: Final = 16_384  # bytes of what a command says: one that never stops talking fills nothing
GRACE: Final = 15.0  # seconds in which a run that is asked to end removes what it was building
_BYTES: Final = 1_000_000_000
_ready: Final = Ready()
_running: set["subprocess.Popen[bytes] | Asked"] = set()


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
    process, stream = _started(command, limits)
    _running.add(process)
    said = _End(stream)
    try:
        return Ended(process.wait(limits.minutes * 60), said.text())
    except subprocess.TimeoutExpired:
        end(process)
        return Ended(process.wait(), said.text(), is_late=True)
    except BaseException:
        end(process)
        process.wait()
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


def end(process: "subprocess.Popen[bytes] | Asked") -> None:
    """Ask a command to end; where it does not, end it and everything of its group."""
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        if os.name == "posix":
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()


def _started(command: Sequence[str], limits: Limits) -> "tuple[subprocess.Popen[bytes] | Asked, IO[bytes]]":
    """The command, begun in a session of its own, and what it says on its error stream."""
    surroundings = {name: value for name, value in os.environ.items() if name != KEY_VARIABLE}
    if IS_POSSIBLE and tuple(command[: len(OURS)]) == OURS:
        call = Call(COMMAND, command[len(OURS) :], surroundings, str(Path.cwd()), int(limits.gigabytes * _BYTES))
        with suppress(OSError):  # it cannot be copied: it is started as programs are
            return _copied(call)
    process = subprocess.Popen(
        _limited(command, limits),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=surroundings,
        start_new_session=True,
    )
    assert process.stderr is not None
    return process, process.stderr


def _copied(call: Call) -> tuple[Asked, IO[bytes]]:
    said, says = os.pipe()
    stream = os.fdopen(said, "rb", buffering=0)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            return _ready.start(call, stdout=nowhere.fileno(), stderr=says), stream
    except OSError:
        stream.close()
        raise
    finally:
        os.close(says)


class _End:
    """The end of what a process says, read as it comes, so that the process never waits for a reader."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.kept = stream, b""
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def text(self) -> str:
        """What was said last; what a child that outlives its parent still says is not waited for."""
        self.reader.join(GRACE)
        return self.kept.decode("utf-8", "replace")

    def _read(self) -> None:
        with suppress(OSError), self.stream:
            while piece := os.read(self.stream.fileno(), KEPT):
                self.kept = (self.kept + piece)[-KEPT:]


def _limited(command: Sequence[str], limits: Limits) -> list[str]:
    """The command line that starts the command with its limits, where the system has any."""
    if sys.platform != "linux":
        return list(command)
    most = str(int(limits.gigabytes * _BYTES))
    return [sys.executable, "-P", "-m", "qa_analysis.region.limited", str(os.getpid()), most, *command]
