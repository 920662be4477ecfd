import re
import warnings
from pathlib import Path

import pytest
from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.data.identity import Identities
from qa_analysis.measures.moderation.calibration import ALONE
from qa_analysis.reports.moderation.cards import OVERVIEW, calibration_cards, steps

AUDITS = [{"auditor_id": "p-ann"}] * 4 + [{"auditor_id": "p-bob"}] * 10 + [{"auditor_id": "p-cat"}]
MODERATIONS = [
    {"audit_id": f"audits-{n}", "overall_grade": "good" if n < 12 else "requires improvement"} for n in range(1, 15)
]
PEOPLE = Identities({"p-ann": "W9", "p-bob": "W1", "p-cat": "W5"})


def written(folder: Path) -> Path:
    held = tables(audits=AUDITS, moderations=MODERATIONS)
    return write_lists(folder, held, calibration_cards, names={"p-ann": "Ann Lee"}, people=PEOPLE)


def rows(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows(min_row=4)]


def test_an_auditor_with_enough_cases_has_a_card_and_file_names_name_nobody(tmp_path: Path) -> None:
    names = sorted(path.name for path in written(tmp_path).iterdir())
    assert names == ["calibration-card-001.xlsx", "calibration-card-002.xlsx", OVERVIEW]


def test_the_overview_is_in_the_order_of_identifiers_and_holds_everybody(tmp_path: Path) -> None:
    listed = rows(written(tmp_path) / OVERVIEW)
    assert [(row[0], row[1], row[3], row[-1]) for row in listed] == [
        ("W1", "", 10, "calibration-card-001.xlsx"), ("W5", "", 0, "no card"),
        ("W9", "Ann Lee", 4, "calibration-card-002.xlsx"),
    ]  # fmt: skip


def test_a_card_says_what_it_rests_on_and_counts_only_from_ten(tmp_path: Path) -> None:
    folder = written(tmp_path)
    many, few = (dict(map(tuple, rows(folder / f"calibration-card-00{n}.xlsx"))) for n in (1, 2))
    assert many["Your audits selected at random for moderation"] == "10"
    assert many["Outcome of those moderations"] == "upheld 7, lowered 3, raised 0"
    assert few["The overall grades you gave"] == "outstanding 0, good 4, requires improvement 0, inadequate 0"
    assert "Outcome of those moderations" not in few


def test_without_audits_nothing_is_written(tmp_path: Path) -> None:
    held = tables(audits=[{"auditor_id": None}])
    write_lists(tmp_path, held, calibration_cards)
    assert not (tmp_path / "restricted").exists()


def test_a_move_is_said_in_words() -> None:
    assert [steps(shift) for shift in (0.25, -0.5, 0.001)] == [
        "0.25 of a grade lower", "0.50 of a grade higher", "no change",
    ]  # fmt: skip


BAD = "requires improvement"
ODD = {
    "no moderation": ([{"auditor_id": "p-ann"}] * 3, []),
    "one moderation": ([{"auditor_id": "p-ann"}, {"auditor_id": "p-bob"}], ["good"]),
    "two moderations": ([{"auditor_id": "p-ann"}, {"auditor_id": "p-bob"}], ["good", BAD]),
    "all grades alike": ([{"auditor_id": "p-ann"}] * 5 + [{"auditor_id": "p-bob"}] * 12, ["good"] * 17),
    "one auditor only": ([{"auditor_id": "p-ann"}] * 12, ["good"] * 9 + [BAD] * 3),
    "one auditor moderated of two": ([{"auditor_id": "p-ann"}] * 4 + [{"auditor_id": "p-bob"}], [BAD] * 4),
    "auditor not recorded": ([{"auditor_id": "p-ann"}] * 3 + [{"auditor_id": None}] * 3, ["good"] * 6),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_cards_of_an_odd_year_are_readable_and_no_library_warns(odd: str, tmp_path: Path) -> None:
    audits, grades = ODD[odd]
    moderations = [{"audit_id": f"audits-{n}", "overall_grade": grade} for n, grade in enumerate(grades, start=1)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_lists(tmp_path, tables(audits=audits, moderations=moderations), calibration_cards, people=PEOPLE)
    written = [rows(path) for path in sorted((tmp_path / "restricted").iterdir())]
    assert not re.search(r"\bnan\b|\binf\b|not known|-0(?:\.0+)?(?![.\d])", str(written))


def test_one_auditor_alone_has_a_card_that_compares_with_nobody(tmp_path: Path) -> None:
    audits, grades = ODD["one auditor only"]
    moderations = [{"audit_id": f"audits-{n}", "overall_grade": grade} for n, grade in enumerate(grades, start=1)]
    write_lists(tmp_path, tables(audits=audits, moderations=moderations), calibration_cards, people=PEOPLE)
    card = dict(map(tuple, rows(tmp_path / "restricted" / "calibration-card-001.xlsx")))
    assert card["What we can say"] == ALONE
    assert card["Outcome of those moderations"] == "upheld 9, lowered 3, raised 0"
    assert not [question for question in card if "all auditors" in question or "Likely" in question]
