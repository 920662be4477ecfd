"""What each report says of one fixed council, word for word: whoever changes a wording sees it here, in the diff.

`QA_GOLDEN=renew` writes the texts anew; read what changed before it is committed.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from fixed_council import fixed_month
from runs import REPORTED, SHARED
from words import lines_of_html

from qa_analysis.framework import resource
from qa_analysis.month.month import Month
from qa_analysis.month.shared import shared_of
from qa_analysis.reports import reports

TEXTS = Path(__file__).parent / "golden"
RENEW = os.environ.get("QA_GOLDEN") == "renew"


@pytest.fixture(scope="module")
def told() -> Month:
    return fixed_month()


@pytest.mark.parametrize("report", REPORTED)
def test_a_report_says_what_it_said(report: str, told: Month) -> None:
    text = "\n".join(said(report, shared_of(told) if report in SHARED else told)) + "\n"
    golden = TEXTS / f"{reports()[report].folder}.txt"
    if RENEW:
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8"), "if that is what it should say: QA_GOLDEN=renew pytest"


def test_each_report_has_one_text_and_no_text_is_left_of_an_old_one() -> None:
    assert {path.name for path in TEXTS.iterdir()} == {f"{report.folder}.txt" for report in reports().values()}


def said(report: str, month: Month) -> Iterator[str]:
    """The headings and sections of a report's notebook, in its order. One line per paragraph, item or row."""
    names: dict[str, Any] = {"this": month}
    for cell in nbformat.read(resource("notebooks") / reports()[report].notebook, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield from ("", cell.source)
        elif not cell.metadata.get("tags"):
            *before, last = cell.source.splitlines()
            exec("\n".join(line for line in before if line.startswith("from ")), names)
            yield from lines_of_html(eval(last, names).markup)
