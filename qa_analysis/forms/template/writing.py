"""Writes a new file and never another's: what is already there may hold records."""

from collections.abc import Callable
from pathlib import Path

from qa_analysis import disk
from qa_analysis.errors import WrongUse


def write_new(path: Path, make: Callable[[], bytes]) -> Path:
    """The file, made where there is none of that name.

    Raises:
        WrongUse: there is one already.
        OutputUnwritable: the folder cannot be made or written to.
    """
    try:
        with disk.writing(path.parent, "Free some space, or give another folder.", file=path.name):
            written = _written(path, make)
            disk.read_alone(written)
            return written
    except FileExistsError:
        raise _already(path) from None


def _written(path: Path, make: Callable[[], bytes]) -> Path:
    """The file; of one that the disk cut short, nothing stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise _already(path)
    content = make()
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise
    return path


def _already(path: Path) -> WrongUse:
    return WrongUse(f"{path} is there already and may hold records, so it was left as it is. Give another folder.")
