"""Commands that need not import first: each is a copy of a process that has imported all that a run needs (Linux).

A run of a small council is mostly importing. Where many runs follow one another, as in a region, one process imports,
and every run is a copy of it: a process with surroundings, streams and limits of its own. The process that is copied
runs nothing itself, so nothing of one run can reach another; and all that it started ends with it. It is of the version
that is installed: where another has been installed since, the next copy is of a process that imports that one.
"""

import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from threading import Event, Lock, Thread
from typing import Final

from qa_analysis.data.identity import KEY_VARIABLE
from qa_analysis.publishing.apart.processes import CAN_COPY, SETTINGS, end_with_parent, free_seldom, limit_memory

COMMAND: Final = "qa_analysis.cli:command"
IS_POSSIBLE: Final = CAN_COPY and hasattr(socket, "SOCK_SEQPACKET")
_MOST: Final = 2**17  # bytes of what is asked: a command and its surroundings
_NUMBER: Final = 4  # bytes
_PACKAGE: Final = "qa-analysis"
_GONE: Final = -signal.SIGKILL if CAN_COPY else -9  # how a copy ended of which nobody is left to tell


@dataclass(frozen=True)
class Call:
    """What a copy does: a function by its place, `package.module:name`, with words, surroundings and a folder."""

    function: str
    words: Sequence[str]
    surroundings: Mapping[str, str]
    folder: str
    most: int = 0  # bytes of memory that it may take; none: as many as there are


class Asked:
    """A copy at work; asked about as a `subprocess.Popen` is, by any number of threads."""

    def __init__(self, pid: int, told: int) -> None:
        """Its number, and the descriptor through which is told how it ended."""
        self.returncode: int | None = None
        self._ended = Event()
        self.pid = pid
        Thread(target=self._hear, args=(told,), daemon=True).start()

    def poll(self) -> int | None:
        """How it ended; nothing while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended, once it has: its code, or below nought the signal that ended it.

        Raises:
            subprocess.TimeoutExpired: it has not in so many seconds.
        """
        if not self._ended.wait(timeout) or self.returncode is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it now."""
        self.send_signal(signal.SIGKILL)

    def _hear(self, told: int) -> None:
        """Wait for how it ended; where nobody is left to tell, it has gone with them."""
        code = _number(told)
        os.close(told)
        self.returncode = _GONE if code is None else code
        self._ended.set()


def _number(told: int) -> int | None:
    said = os.read(told, _NUMBER)
    return int.from_bytes(said, "little", signed=True) if len(said) == _NUMBER else None


class Ready:
    """The process that has imported, which starts when the first copy is asked for, and again where it has died."""

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._lock = Lock()
        self._asks: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._version = ""

    def start(self, call: Call, *, stdout: int, stderr: int) -> Asked:
        """A copy that calls the function and ends as a command does; its streams go to these descriptors.

        Raises:
            OSError: there is no process to be copied, or it cannot be copied: start a program instead.
        """
        told, tells = os.pipe()
        try:
            try:
                self._send(json.dumps(asdict(call)).encode(), [tells, stdout, stderr])
            finally:
                os.close(tells)
            if (pid := _number(told)) is None:
                raise OSError("the process that commands are copies of could not import, or not be copied")
        except OSError:
            os.close(told)
            raise
        return Asked(pid, told)

    def end(self) -> None:
        """End the process; copies at work end with it."""
        with self._lock:
            if self._asks is not None:
                self._asks.close()
            if self._process is not None:
                self._process.kill()
            self._asks = self._process = None

    def _send(self, said: bytes, descriptors: list[int]) -> None:
        if len(said) > _MOST:
            raise OSError("the surroundings are too large to be handed over")
        with self._lock:
            if self._process is None or self._process.poll() is not None or self._version != version(_PACKAGE):
                self._begin()
            assert self._asks is not None
            socket.send_fds(self._asks, [said], descriptors)

    def _begin(self) -> None:
        """Start the process. One that there was ends once its copies have: nobody asks it any more."""
        if self._asks is not None:
            self._asks.close()
        self._process, self._version = None, version(_PACKAGE)
        self._asks, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asks.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * _MOST)
        begun = Event()
        with theirs:
            # The system ends it with the thread that started it: one that does nothing else lives as long as it may.
            Thread(target=self._keep, args=(theirs.fileno(), begun), daemon=True).start()
            begun.wait()
        if self._process is None:
            raise OSError("the process that commands are copies of could not be started")

    def _keep(self, descriptor: int, begun: Event) -> None:
        command = [sys.executable, "-P", "-m", "qa_analysis.publishing.apart.ready", str(descriptor)]
        try:
            self._process = process = subprocess.Popen(
                command,
                pass_fds=[descriptor],
                env={name: value for name, value in {**os.environ, **SETTINGS}.items() if name != KEY_VARIABLE},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return
        finally:
            begun.set()
        process.wait()


def _copy_when_asked(asks: socket.socket) -> Call:
    """Returns in a copy, once for each that is asked for.

    In the process itself never: it ends when nobody can ask any more and its copies have ended.
    """
    rings, ring = os.pipe()
    for end in (rings, ring):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
    at_work: dict[int, int] = {}  # of each copy, who is told how it ended
    with selectors.DefaultSelector() as seen:
        for source in (asks.fileno(), rings):
            seen.register(source, selectors.EVENT_READ)
        while len(seen.get_map()) > 1 or at_work:
            ready = {key.fd for key, _ in seen.select()}
            if rings in ready:
                os.read(rings, _MOST)
            _tell_of_the_ended(at_work)
            if asks.fileno() not in ready:
                continue
            said, descriptors, _, _ = socket.recv_fds(asks, _MOST, 3)
            if not said:
                seen.unregister(asks.fileno())
                continue
            if (pid := _forked()) == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for left in (rings, ring, asks.detach(), *at_work.values()):
                    os.close(left)
                return _begun(json.loads(said), descriptors)
            for stream in descriptors[1:]:
                os.close(stream)
            if pid is None:
                os.close(descriptors[0])
                continue
            at_work[pid] = descriptors[0]
            _tell(descriptors[0], pid)
    sys.exit()


def _forked() -> int | None:
    """The number of a copy, 0 in the copy itself; nothing where the system allows none."""
    try:
        return os.fork()
    except OSError:
        return None


def _tell_of_the_ended(at_work: dict[int, int]) -> None:
    while at_work:
        pid, how = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        if (tells := at_work.pop(pid, None)) is not None:
            _tell(tells, os.waitstatus_to_exitcode(how))
            os.close(tells)


def _tell(tells: int, number: int) -> None:
    try:
        os.write(tells, number.to_bytes(_NUMBER, "little", signed=True))
    except OSError:
        return  # whoever asked has gone


def _begun(asked: Mapping[str, object], descriptors: Sequence[int]) -> Call:
    """In the copy: the call, once the process is set up as if it had been started for it."""
    call = Call(**asked)  # type: ignore[arg-type]
    tells, *streams = descriptors
    os.close(tells)
    os.setsid()
    parent = os.getppid()
    end_with_parent()
    if os.getppid() != parent or parent == 1:
        os._exit(1)  # it was gone before the system could be asked
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, stream in enumerate(streams, start=1):
        os.dup2(stream, number)
        os.close(stream)
    if call.most:
        limit_memory(call.most)
    os.environ.clear()
    os.environ.update(call.surroundings)
    tempfile.tempdir = None  # it is looked for once, where the surroundings say
    time.tzset()
    os.chdir(call.folder)
    sys.argv[1:] = call.words
    found = call.surroundings.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:0] = [folder for folder in found if folder and folder not in sys.path]
    return call


def main(descriptor: int) -> None:
    """Import everything; then, in each copy, the function that was asked for."""
    asks = socket.socket(fileno=descriptor)
    for module in ("qa_analysis.publishing.apart.warm", "qa_analysis.publishing.run", "qa_analysis.cli"):
        import_module(module)
    from qa_analysis.data.contracts import load_contracts
    from qa_analysis.data.engine import load

    load()
    load_contracts()
    gc.collect()
    gc.freeze()
    free_seldom()
    call = _copy_when_asked(asks)
    module, _, name = call.function.partition(":")
    getattr(import_module(module), name)()


if __name__ == "__main__":
    main(int(sys.argv[1]))
