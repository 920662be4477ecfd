"""What a disk refused, said in one line, however the library that was writing puts it."""

import errno
import os
import secrets
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from qa_analysis.errors import OutputUnwritable, Refusal

FULL: Final = frozenset(
    getattr(errno, name, -1) for name in ("ENOSPC", "EDQUOT", "EROFS")
)  # certain, whatever the file
_DISK: Final = FULL | {getattr(errno, name, -1) for name in ("EIO", "EFBIG", "ESTALE", "ENODEV", "ENXIO")}
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM})
_SQLITE: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
TEMPORARY: Final = "qa-analysis-"  # how folders begin that are there while something is made
OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_FIRST_BYTE: Final = 0xFF  # SQLite says the kind there, and the finer points above it


@contextmanager
def writing(folder: Path, advice: str, *, file: str = "") -> Iterator[None]:
    """Says in one line what the disk refused while the folder was written; any other error passes as it is.

    The line names the file where it is one that the analyst knows.

    Raises:
        OutputUnwritable: the folder, or the one for temporary files, is full, read-only, locked or gone.
    """
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        said = refused(error)
        if said is None or not _is_about(said, folder, is_own=said is error):
            raise
        elsewhere = _is_temporary(said) and not _is_within(said, folder)
        place = Path(tempfile.gettempdir()) if elsewhere else folder / file
        raise OutputUnwritable(f"{place} cannot be written ({said.strerror or 'unknown reason'}). {advice}") from error


def refused(error: BaseException) -> OSError | None:
    """What the system said, of an error or of one that a library made of it; none where it said nothing."""
    for one in _behind(error, set()):
        if isinstance(one, OSError) and one.errno is not None:  # what pandas makes of SQLite's error is one without
            return one
        code = _SQLITE.get((getattr(one, "sqlite_errorcode", None) or 0) & _FIRST_BYTE)
        if isinstance(one, sqlite3.Error) and code:
            return OSError(code, os.strerror(code))
    return None


def replace_whole(path: Path, write: Callable[[Path], object]) -> None:
    """The file written beside its place and moved there, so that a full disk leaves what was there before."""
    staged = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        write(staged)
        read_alone(staged)
        staged.replace(path)
    finally:
        with suppress(OSError):
            staged.unlink(missing_ok=True)


def has_room(folder: Path, *, needed: int) -> None:
    """Nothing, where so many bytes are free.

    Raises:
        OSError: as the system says it of a full disk.
    """
    if shutil.disk_usage(folder).free < needed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def _behind(error: BaseException, seen: set[int]) -> Iterator[BaseException]:
    """The error, and those it was made of: XlsxWriter hands the first as an argument, pandas as the cause."""
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    handed = [one for one in error.args if isinstance(one, BaseException)]
    for one in (*handed, error.__cause__, error.__context__):
        if one is not None:
            yield from _behind(one, seen)


def _is_about(said: OSError, folder: Path, *, is_own: bool) -> bool:
    """Whether the disk that refused is the one written to.

    An error that merely came up on the way to another counts only where the disk cannot but be the cause.
    """
    if not is_own and said.errno not in _DISK | _DENIED:
        return False
    if not isinstance(said.filename, str):
        return said.errno in _DISK or not is_own
    return said.errno in FULL or _is_within(said, folder) or (_is_temporary(said) and said.errno in _DISK | _DENIED)


def _is_within(said: OSError, folder: Path) -> bool:
    """Whether the file lies in the folder, or the folder in it."""
    if not isinstance(said.filename, str):
        return False
    named = Path(os.path.abspath(said.filename))  # noqa: PTH100  # resolve() asks the disk that failed
    whole = Path(os.path.abspath(folder))  # noqa: PTH100
    return named.is_relative_to(whole) or whole.is_relative_to(named)


def _is_temporary(said: OSError) -> bool:
    """Whether the file is one of the many that libraries write on the way."""
    if not isinstance(said.filename, str):
        return False
    named = Path(os.path.abspath(said.filename))  # noqa: PTH100
    return named.is_relative_to(os.path.abspath(tempfile.gettempdir()))  # noqa: PTH100


def read_alone(path: Path) -> None:
    """Let others read a file or a folder as far as its user does, and never write to it, whatever the umask says."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS_WRITE:
        with suppress(PermissionError):  # our own file: the drive keeps no modes
            path.chmod(mode & ~OTHERS_WRITE)
