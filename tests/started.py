"""Commands of ours as processes of their own: where that can be, copies of a process that has imported already.

They have surroundings, streams and signals as a program has that is started from a shell. What a command does when its
Python starts (settings of developers, a trace from its first step) needs a program, and is tested with one.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Thread

from machine import uncounted

from qa_analysis.publishing.apart.ready import IS_POSSIBLE, Asked, Call, Ready

HERE = Path(__file__).parent


class _Heard:
    """What is said into a pipe, which no limit on files cuts short; read as it comes."""

    def __init__(self) -> None:
        begin, self.end = os.pipe()
        self.pieces: list[bytes] = []
        self.listener = Thread(target=self._listen, args=(begin,), daemon=True)
        self.listener.start()

    def _listen(self, begin: int) -> None:
        with os.fdopen(begin, "rb") as stream:
            self.pieces.append(stream.read())

    def text(self) -> str:
        self.listener.join(30)
        return b"".join(self.pieces).decode("utf-8")


class Started:
    """A command at work, and what it says."""

    def __init__(self, function: str, program: Sequence[str], words: Sequence[str], more: Mapping[str, str]) -> None:
        self._said, self._wrong = _Heard(), _Heard()
        streams = {"stdout": self._said.end, "stderr": self._wrong.end}
        surroundings = {**uncounted(), **more}
        self.process: subprocess.Popen[bytes] | Asked
        if IS_POSSIBLE:
            surroundings["PYTHONPATH"] = os.pathsep.join([str(HERE), surroundings.get("PYTHONPATH", "")])
            self.process = _ready().start(Call(function, words, surroundings, str(Path.cwd())), **streams)
        else:
            self.process = subprocess.Popen([sys.executable, *program, *words], env=surroundings, **streams)
        self.pid = self.process.pid
        for heard in (self._said, self._wrong):
            os.close(heard.end)

    @property
    def returncode(self) -> int | None:
        return self.process.returncode

    def poll(self) -> int | None:
        return self.process.poll()

    def wait(self, timeout: float | None = None) -> int:
        return self.process.wait(timeout)

    def send_signal(self, number: int) -> None:
        self.process.send_signal(number)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """All that it said, once it has ended."""
        self.wait(timeout)
        return self._said.text(), self._wrong.text()


def started(*words: str, **more: str) -> Started:
    """`qa-analysis` with these words; the rest are its surroundings beside those of the tests."""
    return Started("started:hearing", ["-m", "qa_analysis"], words, more)


def completed(run: Started, timeout: float = 600) -> "subprocess.CompletedProcess[str]":
    """A command that was started, once it has ended."""
    said, said_wrong = run.communicate(timeout)
    return subprocess.CompletedProcess((), run.wait(), said, said_wrong)


def hearing() -> None:
    """The command, which hears what these tests themselves may have been told not to, by nohup or in the background."""
    from qa_analysis.cli import command

    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command()


@cache
def _ready() -> Ready:
    return Ready()
