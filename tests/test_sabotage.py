"""The list of sabotaged guards: up to date, in every room, and a few of them tried each time."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parents[1]
QUICK = (
    "tests/data",
    "tests/disclosure",
    "tests/draw",
    "tests/measures",
    "tests/stats",
)  # tests that take a few seconds a file
LONG = "tests/disclosure/test_attack.py"  # half a minute
ROOMS = {path.name for path in (TOP / "qa_analysis").iterdir() if (path / "__init__.py").is_file()}


def benchmark() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("sabotage", TOP / "benchmarks" / "sabotage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sabotage"] = module
    spec.loader.exec_module(module)
    return module


SCRIPT = benchmark()
LISTED = SCRIPT.sabotages()


@pytest.mark.parametrize("one", LISTED, ids=[one.words for one in LISTED])
def test_what_is_sabotaged_stands_in_its_file_once_and_its_tests_are_there(one) -> None:  # type: ignore[no-untyped-def]
    assert SCRIPT.places(one) == 1
    assert one.becomes != one.text
    assert [test for test in one.tests if not (TOP / test).is_file()] == []


def test_every_room_has_a_guard_on_the_list_and_there_are_at_least_sixty() -> None:
    assert {one.file.split("/")[1] for one in LISTED} >= ROOMS
    assert len({(one.file, one.text, one.becomes) for one in LISTED}) == len(LISTED) >= 60


def test_a_seed_chooses_the_same_few_again() -> None:
    assert SCRIPT.chosen("a", 3, LISTED) == SCRIPT.chosen("a", 3, LISTED) != SCRIPT.chosen("b", 3, LISTED)


def test_a_guard_without_a_test_is_seen_as_one(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("LIMIT = 40\n")
    test = "from pathlib import Path\ndef test_it(): assert '4' in Path('code.py').read_text()\n"
    (tmp_path / "test_code.py").write_text(test)
    unseen, seen = (SCRIPT.Sabotage("code.py", "40", becomes, ("test_code.py",)) for becomes in ("41", "30"))
    not_tried = SCRIPT.Sabotage("code.py", "40", "30", ("absent.py",))
    assert [SCRIPT.is_seen(one, tmp_path) for one in (unseen, seen, not_tried)] == [False, True, None]
    assert (tmp_path / "code.py").read_text() == "LIMIT = 40\n"


def commit() -> str:
    """What is tried now depends on; where there is no history, the same few are."""
    asked = ["git", "-C", str(TOP), "rev-parse", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


@pytest.mark.slow
def test_a_few_sabotaged_guards_are_each_seen_by_their_tests(tmp_path: Path) -> None:
    """Other ones with each commit; all of them by python benchmarks/sabotage.py."""
    quick = [one for one in LISTED if all(test.startswith(QUICK) and test != LONG for test in one.tests)]
    copy = SCRIPT.copy_of(TOP, tmp_path)
    tried = SCRIPT.chosen(commit(), 3, quick)
    assert {one.words: SCRIPT.is_seen(one, copy) for one in tried} == {one.words: True for one in tried}
