"""What the tests ask of the machine: one thread a process, and a disk of memory where there is one.

Imported before whatever computes, since libraries look at their settings when they are loaded. What a test starts
inherits both. A disk of memory forgets nothing when a process dies: only a power cut could tell it from another.
"""

import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Final

import psutil
import pytest

MEMORY: Final = Path("/dev/shm")
COUNTED: Final = "COVERAGE_PROCESS"  # how coverage tells a process to count what it runs
ROOM: Final = 4 * 2**30  # bytes: some runs of the whole suite, which pytest keeps
EACH: Final = 2 * 2**30  # bytes of memory: a process that runs tests, and the notebooks of a month it publishes
MOST: Final = 8  # more would wait for the longest test


def has_room(folder: Path) -> bool:
    """Whether files may be kept and programs run there, and there is room."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    return not os.statvfs(folder).f_flag & os.ST_NOEXEC and shutil.disk_usage(folder).free > ROOM


def runs_tests(config: pytest.Config) -> bool:
    """Whether this process runs tests itself, and does not only hand them out to others."""
    return hasattr(config, "workerinput") or not getattr(config.option, "numprocesses", None)


def workers() -> int:
    """How many processes run tests at once: one more than cores, where there is memory for them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores + 1, max(1, psutil.virtual_memory().available // EACH), MOST)


def load() -> None:
    """What many tests import that is quick to load only as the software itself loads it."""
    import_module("qa_analysis.forms.html.page")  # nbformat, without all that a web address may be


def uncounted() -> dict[str, str]:
    """The surroundings for a process that coverage is not to count: one that is killed could not say what it ran."""
    return {name: value for name, value in os.environ.items() if not name.startswith(COUNTED)}


def start_copies_uncounted() -> None:
    """Under coverage, starts the process that notebooks are copies of, and starts it without.

    A copy ends without a word, so what it ran was never counted: it only took twice as long.
    """
    if counted := {name: value for name, value in os.environ.items() if name.startswith(COUNTED)}:
        for name in counted:
            del os.environ[name]
        import_module("qa_analysis.publishing.apart.processes").warm_up()
        os.environ.update(counted)


os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as many processes run tests as there are cores
if "TMPDIR" not in os.environ and has_room(MEMORY):
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None  # it may have been asked for already
