"""What a command does, whatever it can print and whatever settings of Python it inherits."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from runs import CORE, KEY, published
from small import frames, write

POSIX = pytest.mark.skipif(os.name != "posix", reason="streams are closed and filled by a shell's means")


def command(*words: str, shell: str = "", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """A command of ours in a process of its own; `shell` is what follows it on a shell's line."""
    line = [sys.executable, "-m", "qa_analysis", *words]
    environment = {**os.environ, "QA_ANALYSIS_KEY": KEY, **settings}
    if shell:
        line = ["bash", "-c", f'"$@" {shell}', "bash", *line]
    return subprocess.run(line, env=environment, capture_output=True, check=False, timeout=600)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"), frames(**CORE))


@pytest.fixture(scope="module")
def plain(data: Path) -> subprocess.CompletedProcess[bytes]:
    return command("check", "--data", str(data))


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"},
        {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
    ids="+".join,
)
def test_inherited_settings_change_nothing(
    data: Path, plain: subprocess.CompletedProcess[bytes], settings: Mapping[str, str]
):
    done = command("check", "--data", str(data), **settings)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (plain.returncode, plain.stdout.splitlines()[-1])
    assert len(done.stderr.splitlines()) == len(plain.stderr.splitlines())  # each step of the check, and no warning


def test_a_letter_that_a_screen_lacks_is_a_question_mark_and_the_rest_is_said() -> None:
    line = "from qa_analysis.terminal import open_streams, say\nopen_streams()\nsay('M\\u0101ori')\nsay('and the rest')"
    settings = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", line], env=settings, capture_output=True, check=True, timeout=600)
    assert done.stdout.decode("cp1252").splitlines() == ["M?ori", "and the rest"]


@POSIX
@pytest.mark.parametrize("shell", ["2>&1 | true; exit ${PIPESTATUS[0]}", ">&- 2>&- <&-", ">/dev/full 2>/dev/full"])
def test_what_cannot_be_printed_changes_no_exit_code(data: Path, shell: str):
    assert command("check", "--data", str(data), shell=shell).returncode == 0


@POSIX
@pytest.mark.slow
def test_a_month_that_nobody_can_be_told_of_is_published_with_the_settings_of_a_developer(data: Path, tmp_path: Path):
    outputs = tmp_path / "outputs"
    run = ["run", "2023-06", "--data", str(data), "--outputs", str(outputs), "--report", "moderation"]
    done = command(*run, shell=">&- 2>/dev/full <&-", PYTHONOPTIMIZE="2", PYTHONWARNINGS="error")
    assert (done.returncode, published(outputs)) == (0, ["2023-06", "index.html"])


@POSIX
def test_nobody_else_may_write_to_what_a_command_leaves_whatever_the_users_own_setting(data: Path, tmp_path: Path):
    mine, empty = tmp_path / "data", tmp_path / "empty"
    shutil.copytree(data, mine)
    ours = ('map --data "$1"', 'template "$2"', 'check --list --data "$1"')
    line = " && ".join(["umask 000", *(f'"$0" -m qa_analysis {words}' for words in ours)])
    subprocess.run(["bash", "-c", line, sys.executable, str(mine), str(empty)], check=True, timeout=600)
    given = {path.name for path in data.iterdir()}
    left = [path for path in (*mine.iterdir(), empty, *empty.iterdir()) if path.name not in given]
    assert len(left) == 4
    assert [path.name for path in left if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)] == []


def _can_run_as(user: str) -> bool:
    """Whether this is root, and that user could run what is installed here."""
    if os.name != "posix" or os.geteuid() != 0:
        return False
    try:
        line = [sys.executable, "-c", "import os, qa_analysis.publishing.run; print(os.__file__)"]
        done = subprocess.run(line, user=user, check=False, capture_output=True, text=True, timeout=600)
        return done.stdout.strip() == os.__file__  # not the library of another Python, where ours is closed to them
    except (OSError, LookupError):
        return False


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("user", [None, "nobody"], ids=["oneself", "nobody"])
def test_a_run_needs_no_home_no_temporary_folder_of_its_users_and_no_letters_but_ascii(user: str | None, data: Path):
    if user and not _can_run_as(user):
        pytest.skip("only root can be somebody else, and only where Python is installed for all")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        place = Path(name)
        place.chmod(0o777)
        shutil.copytree(data, place / "data")
        (place / "data").chmod(0o755)
        (place / "no folder").touch()
        nowhere = str(place / "no folder" / "in a file")
        settings = {"PATH": os.environ["PATH"], "LANG": "C", "TMPDIR": nowhere, "HOME": nowhere, "QA_ANALYSIS_KEY": KEY}
        kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
        words = ["run", "2023-06", "--data", "data", "--outputs", "outputs", "--report", "smt-report"]
        done = subprocess.run(
            [sys.executable, "-m", "qa_analysis", *words],
            user=user, cwd=place, env=kept | settings, capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
        assert (done.returncode, published(place / "outputs")) == (0, ["2023-06", "index.html"]), done.stderr
    assert [line for line in done.stderr.splitlines() if not line.startswith(("…", "?"))] == []
