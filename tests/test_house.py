"""The habits of the house, as claims: thin notebooks, one clock, no addresses, contracts the only way in."""

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from qa_analysis.framework import resource
from qa_analysis.reports import reports

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted(resource("notebooks").glob("*.ipynb"))
MODULES = sorted((ROOT / "qa_analysis").rglob("*.py"))


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stripped_and_thin(path: Path) -> None:
    code = cells(path, "code")
    assert sum("hide" not in cell.metadata.get("tags", []) for cell in code) <= 12
    assert all(cell.execution_count is None and cell.outputs == [] for cell in code)
    kinds = {type(node) for cell in code for node in ast.walk(ast.parse(cell.source))}
    assert kinds.isdisjoint({ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_asks_a_question_and_says_what_its_parameters_are(path: Path) -> None:
    title = cells(path, "markdown")[0].source
    assert title.startswith("# ")
    assert title.endswith("?")
    tagged = [cell for cell in cells(path, "code") if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert all(re.fullmatch(r'\w+: str = ""  # .+', line) for line in tagged[0].source.splitlines())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_title_is_a_noun_or_a_finding_and_its_question_stands_beneath(path: Path) -> None:
    titles = [line for cell in cells(path, "markdown") for line in cell.source.splitlines() if line.startswith("#")]
    assert [title for title in titles if "?" in title] == []


def test_nothing_below_the_commands_reads_the_clock() -> None:
    clocks = re.compile(r"\b(datetime\.now|date\.today|time\.time|Timestamp\.(now|today)|utcnow)\b")
    assert [path.name for path in MODULES if clocks.search(path.read_text(encoding="utf-8"))] == ["cli.py"]


def test_great_expectations_has_one_importer() -> None:
    importers = [
        path.name for path in MODULES if re.search(r"^\s*(import|from) great_expectations", path.read_text(), re.M)
    ]
    assert importers == ["engine.py"]


def test_a_part_of_scipy_loads_when_it_is_first_used() -> None:
    """By `import scipy` and its full name: whoever checks or tells a month uses none, and it takes half a second."""
    parts = re.compile(r"^(from scipy[ .]|import scipy\.)", re.M)
    assert [path.name for path in MODULES if parts.search(path.read_text(encoding="utf-8"))] == []


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    assert [path.name for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


# Each written in two, so that this file holds none of them itself.
HOSTS = ("python" + "hosted", "pypi" + r"\.org", "registry" + r"\.npmjs")
OPTIONS = ("--index" + "-url", "--find" + "-links")
FOLDERS = ("/(home|root|" + "work)/[a-z]",)


def test_nothing_that_is_kept_is_a_link_to_a_place_on_somebodys_machine() -> None:
    kept = subprocess.run(["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=False)
    if kept.returncode:
        pytest.skip("this is no checkout, so there is nothing that git keeps")
    assert [line for line in kept.stdout.splitlines() if line.startswith("120000")] == []


def test_no_tracked_file_names_an_index_or_a_machines_path() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout, so there is no list of tracked files")
    address = re.compile("|".join([*HOSTS, *OPTIONS, *FOLDERS]))
    named = [
        name
        for name in tracked.stdout.splitlines()
        if not name.startswith(".ci/lock.sh")
        and (ROOT / name).is_file()
        and address.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []


def test_quotations_are_read_at_tier_b_alone() -> None:
    """A newsletter, or any report that is shared more widely, must not open the one table that holds free text."""
    reading = re.compile(r"\w\.quotations\b(?! import)")
    rooms = {path.parent.name for path in MODULES if reading.search(path.read_text(encoding="utf-8"))}
    assert rooms == {"month", "themes", "smt_report"}
    assert not any(reports()[name].is_shared for name in ("themes", "smt-report"))


def test_what_managers_say_is_read_at_tier_b_alone() -> None:
    """The other table of free text: read by the section that tells it, and by no report that everyone may read."""
    reading = re.compile(r"month\.narratives\b(?! import)")
    assert {path.parent.name for path in MODULES if reading.search(path.read_text(encoding="utf-8"))} == {"meeting"}
    telling = re.compile(r"telling\.meeting\.narrative import")
    folders = {path.parent.name for path in MODULES if telling.search(path.read_text(encoding="utf-8"))}
    assert not any(report.is_shared for report in reports().values() if report.folder in folders)


def test_no_room_holds_more_files_than_somebody_looks_through() -> None:
    rooms = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {room.name: files for room, files in rooms.items() if files > 20} == {}


def test_no_two_files_of_tests_have_one_name() -> None:
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
