"""Whole runs in odd places and by other users: the trials of `faults.py` about paths, rights and languages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fault_bench import LONGEST, Bench, Lots, lines, published, refused
from fault_table import Kept
from kill_publishing import state

NOBODY: Final = 65534  # the user of that name
AS_NOBODY: Final = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
WITHOUT_RIGHTS: Final = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")  # root as anybody who owns the files
PLACES: Final = (
    "with spaces in it",
    "größer – ʻōlelo Māori",
    "/".join(["a long name of a folder"] * 7),
    "it's 100% & #1",
    os.fsdecode(b"caf\xe9 in Latin-1, which is no UTF-8"),
)


def odd_places(bench: Bench, _: Lots) -> Iterator[Kept]:
    """Extracts and outputs in folders with odd names; extracts nobody may write to; a file whose name is no text."""
    against = []
    for place in PLACES:
        own = _copy(bench, place, outputs="out puts")
        against += published(own, own.start(own.line()))
    what = "long, spaced, accented and non-UTF-8 paths, and signs of a shell"
    yield Kept(what, "published", len(PLACES), tuple(against))
    yield _read_only(_copy(bench, "read-only"))
    yield _no_text(_copy(bench, "no text"))


def _copy(bench: Bench, place: str, *, outputs: str = "outputs") -> Bench:
    """The extracts once more, in a folder of this name."""
    folder = bench.outputs.parent / "odd" / place
    shutil.copytree(bench.data, folder / "data", dirs_exist_ok=True)
    return Bench(folder / "data", folder / outputs)


def _read_only(own: Bench) -> Kept:
    what = "a folder of extracts that may be read and not written"
    promise = "published; nothing beside the extracts"
    is_root = os.name == "posix" and os.geteuid() == 0
    if os.name != "posix" or (is_root and shutil.which("setpriv") is None):
        return Kept(what, promise, 0, skipped="needs a user without the rights of root, or setpriv")
    for path in [*own.data.rglob("*"), own.data]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = _all(own.data)
    against = published(own, own.start(own.line(), before=WITHOUT_RIGHTS if is_root else ()))
    against += [] if _all(own.data) == before else ["the extracts changed"]
    own.data.chmod(0o755)
    return Kept(what, promise, 1, tuple(against))


def _no_text(own: Bench) -> Kept:
    (own.data / os.fsdecode(b"audits caf\xe9.csv")).write_text("audit_id\n")
    against = [*refused(own.start(own.line()), 10), *own.wrong({}), *state(own.outputs)]
    return Kept("an extract whose name is no UTF-8", "10, one line, nothing published", 1, tuple(against))


def _all(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def not_writable(bench: Bench, _: Lots) -> Iterator[Kept]:
    """Outputs where nothing can be written, whoever asks: another kind of disk, a file in the way, a drive gone."""
    in_the_way = bench.outputs.parent / "a file"
    in_the_way.write_text("in the way")
    places = [Path("/proc/qa-outputs"), Path("/sys/qa-outputs"), in_the_way, in_the_way / "deeper"]
    against = []
    for place in [one for one in places if one.parent.exists()]:
        run = bench.start(bench.line(place))
        said = run.communicate(timeout=LONGEST)[1]
        if (run.returncode, len(said.splitlines())) != (31, 1):
            against.append(f"{place.name}: exit {run.returncode}")
    yield Kept("a folder that cannot be written", "31, one line, at once", len(places), tuple(against))


def others(bench: Bench, _: Lots) -> Iterator[Kept]:
    """Runs of a user who may write next to nothing, in a language of ASCII alone; and what that user may read."""
    what = "another user"
    promise = "what is theirs is published; what is not, 31 in one line; restricted/ is closed to them"
    if lacking := _lacking():
        yield Kept(what, promise, 0, skipped=lacking)
        return
    theirs = bench.outputs.parent / "theirs"
    theirs.mkdir(exist_ok=True)
    os.chown(theirs, NOBODY, NOBODY)
    own, settings = Bench(bench.data, theirs / "outputs"), {"HOME": "/nowhere", "LANG": "C", "LC_ALL": "C"}
    mine = {**settings, "TMPDIR": str(theirs)}
    against = published(own, own.start(own.line(), before=AS_NOBODY, settings=mine))
    for tmp, outputs in (("/proc", own.outputs), (str(theirs), bench.outputs)):
        run = own.start(own.line(outputs), before=AS_NOBODY, settings={**settings, "TMPDIR": tmp})
        said = run.communicate(timeout=LONGEST)[1]
        if (run.returncode, len(lines(said))) not in ((31, 1), (0, 0)):
            against.append(f"TMPDIR {tmp}: exit {run.returncode}, {said.splitlines()[-1:]}")
    bench.start(bench.line()).communicate(timeout=LONGEST)
    against += _readable_by_nobody(bench.outputs)
    yield Kept(what, promise, 4, tuple(against))


def _lacking() -> str:
    """What this machine lacks for a run of another user; nothing where they can be tried."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("setpriv") is None:
        return "needs root and setpriv"
    asks = [*AS_NOBODY, sys.executable, "-c", "import sys, pandas; print(sys.base_prefix)"]
    found = subprocess.run(asks, capture_output=True, text=True, check=False, cwd="/").stdout.strip()
    return "" if found == sys.base_prefix else "Python lies in a folder that is closed to other users"


def _readable_by_nobody(outputs: Path) -> list[str]:
    """Files of restricted/ that another user can read, and pages that they cannot."""
    month = outputs / next(iter(state(outputs)))
    found = []
    for path in sorted(month.rglob("*")):
        is_open = subprocess.run([*AS_NOBODY, "test", "-r", str(path)], check=False).returncode == 0
        if is_open == ("restricted" in path.relative_to(month).parts):
            found.append(f"{path.name} is {'open' if is_open else 'closed'} to others")
    return found
