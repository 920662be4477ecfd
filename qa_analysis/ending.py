"""How a command ends when the system or the user asks it to: at once, with a line, and leaving nothing behind.

What a signal asks for is raised in the middle of whatever is being done, so that every folder and every process that
was to be cleaned up at its end is. The first signal counts; those that follow would only interrupt the cleaning up.
"""

import signal
import threading
from types import FrameType
from typing import Final

_ASKING: Final = ("SIGTERM", "SIGHUP", "SIGBREAK", "SIGINT")  # SIGHUP is not on Windows, SIGBREAK only there
_asked: list[int] = []


class Ended(BaseException):
    """A command that was asked to end; no library takes it for an error of its own."""

    def __init__(self, number: int) -> None:
        """The number of the signal."""
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        """What shells say of a command that a signal ended: 130 for Ctrl and C, 143 for SIGTERM."""
        return 128 + self.number


def listen() -> None:
    """From now on a signal that asks this process to end raises `Ended`; one that is ignored, as by nohup, stays so."""
    for number in asking():
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _end)


def finish() -> None:
    """From now on no signal ends this process: what it does next is done whole, and takes no time.

    Raises:
        Ended: a signal came before, and a library took it for an error of its own.
    """
    if not _is_listening():
        return
    for number in asking():
        signal.signal(number, signal.SIG_IGN)
    if _asked:
        raise Ended(_asked[0])


def heard() -> None:
    """Ends now, where a signal came and what it raised was lost in a library, which took it for an error of its own.

    Raises:
        Ended: so it was.
    """
    if _asked and _is_listening():
        raise Ended(_asked[0])


def clean_up() -> None:
    """From now on no signal interrupts the cleaning up."""
    if _is_listening():
        for number in asking():
            signal.signal(number, signal.SIG_IGN)


def _end(number: int, _: FrameType | None) -> None:
    clean_up()
    _asked.append(number)
    raise Ended(number)


def _is_listening() -> bool:
    """Whether signals are ours to take: in the command, not in a notebook or a test that calls it."""
    if threading.current_thread() is not threading.main_thread():
        return False
    return bool(_asked) or any(signal.getsignal(number) is _end for number in asking())


def asking() -> list[signal.Signals]:
    """The signals that ask a process to end."""
    return [getattr(signal, name) for name in _ASKING if hasattr(signal, name)]
