"""Free text that looks like markup, formulas or templates goes through a whole run and changes nothing but words."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from browser import check_page
from click.testing import CliRunner
from small import frames, write

from qa_analysis.cli import main

MONTH = "2023-06"
STRINGS = 2000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PIECES = [
    '=HYPERLINK("http://x.invalid","go")', "<script>alert(1)</script>", "{{7*7}}", "{% raw %}", "$\\frac{", "# heading",
    "a\x00b", "\u202eright to left", "\u200f", "</table></main>", '"><img src=x onerror=alert(1)>', "<!-- ", "]]>",
    "-->",
    "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "`rm`", "${HOME}", "%s%n", "\\x00", "&lt;b&gt;", "</style>",
    "javascript:x",
    "\u2028", "'; DROP TABLE audits; --", "| a | b |", "[x](javascript:x)", "\ufeff", "ﬁ", "😀", "=1+1", "{=1+1}",
]  # fmt: skip


def hostile(seed: int = 3) -> list[str]:
    """Strings made of such pieces, each with a number of its own."""
    rng = np.random.default_rng(seed)
    return [" ".join(rng.choice(PIECES, rng.integers(1, 4))) + f" {number:04d}" for number in range(STRINGS)]


def page(place: Path, words: list[str]) -> str:
    """The SMT report of a council whose every open text is one of the words."""
    held = frames(
        audits=[{"team": f"Team {word}", "impact_statement": word} for word in words[:100]],
        moderations=[{"audit_id": "audits-1", "reason_for_change": words[0]}],
        findings=[{"audit_id": f"audits-{number % 100 + 1}", "text": word} for number, word in enumerate(words)],
        actions=[{"description": word, "team": f"Team {word}"} for word in words[:500]],
        smt_decisions=[
            {"meeting_on": "2023-06-20", "item": f"On {word}", "decision": word, "owner_id": "w"} for word in words
        ],
        family_feedback=[{"audit_id": "audits-1", "text": word} for word in words[:200]],
    )
    data = write(place / "data", held)
    result = CliRunner().invoke(main, ["run", MONTH, "--data", str(data), "--outputs", str(place / "outputs")])
    assert result.exit_code == 0, result.output
    return (place / "outputs" / MONTH / "smt-report.html").read_text(encoding="utf-8")


def structure(markup: str) -> list[str]:
    """Every tag with its attributes' names, in order, pictures' bytes left out."""
    return [re.sub(r'"[^"]*"', '""', tag) for tag in re.findall(r"<[a-zA-Z/!][^>]*>", markup)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", "5a" * 32)
        place = tmp_path_factory.mktemp("hostile")
        plain = page(tmp_path_factory.mktemp("plain"), [f"plain words {number:04d}" for number in range(STRINGS)])
        return place / "outputs" / MONTH, page(place, hostile()), plain


def test_the_structure_of_the_page_is_that_of_plain_words(pages: tuple[Path, str, str]) -> None:
    assert structure(pages[1]) == structure(pages[2])


def test_the_words_are_there_to_be_read(pages: tuple[Path, str, str]) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[1]


def test_no_cell_of_a_table_starts_like_a_formula(pages: tuple[Path, str, str]) -> None:
    for path in (pages[0] / "tables").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not _is_number(cell)] == [], path.name


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell) is not None


def test_a_browser_finds_no_fault_in_it(pages: tuple[Path, str, str]) -> None:
    findings = check_page(pages[0] / "smt-report.html")
    assert (findings.requests, findings.console, findings.violations) == ((), (), ())
