"""What each report says of one fixed council, word for word: whoever changes a wording sees it here, in the diff.

`QA_GOLDEN=renew` writes the texts anew; read what changed before it is committed.
"""

import os
from pathlib import Path

import pytest
from fixed_council import core_month, fixed_month
from runs import REPORTED
from sections import for_readers, said

from qa_analysis.month.month import Month
from qa_analysis.month.place import of_place
from qa_analysis.reports import reports
from qa_analysis.reports.declared import Place

TEXTS = Path(__file__).parent / "golden"
PLACES = {Place.SERVICE: {"service": "Safeguarding"}, Place.TEAM: {"team": "Rowan"}}
RENEW = os.environ.get("QA_GOLDEN") == "renew"


@pytest.fixture(scope="module")
def told() -> Month:
    return fixed_month()


@pytest.mark.parametrize("report", REPORTED)
def test_a_report_says_what_it_said(report: str, told: Month) -> None:
    place = of_place(told, **PLACES.get(reports()[report].each, {}))
    text = "\n".join(said(report, for_readers(report, place))) + "\n"
    golden = TEXTS / f"{reports()[report].folder}.txt"
    if RENEW:
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8"), "if that is what it should say: QA_GOLDEN=renew pytest"


def test_each_report_has_one_text_and_no_text_is_left_of_an_old_one() -> None:
    assert {path.name for path in TEXTS.iterdir()} == {f"{report.folder}.txt" for report in reports().values()}


@pytest.fixture(scope="module")
def core_told() -> Month:
    return core_month()


@pytest.mark.parametrize("report", REPORTED)
def test_the_core_datasets_alone_make_every_report(report: str, core_told: Month) -> None:
    lines = list(said(report, for_readers(report, core_told)))
    assert "June 2023" in " ".join(lines)
