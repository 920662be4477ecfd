"""A month is published whole or not at all, and never changes afterwards."""

import hashlib
import json
import multiprocessing
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qa_analysis.ending import Ended
from qa_analysis.errors import Busy, DisclosureFailed, OutputUnwritable, WrongUse
from qa_analysis.forms.putting import put
from qa_analysis.publishing.publish import publish, published, staging, verify

NOW = datetime(2023, 7, 10, 9, 5)
posix = pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such file modes")


def publish_month(outputs: Path, text: str = "the figures", month: str = "2023-06") -> Path:
    with staging(outputs, month, now=NOW) as folder:
        (folder / "tables").mkdir()
        (folder / "tables" / "measures.csv").write_text(text)
        (folder / "restricted").mkdir()
        (folder / "restricted" / "fix-list.csv").write_text("who")
        return publish(folder, outputs, month, {"as_at": "2023-07-10"})


def visible(outputs: Path) -> list[str]:
    return sorted(path.name for path in outputs.iterdir() if not path.name.startswith("."))


def test_a_month_is_published_under_its_own_name_with_a_manifest(tmp_path: Path) -> None:
    folder = publish_month(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert folder == tmp_path / "2023-06"
    figures, who = (hashlib.sha256(text).hexdigest() for text in (b"the figures", b"who"))
    assert manifest == {
        "month": "2023-06",
        "as_at": "2023-07-10",
        "files": {"restricted/fix-list.csv": who, "tables/measures.csv": figures},
    }
    assert verify(folder) == ()


def test_a_second_run_is_a_new_revision_and_the_first_is_untouched(tmp_path: Path) -> None:
    first = publish_month(tmp_path, "first")
    second, third = publish_month(tmp_path, "second"), publish_month(tmp_path, "third")
    assert [second.name, third.name] == ["2023-06-r2", "2023-06-r3"]
    assert (first / "tables" / "measures.csv").read_text() == "first"
    assert verify(first) == verify(second) == verify(third) == ()


def test_the_newest_revision_is_the_published_one(tmp_path: Path) -> None:
    assert published(tmp_path / "none yet", "2023-06") is None
    assert published(tmp_path, "2023-06") is None
    for _ in range(11):
        newest = publish_month(tmp_path)
    publish_month(tmp_path, month="2023-07")
    (tmp_path / "2023-06-r99").mkdir()  # without a manifest it is no month
    assert newest.name == "2023-06-r11"
    assert published(tmp_path, "2023-06") == newest


def test_the_same_month_gives_the_same_manifest(tmp_path: Path) -> None:
    first, second = publish_month(tmp_path), publish_month(tmp_path)
    assert (first / "manifest.json").read_bytes() == (second / "manifest.json").read_bytes()


def test_verify_names_what_is_missing_changed_or_extra(tmp_path: Path) -> None:
    folder = publish_month(tmp_path)
    (folder / "restricted" / "fix-list.csv").unlink()
    (folder / "tables" / "measures.csv").write_text("better figures")
    (folder / "tables" / "notes.txt").write_text("mine")
    assert verify(folder) == (
        "restricted/fix-list.csv is missing",
        "tables/notes.txt is not in the manifest",
        "tables/measures.csv was changed",
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": 3}', '{"files": null}'])
def test_a_manifest_that_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert verify(tmp_path) == ("manifest.json cannot be read",)


def test_a_folder_without_manifest_is_not_a_month(tmp_path: Path) -> None:
    assert verify(tmp_path) == ("manifest.json is missing: this is not a published month, or not a whole one",)


def test_what_file_browsers_and_office_leave_is_not_a_change(tmp_path: Path) -> None:
    folder = publish_month(tmp_path)
    for name in (".DS_Store", "Thumbs.db", "~$fix-list.xlsx"):
        (folder / name).write_text("litter")
    assert verify(folder) == ()


@posix
def test_a_manifest_that_never_ends_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.json")
    assert verify(tmp_path) == ("manifest.json is no file",)


@posix
def test_a_link_does_not_stand_for_a_file(tmp_path: Path) -> None:
    folder = publish_month(tmp_path)
    file = folder / "tables" / "measures.csv"
    file.rename(tmp_path / "elsewhere.csv")
    file.symlink_to(tmp_path / "elsewhere.csv")
    assert verify(folder) == ("tables/measures.csv was changed",)


@posix
def test_restricted_is_its_owners_alone_and_the_rest_is_as_open_as_the_outputs(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    outputs.mkdir(mode=0o755)
    with staging(outputs, "2023-06", now=NOW) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "restricted" / "north").mkdir(parents=True)
        (folder / "restricted" / "north" / "list.csv").write_text("who")
        done = publish(folder, outputs, "2023-06", {})
    paths = (done, done / "restricted", done / "restricted" / "north", done / "restricted" / "north" / "list.csv")
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o755, 0o700, 0o700, 0o600]


@pytest.fixture
def careless() -> Iterator[None]:
    """A user whose new files everybody may write to."""
    usual = os.umask(0)
    yield
    os.umask(usual)


@posix
@pytest.mark.usefixtures("careless")
def test_nobody_else_may_write_to_what_is_published_whatever_the_users_own_setting(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    with staging(outputs, "2023-06", now=NOW) as folder:
        for name in ("smt-report.html", "smt-report.ipynb", "tables/measures.csv", "restricted/north/list.xlsx"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("told")
        running = stat.S_IMODE((outputs / ".running.json").stat().st_mode)
        publish(folder, outputs, "2023-06", {})
    assert put("the front page", outputs / "index.html")
    modes = {
        path.relative_to(tmp_path).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in outputs.rglob("[!.]*")
    }
    month = "outputs/2023-06"
    assert modes | {"outputs": stat.S_IMODE(outputs.stat().st_mode), "running": running} == {
        "outputs": 0o755, "outputs/index.html": 0o644, "running": 0o644,
        month: 0o755, f"{month}/manifest.json": 0o644, f"{month}/smt-report.html": 0o644,
        f"{month}/smt-report.ipynb": 0o444, f"{month}/tables": 0o755, f"{month}/tables/measures.csv": 0o644,
        f"{month}/restricted": 0o700, f"{month}/restricted/north": 0o700, f"{month}/restricted/north/list.xlsx": 0o600,
    }  # fmt: skip


def test_no_folder_for_temporary_files_is_said_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    with pytest.raises(OutputUnwritable, match="or name another one in TMPDIR"):
        publish_month(tmp_path / "outputs")


def test_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), staging(tmp_path, "2023-06", now=NOW) as folder:
        (folder / "report.html").write_text("half")
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_the_last_check_sees_the_manifest_and_can_stop_the_month(tmp_path: Path) -> None:
    def refuse(folder: Path) -> None:
        raise DisclosureFailed(str("Jane Smith.xlsx" in (folder / "manifest.json").read_text()))

    with pytest.raises(DisclosureFailed, match="True"), staging(tmp_path, "2023-06", now=NOW) as folder:
        publish(folder, tmp_path, "2023-06", {"extracts": ["Jane Smith.xlsx"]}, last_check=refuse)
    assert visible(tmp_path) == []


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".staging-dead" / "tables").mkdir(parents=True)
    (tmp_path / ".staging-dead" / "tables" / "half.csv").write_text("1,")
    publish_month(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "2023-06"]


@pytest.mark.parametrize("month", ["2023-13", "2023-6", "../2023-06", "2023-06/..", "", "2023-06\n", "CON"])
def test_only_a_month_names_a_folder(tmp_path: Path, month: str) -> None:
    with pytest.raises(WrongUse), staging(tmp_path / "outputs", month, now=NOW):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_at_the_same_time_is_refused_and_told_when_the_first_began(tmp_path: Path) -> None:
    with (
        staging(tmp_path, "2023-06", now=NOW),
        pytest.raises(Busy, match=r"another run is at work here \(2023-06, started 10/07/2023 09:05\)"),
        staging(tmp_path, "2023-07", now=NOW),
    ):
        pass
    publish_month(tmp_path)  # and once it has ended, another may


def _try(outputs: Path, start: "multiprocessing.synchronize.Barrier", results: "multiprocessing.Queue[str]") -> None:
    start.wait()
    try:
        results.put(publish_month(outputs).name)
    except Busy:
        results.put("busy")


def test_of_two_runs_at_once_at_least_one_publishes_and_none_is_mixed(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else None)
    for _ in range(10):
        start, results = context.Barrier(2), context.Queue()
        before = len(visible(tmp_path))
        runs = [context.Process(target=_try, args=(tmp_path, start, results)) for _ in range(2)]
        for one in runs:
            one.start()
        said = sorted(results.get(timeout=60) for _ in runs)
        for one in runs:
            one.join()
        assert len(visible(tmp_path)) - before == len([name for name in said if name != "busy"]) >= 1
    assert all(verify(tmp_path / name) == () for name in visible(tmp_path))


@posix
def test_a_published_notebook_is_for_reading(tmp_path: Path) -> None:
    with staging(tmp_path, "2023-06", now=NOW) as folder:
        (folder / "report.ipynb").write_text("{}")
        done = publish(folder, tmp_path, "2023-06", {})
    assert stat.S_IMODE((done / "report.ipynb").stat().st_mode) == 0o444


def test_an_outputs_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    for outputs in (tmp_path / "file", tmp_path / "file" / "outputs"):
        with pytest.raises(OutputUnwritable, match=r"cannot be written \(.*\). Nothing was published"):
            publish_month(outputs)


READ_ONLY = """
import os, sys
from datetime import datetime
from pathlib import Path
from qa_analysis.errors import OutputUnwritable
from qa_analysis.publishing.publish import staging

if os.getuid() == 0:
    os.setuid(65534)  # nobody: the permissions of a folder do not bind root
try:
    with staging(Path(sys.argv[1]), "2023-06", now=datetime(2023, 7, 10)):
        pass
except OutputUnwritable as refusal:
    print(refusal)
"""


@pytest.mark.parametrize("name", [".probe-", ".staging-"])
def test_a_request_to_end_at_the_moment_a_folder_is_made_leaves_none(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Path.mkdir

    def made(folder: Path, *asked: int, **more: bool) -> None:
        make(folder, *asked, **more)  # type: ignore[arg-type]
        if folder.name.startswith(name):
            raise Ended(15)

    monkeypatch.setattr(Path, "mkdir", made)
    with pytest.raises(Ended):
        publish_month(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != ".lock"] == []


@posix
def test_a_read_only_folder_is_said_in_one_line() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        done = subprocess.run([sys.executable, "-c", READ_ONLY, folder], capture_output=True, text=True, check=True)
        assert done.stdout.startswith(f"{folder} cannot be written (Permission denied). Nothing was published")


def test_a_full_disk_is_said_before_work_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=1000))
    with pytest.raises(OutputUnwritable, match="No space left on device"):
        publish_month(tmp_path)


def test_an_error_that_is_not_of_the_disk_keeps_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), staging(tmp_path / "outputs", "2023-06", now=NOW):
        (tmp_path / "no such extract.csv").read_text()


def test_a_file_that_changes_while_publishing_stops_the_month(tmp_path: Path) -> None:
    def meddle(folder: Path) -> None:
        (folder / "tables.csv").write_text("other figures")

    with pytest.raises(OutputUnwritable, match="a file changed"), staging(tmp_path, "2023-06", now=NOW) as folder:
        (folder / "tables.csv").write_text("figures")
        publish(folder, tmp_path, "2023-06", {}, last_check=meddle)
    assert visible(tmp_path) == []
