"""Writes a new file and never another's: what is already there may hold records."""

from collections.abc import Callable
from pathlib import Path

from qa_analysis.errors import OutputUnwritable, WrongUse
from qa_analysis.forms.putting import read_alone


def write_new(path: Path, make: Callable[[], bytes]) -> Path:
    """The file, made where there is none of that name.

    Raises:
        WrongUse: there is one already.
        OutputUnwritable: the folder cannot be made or written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise _already(path)
        content = make()
        with path.open("xb") as file:
            file.write(content)
        read_alone(path)
    except FileExistsError:
        raise _already(path) from None
    except OSError as error:
        raise OutputUnwritable(f"{path} could not be written: {error.strerror}. Give another folder.") from error
    return path


def _already(path: Path) -> WrongUse:
    return WrongUse(f"{path} is there already and may hold records, so it was left as it is. Give another folder.")
