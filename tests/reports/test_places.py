"""Every report of every place, whatever is kept back of it: no number that is none is printed as one."""

import re
from pathlib import Path

import pytest
from runs import MONTH, OF_PLACES, REPORTED, SHARED
from sections import said

from qa_analysis.data.scope import Scope
from qa_analysis.errors import DisclosureFailed
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.month.measuring import month_of, weighed
from qa_analysis.month.month import Month
from qa_analysis.month.opening import open_month
from qa_analysis.month.place import of_place, places_of
from qa_analysis.month.rows import read_rows
from qa_analysis.reports import reports
from qa_analysis.telling.wording import of_whole, part_of, share_of

TEAMS = 3  # of the council's: some of them with too few audits in some cycles
NO_NUMBER = re.compile(r"\bnan\b|NaN|nan%")
QUOTED = re.compile("“[^”]*”")  # somebody may have written of a nan
WITHHELD = Figure(measure="x", period=MONTH, population="", verdict=TOO_FEW)


@pytest.fixture(scope="module")
def places(full: Path) -> list[Month]:
    """The month of each service, and of some teams, that are not refused as a whole; what may be told weighed once."""
    folder = full / "outputs" / MONTH
    whole = open_month(MONTH, tables=str(folder / "tables"))
    names = {by: sorted(set(whole.over_time("good_or_better", by=by)["group"])) for by in ("service_area", "team")}
    asked = [("service", name) for name in names["service_area"]] + [("team", name) for name in names["team"][:TEAMS]]
    rows = read_rows(folder)
    of_whole, found = weighed(rows, MONTH), []
    for kind, name in asked:
        try:
            found.append(month_of(rows, MONTH, scope=Scope(**{kind: name}), places=of_whole))
        except DisclosureFailed:
            continue
    return found


def test_some_figures_of_some_places_are_kept_back(places: list[Month]) -> None:
    assert len(places) >= TEAMS
    figures = (place.held.of(measure) for place in places for measure in declared())  # measured until one is found
    assert any(((rows["verdict"] == TOO_FEW) & rows["value"].isna()).any() for rows in figures)


@pytest.mark.parametrize("report", [one for one in REPORTED if one not in (*SHARED, *OF_PLACES)])
def test_what_is_kept_back_is_said_to_be_and_never_printed_as_a_number(report: str, places: list[Month]) -> None:
    lines = [QUOTED.sub("", line) for place in places for line in said(report, place)]
    assert [line for line in lines if NO_NUMBER.search(line)] == []


@pytest.mark.parametrize("report", OF_PLACES)
def test_a_page_of_a_place_prints_no_number_that_is_none(report: str, full: Path) -> None:
    """Such a page is cut from the whole's figures, so it is told of each place there is."""
    whole, kind = open_month(MONTH, tables=str(full / "outputs" / MONTH / "tables")), reports()[report].each
    assert kind is not None
    lines = [line for name in places_of(whole, kind) for line in said(report, of_place(whole, **{kind: name}))]
    assert [line for line in lines if NO_NUMBER.search(QUOTED.sub("", line))] == []


def test_a_part_that_is_kept_back_reads_in_a_sentence_and_in_a_cell() -> None:
    assert share_of(WITHHELD, "audit") == part_of(WITHHELD, "audit") == "a number of audits too small to show"
    assert of_whole(WITHHELD) == share_of(WITHHELD) == "too few to show"
