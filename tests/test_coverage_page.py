"""Every row of the framework's inventory is on the page of coverage: where it lives and what proves it, or why not."""

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
INVENTORY: Final = ROOT.parent / "shared" / "framework" / "inventory.md"
LAST: Final = {  # the number of the last row of each part of the inventory
    "A": 21, "B": 12, "C": 26, "D": 13, "G": 4, "H": 12, "I": 10, "J": 14, "K": 11, "L": 1, "M": 2, "N": 4, "O": 9,
    "P": 5, "Q": 11,
}  # fmt: skip
ROWS: Final = {f"{letter}{number}" for letter, last in LAST.items() for number in range(1, last + 1)}
ROW: Final = re.compile(r"\b[A-Z]\d+\b")
NOT_BY_SOFTWARE: Final = "## What software cannot do"


def cells(text: str) -> list[list[str]]:
    """The rows of the tables of a text, without their headings."""
    rows = [line.strip().strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows if row[0].strip() != "row"]


DONE, NOT = (cells(part) for part in PAGE.split(NOT_BY_SOFTWARE))


def rows_of(table: list[list[str]]) -> set[str]:
    return {found for row in table for found in ROW.findall(row[0])}


def in_order(rows: set[str]) -> str:
    return ", ".join(sorted(rows, key=lambda row: (row[0], int(row[1:])))) or "none"


def test_every_row_of_the_inventory_is_on_the_page() -> None:
    missing = in_order(ROWS - rows_of(DONE) - rows_of(NOT))
    assert missing == "none", f"docs/coverage.md has no line for: {missing}"


def test_the_page_names_no_row_that_is_not_in_the_inventory() -> None:
    strange = in_order((rows_of(DONE) | rows_of(NOT)) - ROWS)
    assert strange == "none", f"docs/coverage.md names rows that the inventory does not have: {strange}"


def test_the_inventory_has_these_rows() -> None:
    if not INVENTORY.is_file():
        pytest.skip(f"the framework's inventory does not lie beside this checkout ({INVENTORY.name})")
    held = {row[0] for row in cells(INVENTORY.read_text(encoding="utf-8")) if ROW.fullmatch(row[0])}
    assert (in_order(held - ROWS), in_order(ROWS - held), len(held)) == ("none", "none", 155)


def test_each_line_says_where_it_lives_and_names_tests_that_are_there() -> None:
    paths = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*")}
    names = {Path(path).name for path in paths}
    for row, _, where, proof in DONE:
        assert where, row
        named = [found for found in re.findall(r"`([^`]+)`", proof) if found.startswith(("tests/", "test_"))]
        gone = [one for one in named if "*" not in one and one not in paths and one not in names]
        assert not gone, f"{row}: there is no {', '.join(gone)}"
        assert re.findall(r"`[^`]+`", proof), f"{row} names no proof"


def test_what_software_cannot_do_has_its_reason() -> None:
    assert NOT
    for row, asked, why in NOT:
        assert len(asked) > len("x"), row
        assert len(why.split()) >= 10, f"{row}: say why"
