"""The partnership's edition: every number a rounded one, no text of a recommendation, what is missing in one line."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lists import write_lists
from openpyxl import load_workbook
from sections import said
from small import month, tables
from unit_council import conferences, invited

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.shared_page import unshared
from qa_analysis.month.shared import SharedMonth, shared_of
from qa_analysis.reports.partnership import report as show
from qa_analysis.reports.partnership.lists import FILE, listed, recommendations_list

SECTIONS = (
    show.cover, show.discuss, show.working_together, show.partners, show.recommendations, show.second_reader,
)  # fmt: skip
TEXT = "Agree who attends core groups in Harbour."


def recommended(name: str, dated_on: str, **changes: Any) -> dict[str, Any]:
    usual = {"source": "LCSPR", "theme_code": "5.1", "recommendation": TEXT, "status": "open"}
    return {"recommendation_id": name, "dated_on": dated_on, **usual, **changes}


def full() -> Tables:
    audits = [
        {"audit_id": f"a{n}", "grade_multi_agency": "good" if n < 27 else "requires improvement",
         "theme_code": "supervision", "overall_grade": "good" if n < 43 else "requires improvement"}
        for n in range(63)
    ]  # fmt: skip
    return tables(
        audits=audits,
        audit_answers=[
            {"audit_id": f"a{n}", "prompt_code": code, "answer": "yes" if n < yes else "no"}
            for code, yes in (("5.1", 44), ("5.2", 33), ("5.3", 17)) for n in range(63)
        ],
        findings=[{"audit_id": f"a{n}", "theme_code": "5.1", "polarity": "development"} for n in range(13)],
        conferences=conferences(*[{}] * 63),
        partner_contributions=[
            invited(f"c{n}", agency, attended=n <= came)
            for agency, came in (("GP", 9), ("police", 43)) for n in range(1, 64)
        ],
        external_reviews=[
            recommended("r1", "2022-01-05"), recommended("r2", "2021-03-04", source="Ofsted", theme_code="supervision"),
            recommended("r3", "2023-05-05", source="peer review", theme_code=None),
            recommended("r4", "2020-05-05", status="closed"),
            *(recommended(f"m{n}", "2023-02-02", source="multi-agency audit") for n in range(12)),
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def told() -> SharedMonth:
    return shared_of(month(full()))


def of(**datasets: Any) -> SharedMonth:
    return shared_of(month(tables(audits=[{}], **datasets)))


def test_every_number_of_the_page_is_a_row_of_the_edition(told: SharedMonth) -> None:
    page = "".join(section(told).markup for section in SECTIONS)
    assert unshared(f"<main>{page}</main>", told.measures, told.rules) == []
    text = " ".join(said("partnership", told))
    assert not re.search(r"\b(63|27|43|44|33|17|13|12|9)\b", text)
    assert TEXT not in text
    assert "Harbour" not in text


def test_what_the_partnership_reads_in_order(told: SharedMonth) -> None:
    text = "\n".join(said("partnership", told))
    order = [
        "to which they were invited: GP.", "Recommendations of case reviews and inspections",
        "effective professional challenge", "Multi-agency working was graded good or better in about 40% of audits",
        "Correct partners involved and owning key tasks | About 70% | In few audits or none | About 25%",
        "GP | Almost all | About 15% | Almost all",
        "Case reviews: multi-agency working | A small number | None",
        "Multi-agency audits: multi-agency working | None | About 10",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_nothing_supplied_is_a_line_for_each_part_and_no_number() -> None:
    lines = list(said("partnership", of()))
    assert sum(line.endswith("not supplied this month.") for line in lines) == 2
    assert "There are too few audits to say how multi-agency working was graded." in lines


def test_without_answers_or_findings_there_is_no_word_for_few() -> None:
    held = tables(audits=[{}] * 30)
    frames = {name: frame for name, frame in held.frames.items() if name != "findings"}
    text = "\n".join(said("partnership", shared_of(month(replace(held, frames=frames)))))
    assert "Answers to the prompts, and findings: not supplied this month." in text
    assert "few audits or none" not in text


def test_a_tiny_council_is_told_in_words() -> None:
    text = " ".join(
        said(
            "partnership",
            of(
                conferences=conferences({}), partner_contributions=[invited("c1", "police")],
                external_reviews=[recommended("r1", "2023-05-05")],
            ),
        )
    )  # fmt: skip
    assert "No agency was invited often enough" in text
    assert "Case reviews: multi-agency working | None | A small number" in text


def test_where_all_is_closed_it_says_so() -> None:
    lines = list(said("partnership", of(external_reviews=[recommended("r1", "2023-05-05", status="closed")])))
    assert "No recommendation of a review from outside is open." in lines


def test_the_list_has_the_open_ones_in_full_the_oldest_first_with_the_audits_of_their_theme() -> None:
    shown = listed(full())
    assert shown["Reference"].tolist()[:2] == ["r2", "r1"]
    assert shown["Audits of the theme"].tolist()[:2] == ["20 of 63 below good", "13 of 63 found it wanting"]
    assert "r4" not in shown["Reference"].tolist()


def test_the_list_is_written_for_the_restricted_folder(tmp_path: Path) -> None:
    folder = write_lists(tmp_path, full(), recommendations_list)
    book = load_workbook(folder / FILE)
    assert book.sheetnames == ["Oldest first", "By source"]
    cells = [cell.value for row in book["Oldest first"].iter_rows() for cell in row]
    assert TEXT in cells


def test_no_list_is_written_where_none_is_open(tmp_path: Path) -> None:
    held = tables(audits=[{}], external_reviews=[recommended("r1", "2023-05-05", status="closed")])
    assert not (write_lists(tmp_path, held, recommendations_list) / FILE).exists()
