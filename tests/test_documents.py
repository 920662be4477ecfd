"""What the documents say of reports, measures and datasets is what those declare; every place they name is there."""

import re
from functools import cache
from pathlib import Path

import pytest

from qa_analysis.documents import ROOT, filled, pages

EXAMPLE = re.compile(r"siblings|pets")  # what docs/adding.md adds in a copy
MADE = ("README.md", "data_contracts/keeps_the_standard.sha256", "docs/datasets.md", "docs/methods.md")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = r"(?:qa_analysis|tests|notebooks|benchmarks|docs|data_contracts|\.ci)"
PLACE = re.compile(rf"`({OURS}/[\w./-]+\.\w+|[a-z_]+/[\w/]+\.py)`")


@cache
def made() -> dict[str, str]:
    """Every page that is made, by its place: made when a test asks, and not by every process that collects tests."""
    return {path.relative_to(ROOT).as_posix(): text for path, text in pages()}


@pytest.mark.parametrize("page", MADE)
def test_a_page_is_what_is_declared(page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == made()[page], f"{page}: run python -m qa_analysis.documents"


def test_every_page_that_is_made_is_held_against_what_is_declared() -> None:
    assert sorted(made()) == sorted(MADE)


def test_what_is_made_stands_between_its_marks_and_nothing_else_is_touched() -> None:
    page = "Above.\n<!-- x: made -->\nold\n<!-- end of x -->\nBelow.\n"
    assert filled(page, {"x": "new"}) == "Above.\n<!-- x: made -->\nnew\n<!-- end of x -->\nBelow.\n"
    with pytest.raises(ValueError, match="no place for y"):
        filled(page, {"y": "new"})


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_place_that_a_document_names_is_there(page: Path) -> None:
    """A move that forgets the documents would send the next reader into an empty room."""
    named = [place for place in PLACE.findall(page.read_text(encoding="utf-8")) if not EXAMPLE.search(place)]
    homes = (ROOT, ROOT / "qa_analysis", ROOT / "tests")
    assert [place for place in named if not any((home / place).exists() for home in homes)] == []
