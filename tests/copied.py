"""What copies of a process that has imported do in its tests, by name."""

import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import psutil

from qa_analysis.terminal import say


def tells() -> None:
    """What a process is that was started for this alone."""
    held = {
        "words": sys.argv[1:], "surroundings": dict(os.environ), "folder": str(Path.cwd()),
        "temporary": tempfile.gettempdir(),
        "hours ahead": -time.timezone / 3600,
        "leads": os.getsid(0) == os.getpid(),
        "stdin": sys.stdin.read(), "int": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
        "open": sorted(path.name for path in Path("/proc/self/fd").iterdir()),
        "threads": len(list(Path("/proc/self/task").iterdir())),
    }  # fmt: skip
    say(json.dumps(held))


def remembers() -> None:
    """What a copy leaves in itself, it takes away with it."""
    import qa_analysis

    say(getattr(qa_analysis, "left", "nothing"))
    qa_analysis.left = "something"  # type: ignore[attr-defined]


def kills_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stays() -> None:
    time.sleep(600)


def takes_all() -> None:
    """Memory, until there is no more."""
    held = bytearray()
    while True:
        held += bytes(100_000_000)


def copies_what_it_is() -> None:
    """A run's own processes are copies of the run: they have what it has imported and what it has set."""
    from qa_analysis.publishing.apart.processes import in_a_copy

    os.environ["MARK"] = "set by the run"
    say(f"{in_a_copy(os.getenv, 'MARK')} {in_a_copy(os.getppid) != os.getpid()}")
    say(str(sum("forkserver" in " ".join(one.cmdline()) for one in psutil.Process().children(recursive=True))))


def is_asked_to_end_while_it_is_copied() -> None:
    """The signal comes where Python lets libraries tidy up after a copy, and drops whatever is raised."""
    from qa_analysis import ending
    from qa_analysis.publishing.apart.processes import warm_up

    ending.listen()
    os.register_at_fork(after_in_parent=lambda: signal.raise_signal(signal.SIGTERM))
    try:
        warm_up()
    except ending.Ended as ended:
        say(str(ended.exit_code))
