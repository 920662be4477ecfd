"""An attacker with every page of a region and one council's own exact counts, whole numbers, and a solver."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from bs4 import BeautifulSoup
from published_figures import MONTH, Row, moderated, publish

from qa_analysis.region.compared.written import Written, write_comparison
from qa_analysis.stats.subtraction import Counts, Reach

NAMES = ("Alder", "Birch", "Cedar", "Dene", "Elm")
EXACT = ((49, 119, 174), (33, 61, 108), (18, 48, 78), (28, 102, 143), (22, 77, 117))  # lowered, upheld, moderated
CORNERS = ((48, 118, 173), (52, 122, 177), (17, 48, 80), (32, 98, 143), (18, 82, 113))
ALIKE = 5  # counts that a number of a page may stand for: those that are rounded to it
TITLE = "Grades lowered, less grades raised: councils from high to low"


class Seen(NamedTuple):
    """What a page shows of one council: net percentage points, and rounded cases."""

    net: int
    cases: int


def region(outputs: Path, exact: Sequence[tuple[int, int, int]]) -> Written:
    """The pages of councils with these exact counts in their own tables."""
    rows: list[list[Row]] = [moderated(*one) for one in exact]
    folders = {name: publish(outputs, name, some) for name, some in zip(NAMES, rows, strict=False)}
    return write_comparison(MONTH, folders, outputs)


def seen(page: Path) -> list[Seen]:
    """Every council of a page, as its table shows it."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    table = next(one for one in soup.find_all("table") if one.caption and one.caption.get_text() == TITLE)
    cells = [[cell.get_text() for cell in line.find_all(["th", "td"])] for line in table.find_all("tr")[1:]]
    return [Seen(int(line[1].split()[0].replace("\u2212", "-")), int(line[2])) for line in cells]


def rounded_counts(one: Seen) -> Iterator[tuple[int, int]]:
    """Every pair of rounded counts, lowered and upheld, from which the page could have been made."""
    for lowered in range(10, one.cases, 5):
        for same in range(10, one.cases - lowered + 10, 5):
            if round(100 * (2 * lowered + same - one.cases) / one.cases) == one.net:
                yield lowered, same


def reaches(one: Seen, lowered: int, same: int) -> dict[str, Reach]:
    """How far each exact count can lie where the attacker has even guessed which rounded ones the page is made of."""
    low = np.array([lowered - 2, same - 2, one.cases - 2], dtype=float)
    sums = [np.array(part, dtype=float) for part in ((1, 0, 0), (0, 1, 0), (1, 1, 1))]
    counts = Counts(np.full(3, one.cases + 2.0), sums, low, low + ALIKE - 1)
    asked = {"lowered": sums[0], "upheld": sums[1], "raised": np.array([0.0, 0.0, 1.0]), "moderated": sums[2]}
    return {name: counts.reach(what) for name, what in asked.items()}


@pytest.mark.parametrize("exact", [EXACT[:4], EXACT, CORNERS[:4], CORNERS])
def test_no_page_tells_another_councils_count_even_if_its_rounded_counts_are_guessed(
    exact: tuple[tuple[int, int, int], ...], tmp_path: Path
) -> None:
    found = region(tmp_path, exact)
    assert found.page is not None
    pages = [found.page, *found.editions.values()]
    assert [seen(page) for page in pages] == [seen(found.page)] * len(pages)  # no page tells what another does not
    assert len(seen(found.page)) == len(exact)
    true = {(5 * round(a / 5), 5 * round(b / 5)) for a, b, _ in exact}
    assert true <= {guess for one in seen(found.page) for guess in rounded_counts(one)}
    for one in seen(found.page):
        for guess in true & {*rounded_counts(one)}:
            for name, (low, high) in reaches(one, *guess).items():
                assert high - low + 1 >= ALIKE, (name, one, guess)


def test_the_pages_are_the_same_byte_for_byte_whatever_exact_counts_lie_behind_the_rounded_ones(tmp_path: Path) -> None:
    """So subtracting one's own exact counts from anything on them leaves only what is rounded."""
    nearest = tuple((5 * round(a / 5), 5 * round(b / 5), 5 * round(c / 5)) for a, b, c in CORNERS)
    pages = [region(tmp_path / name, exact) for name, exact in (("exact", CORNERS), ("rounded", nearest))]
    files = [{path.name: path.read_bytes() for path in (one.page, *one.editions.values()) if path} for one in pages]
    assert len(files[0]) == 1 + len(CORNERS)
    assert files[0] == files[1]


def test_of_three_councils_nothing_is_told(tmp_path: Path) -> None:
    assert region(tmp_path, EXACT[:3]) == Written()
    assert not (tmp_path / "region").exists()


@pytest.mark.parametrize("councils", [2, 3])
def test_the_same_attacker_finds_the_other_of_two_councils_in_an_exact_total(councils: int) -> None:
    """Why there is none: he knows his own count, and of two councils the total then tells the other's."""
    lowered = np.array([float(one[0]) for one in EXACT[:councils]])
    own, total = np.eye(councils)[0], np.ones(councils)
    counts = Counts.exact(lowered, np.full(councils, 200.0), [own, total])
    low, high = counts.reach(np.eye(councils)[1])
    assert (low == high == 33) == (councils == 2)


def test_the_pages_of_two_years_do_not_tell_the_count_of_any_one_month() -> None:
    """Twelve cycles each, rounded; the attacker keeps every page, and knows no month had more than thirty."""
    months, cycles, most = 30, 12, 30
    true = np.random.default_rng(2022).poisson(4, months).astype(float)
    place = np.arange(months)
    windows = [np.where((place >= first) & (place < first + cycles), 1.0, 0.0) for first in range(months - cycles + 1)]
    told = np.array([5 * np.floor((window @ true + 2.5) / 5) for window in windows])
    counts = Counts(np.full(months, float(most)), windows, told - 2, told + 2)
    reached = [counts.reach(month) for month in np.eye(months)]
    assert min(high - low + 1 for low, high in reached) >= ALIKE
    assert all(low <= one <= high for one, (low, high) in zip(true, reached, strict=True))
