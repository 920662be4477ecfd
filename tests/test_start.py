"""The script that sets up: each of its tasks ends as it should, with a line and never with a trace of our code."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parents[1]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, which installs nothing: everything is there."""
    found = importlib.util.spec_from_file_location("start", TOP / ".ci" / "start.py")
    assert found is not None and found.loader is not None
    script = importlib.util.module_from_spec(found)
    found.loader.exec_module(script)
    monkeypatch.setattr(script, "set_up", lambda extra: 0)
    return script


def ended(start: ModuleType, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["start.py", *words])
    code: int = start.main()
    return code


def lines(text: str) -> list[str]:
    """A program of Python for each line, which says it; a number is the code that it ends with."""
    return [sys.executable, "-c", f"import sys; sys.exit({text})" if text.isdigit() else f"print({text!r})"]


def test_a_task_that_installs_and_no_more_says_so_and_ends_well(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = [name for name, (_, commands) in start.TASKS.items() if not commands]
    assert {"setup", "databases", "region"} <= set(alone)
    for name in alone:
        assert ended(start, monkeypatch, name) == 0
        assert capsys.readouterr() == ("Everything it needs is installed.\n", "")


def test_what_cannot_be_installed_is_the_code_of_the_whole_and_nothing_runs(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[object] = []
    monkeypatch.setattr(start, "set_up", lambda extra: 3)
    monkeypatch.setattr(subprocess, "run", lambda *command, **more: ran.append(command))
    assert {ended(start, monkeypatch, name) for name in start.TASKS} == {3}
    assert ran == []


@pytest.mark.parametrize("words", [(), ("nonsense",)])
def test_a_word_it_does_not_know_is_met_with_those_it_does(
    words: tuple[str, ...], start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(start, monkeypatch, *words) == 1
    said, wrong = capsys.readouterr()
    assert (said, wrong.count("\n")) == ("", 1)
    assert [name for name in start.TASKS if name not in wrong] == []


def test_words_after_a_task_of_one_command_are_that_commands(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(start.TASKS, "demo", ("run", [[sys.executable, "-c", "import sys; print(sys.argv[1:])"]]))
    assert ended(start, monkeypatch, "demo", "--outputs", "here") == 0
    assert capfd.readouterr().out == "['--outputs', 'here']\n"


def test_commands_side_by_side_are_told_in_their_order_and_the_first_that_fails_gives_its_code(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(start.TASKS, "check", ("test", [lines(one) for one in ("first", "4", "second", "5")]))
    assert ended(start, monkeypatch, "check") == 4
    assert capfd.readouterr().out == "first\nsecond\n"


def test_every_task_has_its_pins(start: ModuleType) -> None:
    wanted = {extra for extra, _ in start.TASKS.values()}
    assert [extra for extra in wanted if not (TOP / ".ci" / "constraints" / f"{extra}.txt").is_file()] == []


def test_packages_are_compiled_but_for_their_tests_wherever_the_checkout_lies(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packages = tmp_path / "tests" / "checkout" / ".venv" / "lib" / "site-packages"
    sources = [packages / name for name in ("one.py", "two/inner.py", "two/tests/test_inner.py", "two/test/a/b.py")]
    for source in (*sources, packages / "two" / "broken.py"):
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text("no Python" if source.stem == "broken" else "WORD = 1\n")
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path / "tests" / "checkout" / ".venv")
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    start.compile_packages()
    assert sorted(path.name.partition(".")[0] for path in packages.rglob("*.pyc")) == ["inner", "one"]
