"""Processes that have imported before they start: the notebooks of a run and the writing of its forms.

Importing is most of what a notebook of ours takes. On Linux one process imports once (`warm`), while the run itself
still reads its extracts, and every other is a copy of it: Python's own fork server, with settings that do not vary by
user. Elsewhere a process cannot be copied safely, and a notebook starts as any other program does.
"""

import gc
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from qa_analysis.ending import asking
from qa_analysis.errors import NotebookDied
from qa_analysis.faults import ready_to_travel

SETTINGS: Final = {
    "GX_ANALYTICS_ENABLED": "false",
    "OMP_NUM_THREADS": "1",  # as many notebooks run at once as there are cores
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "agg",  # a chart is shown by display, with its alternative text, or not at all
    "PYTHONHASHSEED": "0",
    "PYTHONOPTIMIZE": "",  # as a user may have set it: libraries need their descriptions
    "PYTHONSAFEPATH": "1",  # a file called seaborn.py in the folder is not seaborn
    "PYTHONUTF8": "1",
    "PYTHONWARNINGS": "",  # "error" would stop a notebook at one library's remark on another
    "SOURCE_DATE_EPOCH": "315532800",  # 1980, the earliest a zip file can say: files carry no time of day
}
CAN_COPY: Final = sys.platform == "linux"
_WARM: Final = "qa_analysis.publishing.apart.warm"
_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_NEW_THINGS: Final = 100_000  # between two looks; Python's own is 700 or 2,000, by its version
_FIRST_TO_GO: Final = "1000"  # as the system counts: before anything else of its user
_SOCKET_PATH_LIMIT: Final = 90  # bytes; Unix allows about 107 for the name of a socket
_starting = threading.Lock()

Answer = TypeVar("Answer")


class Running(Protocol):
    """What is asked of a process here, whichever way it was started."""

    pid: int

    def poll(self) -> int | None:
        """How it ended; nothing while it runs."""

    def kill(self) -> None:
        """End it now."""


_running: list[Running] = []


def note_running(process: Running) -> None:
    """From now on `end_all` ends this process as well."""
    _running[:] = [one for one in _running if one.poll() is None]
    _running.append(process)


def end_all() -> None:
    """Ends every process of the run: each with all that it started."""
    for process in [one for one in _running if one.poll() is None]:
        if os.name == "posix":
            with suppress(OSError):  # it has just ended, or has just started and has no group of its own yet
                os.killpg(process.pid, signal.SIGKILL)
        with suppress(OSError):
            process.kill()


def warm_up() -> None:
    """Begin to import in the process that others will be copies of; the import goes on while other work is done."""
    if CAN_COPY:
        from multiprocessing import forkserver  # Windows has none

        with _starting, _settings(), _by_a_copy() if _has_imported() else nullcontext():
            forkserver.set_forkserver_preload([_WARM])
            forkserver.ensure_running()


def cores() -> int:
    """How many copies may compute at once: the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Copy:
    """A function that runs in a copy of the warm process; asked about as a `subprocess.Popen` is."""

    stdin = stdout = stderr = None

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Start it."""
        warm_up()  # where it has died since
        self._process = get_context("forkserver").Process(target=_by_itself, args=(function, arguments), daemon=True)
        with _starting:
            self._process.start()
        self.pid = int(self._process.pid or 0)
        note_running(self)

    @property
    def returncode(self) -> int | None:
        """How it ended, as far as is known."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """How it ended; nothing while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """How it ended, once it has."""
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it now."""
        self.send_signal(signal.SIGKILL)


def in_a_copy(function: Callable[..., Answer], *arguments: Any) -> Answer:
    """What the function answers, worked out in a copy of the warm process; where there is none, here.

    Raises:
        NotebookDied: the process died before it answered.
        Exception: whatever the function raised.
    """
    if not CAN_COPY:
        return function(*arguments)
    here, there = get_context("forkserver").Pipe(duplex=False)
    with here:
        with there:
            process = Copy(_answered, there, function, *arguments)
        try:
            is_answer, said = here.recv()
        except EOFError:
            process.wait()
            raise NotebookDied(
                "A process that writes a report died, most often for want of memory. Nothing was published. "
                "Close other programs and run again."
            ) from None
    process.wait()
    if not is_answer:
        raise said
    answer: Answer = said
    return answer


def _by_itself(function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """In the copy: a group of its own, which ends with the run."""
    os.setsid()
    end_with_parent()
    if not (run := parent_process()) or not run.is_alive():
        os._exit(1)  # the run was gone before the system could be asked
    function(*arguments)


def _answered(there: Connection, function: Callable[..., Any], *arguments: Any) -> None:
    try:
        said = (True, function(*arguments))
    except BaseException as fault:
        said = (False, ready_to_travel(fault))
    there.send(said)


def _has_imported() -> bool:
    """Whether this process may itself be copied for the one that others are copies of: it has imported all of it."""
    from multiprocessing import util

    is_alone = len(list(Path("/proc/self/task").iterdir())) == 1  # a copy of several threads can wait for ever
    return _WARM in sys.modules and is_alone and hasattr(util, "spawnv_passfds")


@contextmanager
def _by_a_copy() -> Iterator[None]:
    """Within it Python's fork server starts as a copy of this process instead of importing everything once more.

    Who is asked to end meanwhile hears it afterwards: what libraries do around a copy loses whatever is raised there.
    """
    from multiprocessing import resource_tracker, util

    resource_tracker.ensure_running()  # a program of its own, which imports next to nothing
    plain, before = util.spawnv_passfds, signal.pthread_sigmask(signal.SIG_BLOCK, asking())
    util.spawnv_passfds = _copied  # type: ignore[assignment]  # called by Python's own fork server alone, with these
    try:
        yield
    finally:
        util.spawnv_passfds = plain
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _copied(_: str, words: list[str], descriptors: list[int]) -> int:
    """The number of a copy of this process that does what `python -c` would do, with these descriptors alone."""
    if pid := os.fork():
        return pid
    try:
        run = os.getppid()
        end_with_parent()
        for number in signal.valid_signals():
            if callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, asking())
        _close_all_but({0, 1, 2, *descriptors})
        _forget_what_the_run_holds()
        if os.getppid() == run:
            exec(words[-1], {"__name__": "__main__"})  # Python's own line, which starts the fork server
    finally:
        os._exit(0)  # what the run had begun is the run's to end


def _close_all_but(kept: set[int]) -> None:
    """As a new program would find them: what another process waits to see closed is not held open here."""
    for number in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        if number not in kept:
            with suppress(OSError):  # the list's own
                os.close(number)


def _forget_what_the_run_holds() -> None:
    """A lock that was held when this process was copied would stay so for ever; the run's processes are not ours."""
    from multiprocessing import forkserver

    global _starting
    _starting = threading.Lock()
    _running.clear()
    forkserver._forkserver._lock = threading.Lock()  # type: ignore[attr-defined]


def end_with_parent() -> None:
    """On Linux the system kills this process when what started it ends (the very thread), whatever it computes.

    Elsewhere ipykernel itself looks for its parent, once a second, and stops.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def free_seldom() -> None:
    """From now on this process looks for what nobody holds any more a hundred times less often than Python would.

    That is a fifteenth of what a run computes: it makes millions of small things, and ends before they would matter.
    """
    gc.set_threshold(_NEW_THINGS, 50, 100)


def limit_memory(most: int) -> None:
    """From now on this process and each that it starts may take so many bytes; it is the first to go for want of more.

    Linux alone.
    """
    import resource  # Windows has none

    held = resource.getrlimit(resource.RLIMIT_DATA)[1]
    allowed = most if held == resource.RLIM_INFINITY else min(most, held)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")


def short_folder() -> str:
    """The folder for what a run needs for a while; another one where the name of a socket in it would be too long."""
    root = tempfile.gettempdir()
    return root if len(os.fsencode(root)) < _SOCKET_PATH_LIMIT // 2 or os.name != "posix" else "/tmp"


@contextmanager
def _settings() -> Iterator[None]:
    """The settings in this process while the other one starts and takes them over, and its socket in a short folder."""
    before: Mapping[str, str | None] = {name: os.environ.get(name) for name in SETTINGS}
    folder = tempfile.tempdir
    os.environ.update(SETTINGS)
    tempfile.tempdir = short_folder()
    try:
        yield
    finally:
        tempfile.tempdir = folder
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
