"""The board edition: every number is a rounded one, no team is named, and what is missing is one line."""

import re
from typing import Any

import pytest
from sections import said
from small import month, tables
from unit_council import alerts, conferences, invited, listed

from qa_analysis.disclosure.shared_page import unshared
from qa_analysis.month.shared import SharedMonth, shared_of
from qa_analysis.reports.safeguarding_unit_board import report as show

HELD = 63
SECTIONS = (show.cover, show.discuss, show.children, show.conferences, show.alerts, show.partners, show.second_reader)


def council(**datasets: Any) -> SharedMonth:
    return shared_of(month(tables(audits=[{}], **datasets)))


def full() -> SharedMonth:
    met = conferences(*({"held_on": "2023-06-20"} if n < 17 else {} for n in range(HELD)))
    records = [invited(f"c{n}", agency, attended=n <= came) for agency, came in (("GP", 9), ("police", 43))
               for n in range(1, HELD + 1)]  # fmt: skip
    return council(
        caseload=listed("2023-06-30", *["CLA"] * 83, *["CP"] * 41), conferences=met, partner_contributions=records,
        practice_alerts=alerts(*[{"responded_on": "2023-06-12"}] * 23, *[{"is_formal": False}] * 13),
    )  # fmt: skip


@pytest.fixture(scope="module")
def told() -> SharedMonth:
    return full()


def test_every_number_of_the_page_is_a_row_of_the_edition(told: SharedMonth) -> None:
    page = "".join(section(told).markup for section in SECTIONS)
    assert unshared(f"<main>{page}</main>", told.measures, told.rules) == []
    text = " ".join(said("safeguarding-unit-board", told))
    assert not re.search(r"\b(83|41|63|46|43|23|13|36)\b", text)
    assert "Oak" not in text


def test_what_a_board_reads_in_order(told: SharedMonth) -> None:
    text = "\n".join(said("safeguarding-unit-board", told))
    order = [
        "to which they were invited: GP.", "About 85 children were cared for, and about 40",
        "Reviews of cared-for children: about 70% were held in time.", "about 25 formal practice alerts and about 15",
        "A rise may be good", "GP | About 15% | Almost all",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_nothing_supplied_is_a_line_for_each_part_and_no_table() -> None:
    every = list(said("safeguarding-unit-board", council()))
    assert sum(line.endswith("not supplied this month.") for line in every) == 4
    assert [line for line in every if line.startswith("Agency |")] == []


def test_a_tiny_council_is_told_in_words() -> None:
    text = " ".join(
        said(
            "safeguarding-unit-board",
            council(
                caseload=listed("2023-06-30", "CLA"), conferences=conferences({}), practice_alerts=alerts({}),
                partner_contributions=[invited("c1", "police")],
            ),
        )
    )  # fmt: skip
    assert "A small number of children were cared for, and no children were on a child protection plan" in text
    assert "No agency was invited often enough" in text
    assert re.findall(r"\d+", re.sub(r"\b(April|June|July|10 July)( to June)? 2023|nearest 5", "", text)) == []


def test_of_one_team_boards_read_nothing(told: SharedMonth) -> None:
    assert "team" not in set(told.measures["by"].str.split("+").explode())
