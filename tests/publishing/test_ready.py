"""A copy of a process that has imported is a command like any other, and knows nothing of the one before it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest
from machine import uncounted
from runs import KEY, MONTH

from qa_analysis.publishing.apart.ready import COMMAND, IS_POSSIBLE, Asked, Call, Ready

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not IS_POSSIBLE, reason="elsewhere no process is a copy of another"),
]
TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    """One whose process was started by somebody who has a key."""
    held = Ready()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", KEY)
        asked(held, tmp_path_factory.mktemp("ready"), "copied:remembers")[0].wait(60)
    yield held
    held.end()


def asked(
    ready: Ready, place: Path, function: str, *words: str, surroundings: dict[str, str] | None = None, most: int = 0
) -> tuple[Asked, Path, Path]:
    """A copy at work in the folder, and the files in which its streams end."""
    said, wrong = place / "said", place / "wrong"
    told = uncounted() if surroundings is None else surroundings
    with said.open("wb") as out, wrong.open("wb") as err:
        call = Call(function, words, {**told, "PYTHONPATH": str(TESTS)}, str(place), most)
        return ready.start(call, stdout=out.fileno(), stderr=err.fileno()), said, wrong


def command(ready: Ready, place: Path, *words: str) -> tuple[int, str, str]:
    copy, said, wrong = asked(ready, place, COMMAND, *words)
    return copy.wait(120), said.read_text(), wrong.read_text()


@pytest.mark.parametrize("words", [["--version"], ["run", "2023-13", "--data", "x"], ["reports"], ["nonsense"]])
def test_a_command_says_and_ends_as_it_does_as_a_program(words: Sequence[str], ready: Ready, tmp_path: Path) -> None:
    program = subprocess.run(
        [sys.executable, "-P", "-m", "qa_analysis", *words], cwd=tmp_path, capture_output=True, text=True
    )
    assert command(ready, tmp_path, *words) == (program.returncode, program.stdout, program.stderr)


def test_a_month_is_the_same_to_the_byte(core: Path, core_data: Path, ready: Ready, tmp_path: Path) -> None:
    surroundings = {**uncounted(), "QA_ANALYSIS_KEY": KEY}
    words = ["run", MONTH, "--data", str(core_data), "--outputs", str(tmp_path / "outputs")]
    words += ["--report", "smt-report", "--report", "data-quality"]
    copy, _, wrong = asked(ready, tmp_path, COMMAND, *words, surroundings=surroundings)
    assert copy.wait(300) == 0, wrong.read_text()
    held, made = core / "outputs" / MONTH, tmp_path / "outputs" / MONTH
    names = sorted(str(path.relative_to(held)) for path in held.rglob("*") if path.is_file())
    assert names == sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file())
    for name in names:
        if name.endswith((".csv", ".html", ".pdf")) and name != "index.html":
            assert (made / name).read_bytes() == (held / name).read_bytes(), name


def test_it_has_the_surroundings_it_was_given_and_nothing_else(ready: Ready, tmp_path: Path) -> None:
    given = {"TMPDIR": str(tmp_path), "TZ": "XYZ-5"}
    copy, said, wrong = asked(ready, tmp_path, "copied:tells", "one", "--two", surroundings=given)
    assert copy.wait(60) == 0, wrong.read_text()
    told = json.loads(said.read_text())
    assert {name: told[name] for name in ("words", "folder", "leads", "stdin", "int", "threads")} == {
        "words": ["one", "--two"], "folder": str(tmp_path), "leads": True, "stdin": "", "int": True, "threads": 1,
    }  # fmt: skip
    assert told["surroundings"] == {**given, "PYTHONPATH": str(TESTS)}
    assert (told["temporary"], told["hours ahead"]) == (str(tmp_path), 5)
    assert told["open"] == ["0", "1", "2", "3"]  # the last is the list itself


def test_the_key_of_whoever_asks_is_not_in_the_process_that_is_copied(ready: Ready, tmp_path: Path) -> None:
    copy, _, _ = asked(ready, tmp_path, "copied:stays")
    held = Path(f"/proc/{psutil.Process(copy.pid).ppid()}/environ").read_bytes()
    copy.kill()
    assert (b"PATH=" in held, KEY.encode() in held) == (True, False)


def test_nothing_of_a_copy_reaches_the_next(ready: Ready, tmp_path: Path) -> None:
    for _ in range(2):
        copy, said, _ = asked(ready, tmp_path, "copied:remembers")
        assert (copy.wait(60), said.read_text()) == (0, "nothing\n")


def test_its_own_processes_are_copies_of_it(ready: Ready, tmp_path: Path) -> None:
    copy, said, wrong = asked(ready, tmp_path, "copied:copies_what_it_is")
    assert copy.wait(60) == 0, wrong.read_text()
    assert said.read_text().splitlines() == ["set by the run True", "0"]


def test_a_request_to_end_that_comes_while_it_is_copied_is_heard(ready: Ready, tmp_path: Path) -> None:
    copy, said, wrong = asked(ready, tmp_path, "copied:is_asked_to_end_while_it_is_copied")
    assert (copy.wait(60), said.read_text()) == (0, "143\n"), wrong.read_text()


def test_it_can_be_waited_for_asked_to_end_and_killed(ready: Ready, tmp_path: Path) -> None:
    copy, _, _ = asked(ready, tmp_path, "copied:stays")
    assert copy.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        copy.wait(0.01)
    copy.terminate()
    assert (copy.wait(10), copy.poll(), copy.returncode) == (-signal.SIGTERM,) * 3
    copy.kill()  # of one that has ended: nothing happens
    copy, _, _ = asked(ready, tmp_path, "copied:kills_itself")
    assert copy.wait(10) == -signal.SIGKILL


def test_one_that_takes_all_memory_ends_alone(ready: Ready, tmp_path: Path) -> None:
    beside, _, _ = asked(ready, tmp_path, "copied:stays")
    copy, _, wrong = asked(ready, tmp_path, "copied:takes_all", most=1_500_000_000)
    assert (copy.wait(120), "MemoryError" in wrong.read_text()) == (1, True)
    assert beside.poll() is None
    beside.kill()


def test_where_nothing_can_be_imported_that_is_an_error_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(OSError, match=r"could not import|Broken pipe"):  # it may have gone before it is asked
        asked(Ready(), tmp_path, "copied:stays")
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    with pytest.raises(OSError, match="could not be started"):
        asked(Ready(), tmp_path, "copied:stays")


def test_where_whoever_asked_is_killed_nothing_is_left(tmp_path: Path) -> None:
    asks = (
        "import os, time; from qa_analysis.publishing.apart.ready import Call, Ready\n"
        f"copy = Ready().start(Call('copied:stays', [], {{**os.environ, 'PYTHONPATH': {str(TESTS)!r}}}, '.'),"
        " stdout=1, stderr=2)\nprint(copy.pid, flush=True); time.sleep(600)"
    )
    line = [sys.executable, "-c", asks]
    with subprocess.Popen(line, env=uncounted(), stdout=subprocess.PIPE, text=True) as whoever:
        assert whoever.stdout is not None
        copy = psutil.Process(int(whoever.stdout.readline()))
        processes = [copy, copy.parent()]
        whoever.kill()
    assert psutil.wait_procs(processes, timeout=10)[1] == []


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_no_descriptor_is_kept(ready: Ready, tmp_path: Path) -> None:
    before = descriptors()
    for _ in range(3):
        assert asked(ready, tmp_path, "copied:remembers")[0].wait(60) == 0
    assert descriptors() == before


def test_where_the_process_dies_copies_end_with_it_and_another_one_starts(ready: Ready, tmp_path: Path) -> None:
    copies = [asked(ready, tmp_path, "copied:stays")[0] for _ in range(3)]
    psutil.Process(copies[0].pid).parent().kill()
    assert [copy.wait(10) for copy in copies] == [-signal.SIGKILL] * 3
    assert psutil.wait_procs([psutil.Process(copy.pid) for copy in copies if psutil.pid_exists(copy.pid)], 5)[1] == []
    copy, said, _ = asked(ready, tmp_path, "copied:remembers")
    assert (copy.wait(60), said.read_text()) == (0, "nothing\n")


def test_another_version_installed_since_is_imported_anew_and_what_is_at_work_goes_on_until_all_is_ended(
    ready: Ready, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _, _ = asked(ready, tmp_path, "copied:stays")
    monkeypatch.setattr("qa_analysis.publishing.apart.ready.version", lambda _: "9.9")
    after, _, _ = asked(ready, tmp_path, "copied:stays")
    old, new = (psutil.Process(copy.pid).parent() for copy in (before, after))
    assert old != new
    assert before.poll() is None
    before.kill()
    assert before.wait(10) == -signal.SIGKILL
    assert psutil.wait_procs([old], timeout=10)[1] == []
    assert after.poll() is None
    ready.end()
    assert after.wait(10) == -signal.SIGKILL
