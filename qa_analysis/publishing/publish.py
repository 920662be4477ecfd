"""Publishes a month whole or not at all.

A month is built in a staging folder beside the published ones, sealed by a manifest that is written last, checked
against it, and moved into place by one rename. A reader sees the old month or the new one, never a mixture, and a
published folder is never written again: a re-run becomes the next revision (2023-06, 2023-06-r2, 2023-06-r3 …).
Whatever a killed run left behind is swept by the next.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from qa_analysis import disk, ending
from qa_analysis.council import SAYS_NOTHING, Council, Own, own_of
from qa_analysis.dates import parse_month
from qa_analysis.disclosure.places import MANIFEST, RESTRICTED, SHARED_FOLDER
from qa_analysis.disk import read_alone
from qa_analysis.errors import Busy, OutputUnwritable, WrongUse
from qa_analysis.forms.putting import STAGED_FILE
from qa_analysis.framework import Rules, rules_for

READ_ONLY = 0o444
SPACE_NEEDED = 50_000_000  # bytes; a month takes about half of it

_STAGING = ".staging-"
_NAME = re.compile(r"(20\d\d-\d\d)(?:-r([1-9]\d*))?")
_LOCK = ".lock"
_RUNNING = ".running.json"
_LITTER = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*")  # what file browsers and Office leave beside files
_RENAMES = 5  # on Windows a virus scanner may hold a new folder for a moment
_ADVICE = "Nothing was published; months published before are untouched. Free some space or choose another folder."


@contextmanager
def staging(outputs: Path, month: str, *, now: datetime) -> Iterator[Path]:
    """A private folder in which to build the month, while no other run may build in the same outputs.

    The time of the run is shown to whoever tries to run at the same time. On leaving, the folder is gone: published,
    or removed.

    Raises:
        WrongUse: the month is not a month.
        Busy: another run is at work in this output folder.
        OutputUnwritable: the output folder is full, read-only, locked or gone, now or while the month is built.
    """
    parse_month(month)
    writable(outputs)
    with disk.writing(outputs, _ADVICE), only_run(outputs, month, now):
        _sweep(outputs)
        folder = outputs / f"{_STAGING}{secrets.token_hex(4)}"
        try:  # also while it is made: a signal may come between any two steps
            folder.mkdir(mode=0o700)
            yield folder
        finally:
            ending.clean_up()
            shutil.rmtree(folder, ignore_errors=True)


def writable(outputs: Path) -> None:
    """Makes the output folder where it is not there, and tries it, before any work is done.

    Raises:
        OutputUnwritable: it is full, read-only or cannot be made, or nothing can be kept for the time of a run.
    """
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        raise OutputUnwritable(
            "No folder for temporary files can be written. Free some space in it, or name another one in TMPDIR."
        ) from None
    with disk.writing(outputs, _ADVICE):
        outputs.mkdir(mode=0o755, parents=True, exist_ok=True)
        probe = outputs / f".probe-{secrets.token_hex(4)}"
        try:
            probe.mkdir()
        finally:
            with suppress(FileNotFoundError):
                probe.rmdir()
        disk.has_room(outputs, needed=SPACE_NEEDED)


def publish(
    folder: Path,
    outputs: Path,
    month: str,
    manifest: Mapping[str, Any],
    *,
    last_check: Callable[[Path], None] = lambda folder: None,
) -> Path:
    """Where the month now lies: the staged folder, sealed and moved into place as the month's next revision.

    The last check sees the folder as it will be published, manifest and all, and stops it by raising.

    Raises:
        OutputUnwritable: what was written cannot be read back as it was.
    """
    _protect(folder, outputs)
    _write_manifest(folder, {"month": parse_month(month), **manifest})
    last_check(folder)
    _flush(folder)
    if verify(folder):
        raise OutputUnwritable(f"{outputs}: a file changed while the month was being published. {_ADVICE}")
    target = _next_revision(outputs, month)
    ending.finish()
    _rename(folder, target)
    with suppress(OSError):  # the month is in place; this only hastens its reaching the disk
        _flush_path(outputs)
    return target


def verify(folder: Path, *, of: Callable[[str], bool] = lambda name: True) -> tuple[str, ...]:
    """What is wrong with a published folder: nothing, if each file is as the manifest says. One sentence per file.

    `of` says which files are asked about, by their names from the folder; all of them where it is left out.
    """
    if (folder / MANIFEST).exists() and not (folder / MANIFEST).is_file():
        return (f"{MANIFEST} is no file",)  # a pipe or a device would never end
    try:
        promised = {name: digest for name, digest in digests(folder).items() if of(name)}
    except FileNotFoundError:
        return (f"{MANIFEST} is missing: this is not a published month, or not a whole one",)
    except (OSError, ValueError, KeyError, TypeError):
        return (f"{MANIFEST} cannot be read",)
    present = {name: path for path in _files(folder) if of(name := _name(folder, path))}
    both = sorted(promised.keys() & present.keys())
    return (
        *(f"{name} is missing" for name in sorted(promised.keys() - present.keys())),
        *(f"{name} is not in the manifest" for name in sorted(present.keys() - promised.keys())),
        *(f"{name} was changed" for name in both if not _is_same(present[name], promised[name])),
    )


def digests(folder: Path) -> dict[str, str]:
    """The digest of each published file, by its name from the folder, as the manifest gives them.

    Raises:
        OSError, ValueError, KeyError, TypeError: there is no manifest, or none that can be read.
    """
    return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"])


def published(outputs: Path, month: str) -> Path | None:
    """The newest published revision of the month, if there is one."""
    revisions = {
        _revision(path.name, month): path
        for path in (outputs.iterdir() if outputs.is_dir() else ())
        if _revision(path.name, month) and (path / MANIFEST).is_file()
    }
    return revisions[max(revisions)] if revisions else None


@dataclass(frozen=True)
class Publication:
    """One published folder, as its manifest describes it.

    `reports` holds the title of each report, by name; `shared` are those that lie in the folder for everyone; `places`
    holds the title of each page of a service or team, by where it lies.
    """

    folder: str
    month: str
    as_at: date
    published: datetime
    reports: Mapping[str, str]
    shared: frozenset[str]
    extracts: int
    rows: int
    issues: int
    council: Council
    places: Mapping[str, str] = field(default_factory=dict)
    own: Own = SAYS_NOTHING

    @property
    def rules(self) -> Rules:
        """The rules of its cycle, with what the council said of itself."""
        return rules_for(self.month, own=self.own)


def publications(outputs: Path) -> tuple[Publication, ...]:
    """Every published folder, by month and revision; a folder whose manifest cannot be read is left out."""
    names = (match for path in outputs.iterdir() if (match := _NAME.fullmatch(path.name)))
    ordered = sorted((match[1], int(match[2] or 1), match[0]) for match in names)
    return tuple(one for *_, name in ordered if (one := _publication(outputs / name)))


def first_days(publications: Iterable[Publication], month: str) -> dict[str, date]:
    """The day on which each report of a cycle was first published, by its name."""
    held = sorted((one for one in publications if one.month == month), key=lambda one: one.published, reverse=True)
    return {name: one.published.date() for one in held for name in one.reports}


def begun(publications: Iterable[Publication]) -> date:
    """The day of the first publication there is."""
    return min((one.published.date() for one in publications), default=date.min)


def _publication(folder: Path) -> Publication | None:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        own = own_of(told.get("council", {}))
        return Publication(
            folder=folder.name,
            month=told["month"],
            as_at=date.fromisoformat(told["as_at"]),
            published=datetime.fromisoformat(told["published"]),
            reports=dict(told["reports"]),
            shared=frozenset(name for name in told["reports"] if (folder / SHARED_FOLDER / f"{name}.html").is_file()),
            extracts=len(told["extracts"]),
            rows=sum(extract["rows_loaded"] for extract in told["extracts"]),
            issues=sum(told["quality"].values()),
            council=rules_for(told["month"], own=own).council,
            places=dict(told.get("places", {})),
            own=own,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, WrongUse):
        return None


def revision_of(name: str) -> tuple[str, int] | None:
    """The month and the number of the revision that a folder is called by; None of any other name."""
    match = _NAME.fullmatch(name)
    return (match[1], int(match[2] or 1)) if match else None


def _revision(name: str, month: str) -> int:
    """1 for the month's own folder, 2 for its -r2 …, and 0 for any other name."""
    match = _NAME.fullmatch(name)
    return int(match[2] or 1) if match and match[1] == month else 0


def _next_revision(outputs: Path, month: str) -> Path:
    newest = max((_revision(path.name, month) for path in outputs.iterdir()), default=0)
    return outputs / (month if newest == 0 else f"{month}-r{newest + 1}")


@contextmanager
def only_run(outputs: Path, month: str, now: datetime) -> Iterator[None]:
    """Holds the folder's lock, which the system lets go of when this process ends, however it ends."""
    try:
        lock = FileLock(outputs / _LOCK).acquire(timeout=0)
    except Timeout:
        raise Busy(
            f"{outputs}: another run is at work here ({_running(outputs)}). Wait until it ends, then run again."
        ) from None
    except NotImplementedError:
        raise OutputUnwritable(f"{outputs} cannot be locked on this drive. Choose a folder elsewhere.") from None
    with lock:
        _write(outputs / _RUNNING, {"month": month, "started": f"{now:%d/%m/%Y %H:%M}"})
        try:
            yield
        finally:
            with suppress(OSError):
                (outputs / _RUNNING).unlink(missing_ok=True)


def _running(outputs: Path) -> str:
    try:
        other = json.loads((outputs / _RUNNING).read_text(encoding="utf-8"))
        return f"{other['month']}, started {other['started']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has just started or is just ending"


def _sweep(outputs: Path) -> None:
    """Removes what killed runs left; the lock is ours, so none of it is in use."""
    for left in outputs.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    for page in outputs.glob(f"{STAGED_FILE}*"):
        with suppress(OSError):
            page.unlink()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and path != folder / MANIFEST and not _LITTER.fullmatch(path.name):
            yield path


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_same(path: Path, digest: str) -> bool:
    try:
        return not path.is_symlink() and path.is_file() and _sha256(path) == digest
    except OSError:
        return False


def _write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    files = {_name(folder, path): _sha256(path) for path in _files(folder)}
    _write(folder / MANIFEST, {**content, "files": files})


def _write(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    read_alone(path)


def _protect(folder: Path, outputs: Path) -> None:
    """Lists that name people are their owner's alone; the rest is as open as the outputs folder itself, to readers.

    Others write to nothing, whatever a user's own setting allows. Notebooks are for reading and running: JupyterLab
    writes to none of them, so that what was published stays.
    """
    for path in folder.rglob("*"):
        read_alone(path)
    for notebook in folder.rglob("*.ipynb"):
        notebook.chmod(READ_ONLY)
    restricted = folder / RESTRICTED
    if restricted.is_dir():
        restricted.chmod(0o700)
        for path in restricted.rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
    shutil.copymode(outputs, folder)
    read_alone(folder)


def _flush(folder: Path) -> None:
    """Everything on the disk before the rename, so that a power cut cannot leave a month with empty files."""
    for path in (*_files(folder), folder / MANIFEST):
        _flush_path(path)
    for path in (*folder.rglob("*"), folder):
        if path.is_dir():
            _flush_path(path)


def _flush_path(path: Path) -> None:
    windows = os.name != "posix"
    if windows and path.is_dir():
        return  # which it cannot open
    descriptor = os.open(path, os.O_RDWR if windows else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rename(folder: Path, target: Path) -> None:
    for attempt in range(1, _RENAMES + 1):
        try:
            folder.rename(target)
        except PermissionError:
            if attempt == _RENAMES:
                raise
            time.sleep(0.2 * attempt)
        else:
            return
