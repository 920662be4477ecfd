"""Removes what was kept for long enough: saved answers, notes of failures, what killed runs left behind.

Published months stay: how long they are kept is for a council's own schedule, and a file taken out of one would make it
one that was changed. The questions of saved answers stay as well, because later answers are held together with them.
"""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from qa_analysis.disk import TEMPORARY
from qa_analysis.english import agreeing, counted
from qa_analysis.framework import rules_for
from qa_analysis.publishing.lab import ANSWERS
from qa_analysis.questions.answer import ASK_AGAIN
from qa_analysis.retention import Retention

_OURS: Final = re.compile(rf"{TEMPORARY}[a-z0-9_]{{8}}")  # as tempfile makes a name
_NOTE: Final = re.compile(r"[0-9a-f]{8}\.txt")


def tidied(outputs: Path, notes: Path, *, now: datetime) -> list[str]:
    """What there is to say of what was removed: a line where answers were, which somebody may look for.

    Answers lie beside the outputs; `notes` is the folder of what is written down where the software fails.
    """
    try:
        return _tidied(outputs.resolve().parent / ANSWERS, notes, now, rules_for(f"{now:%Y-%m}").retention)
    except OSError:  # the month is published, whatever the disk says now
        return []


def _tidied(answers: Path, notes: Path, now: datetime, retention: Retention) -> list[str]:
    removed = sum(_removed(path) for path in _saved(answers) if _is_older(path, now, retention.answers))
    for path in _notes(notes):
        if _is_older(path, now, retention.failures):
            _removed(path)
    for path in _left():
        if _is_older(path, now, retention.leftovers):
            shutil.rmtree(path, ignore_errors=True)
    if not removed:
        return []
    answered = counted(removed, "saved answer")
    return [f"{answered} of more than {retention.answers} days ago {agreeing(removed, 'was', 'were')} removed."]


def _saved(answers: Path) -> Iterator[Path]:
    """The pages of saved answers; no page that somebody put beside them."""
    for path in sorted(answers.glob("*.html")):
        with suppress(OSError):
            if (
                path.is_file()
                and not path.is_symlink()
                and ASK_AGAIN in path.read_text(encoding="utf-8", errors="replace")
            ):
                yield path


def _notes(faults: Path) -> Iterator[Path]:
    """The notes of where the software failed."""
    return (path for path in sorted(faults.glob("*.txt")) if not path.is_symlink() and _NOTE.fullmatch(path.name))


def _left() -> Iterator[Path]:
    """The private folders of this user that a run had while it was at work."""
    for place in {tempfile.gettempdir(), *(["/tmp"] if os.name == "posix" else [])}:  # a short path for a channel
        for path in sorted(Path(place).glob(f"{TEMPORARY}*")):
            with suppress(OSError):
                if _OURS.fullmatch(path.name) and _is_own_folder(path):
                    yield path


def _is_own_folder(path: Path) -> bool:
    held = path.lstat()
    return stat.S_ISDIR(held.st_mode) and (os.name != "posix" or held.st_uid == os.getuid())


def _is_older(path: Path, now: datetime, days: int) -> bool:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, now.tzinfo) < now - timedelta(days=days)
    except (OSError, ValueError, OverflowError):
        return False


def _removed(path: Path) -> bool:
    with suppress(OSError):
        path.unlink()
        return True
    return False
