"""What a command says, and the settings of Python it inherits: neither may change what it does.

A line that cannot be printed (the reader has gone, the disk is full, the console lacks a letter) is no failure of a
month that is published, so nothing here raises.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import click

from qa_analysis.ending import heard

SETTINGS: Final = ("PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONDEVMODE", "PYTHONINSPECT")  # for developers of libraries
_MODES: Final = {0: "r", 1: "w", 2: "w"}


def say(line: str = "", *, err: bool = False) -> None:
    """One line on the screen or in the log, as far as that can be written."""
    try:
        click.echo(line, err=err)
    except (OSError, ValueError):
        _give_up(2 if err else 1)


@contextmanager
def progress(*, steps: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, plain lines in a log. A step is not begun where the command was asked to end before it."""
    if not sys.stderr.isatty():

        def tell(label: str) -> None:
            heard()
            say(f"… {label}", err=True)

        yield tell
        return
    from tqdm import tqdm

    with tqdm(total=steps, bar_format="{percentage:3.0f}% |{bar:30}| {desc}", leave=False) as bar:

        def advance(label: str) -> None:
            heard()
            bar.set_description_str(label)
            bar.update()

        yield advance


def open_streams() -> None:
    """Make sure that there is something to write to, that any letter can be written, and that nobody else does."""
    logging.getLogger("matplotlib").addHandler(logging.NullHandler())  # its remarks on a home it cannot write to
    for number, mode in _MODES.items():
        name = ("stdin", "stdout", "stderr")[number]
        if not _is_open(number):
            _to_nowhere(number)
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
    sys.unraisablehook = lambda _: None  # what a library's object says as it goes would be a traceback
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def run_plainly() -> int | None:
    """Run this command again without settings that make libraries fail, and its exit code; None where it has none.

    Libraries read their own descriptions, which PYTHONOPTIMIZE=2 takes out, and warn of each other, which
    PYTHONWARNINGS=error makes a failure.
    """
    if not sys.flags.optimize and not sys.warnoptions:
        return None
    plain = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    command = [sys.executable, "-m", "qa_analysis", *sys.argv[1:]]
    if os.name == "posix":
        os.execve(command[0], command, plain)  # in the place of this one, so that a signal reaches what does the work
    try:
        return subprocess.run(command, env=plain, check=False).returncode
    except KeyboardInterrupt:
        return 130


def _give_up(number: int) -> None:
    """Send what is still to be written nowhere, also what Python writes when it ends."""
    with suppress(OSError):
        _to_nowhere(number)


def _is_open(number: int) -> bool:
    """Whether the process has the stream."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _to_nowhere(number: int) -> None:
    """Make a stream of the process one that nobody reads, so that no other file takes its place."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere == number:
        os.set_inheritable(number, True)  # or a notebook's process would have no such stream
        return
    os.dup2(nowhere, number)
    os.close(nowhere)
