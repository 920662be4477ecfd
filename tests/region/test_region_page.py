"""The region's page and record: who published, who did not and why, when, and how long it took."""

import json
from datetime import UTC, datetime
from pathlib import Path

from bs4 import BeautifulSoup
from council_program import publish

from qa_analysis.forms.html.page import page_faults
from qa_analysis.region.compared.written import Written
from qa_analysis.region.orders import Outcome
from qa_analysis.region.page import Told, lasted, write_page

MORNING = datetime(2023, 7, 11, 7, 0, tzinfo=UTC)
NO_CYCLE = "No audit cycle of the council ends in the month."
OUTCOMES = (
    Outcome("Alder & Ash", "published", "2023-06", seconds=61.0, tries=1),
    Outcome("Birch", "already published", "2023-06-r2", seconds=0.2),
    Outcome("Cedar", "failed", "", 10, "<b>audits.xlsx</b> is damaged.", 4.4, 1),
    Outcome("Dene", "not due", line=NO_CYCLE, seconds=2.0, tries=1),
)


def written(outputs: Path, *outcomes: Outcome) -> BeautifulSoup:
    """The page of these outcomes, as it lies in the outputs."""
    place = write_page(Told("2023-06", MORNING, MORNING.replace(hour=8, minute=5), outcomes), outputs)
    assert place == outputs / "region" / "2023-06.html"
    return BeautifulSoup(place.read_text(encoding="utf-8"), "html.parser")


def tables(page: BeautifulSoup) -> dict[str, list[list[str]]]:
    """The rows of each table, by its caption."""
    return {
        table.caption.get_text(): [
            [cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")
        ]
        for table in page.find_all("table")
        if table.caption
    }


def test_the_page_says_what_came_of_each_council(tmp_path: Path) -> None:
    for name, months in (("Alder & Ash", 1), ("Birch", 2), ("Cedar", 1)):
        for _ in range(months):
            publish(tmp_path / name, "2023-06", "mark")
    page = written(tmp_path, *OUTCOMES)
    assert tables(page) == {
        "Councils without the month": [
            ["Council", "Why", "Exit code", "Took", "Published before"],
            ["Cedar", "<b>audits.xlsx</b> is damaged.", "10", "4 s", "2023-06"],
        ],
        "Councils with the month": [
            ["Council", "Folder", "Published", "Took"],
            ["Alder & Ash", "2023-06", "11/07/2023 07:00", "1 min 01 s"],
            ["Birch", "2023-06-r2", "11/07/2023 07:00", "before this run"],
        ],
        "Councils with nothing to publish": [["Council", "Why"], ["Dene", NO_CYCLE]],
    }
    text = " ".join(page.main.get_text(" ").split()) if page.main else ""
    assert "2 of 4 councils are published, 1 of them before this run. 1 council has no audit cycle" in text
    assert "Run on 11/07/2023 from 07:00 to 08:05, in 65 min 00 s." in text


def test_the_page_leads_to_each_month_and_everyone_can_read_it(tmp_path: Path) -> None:
    publish(tmp_path / "Alder & Ash", "2023-06", "mark")
    page = written(tmp_path, *OUTCOMES)
    links = [str(link["href"]) for link in page.select("main a[href]") if not str(link["href"]).startswith("#")]
    assert "../Alder%20%26%20Ash/2023-06/index.html" in links
    assert page_faults(page) == ()
    assert page.header is not None
    assert "The region" in page.header.get_text()


def test_of_a_region_without_a_failure_none_is_told(tmp_path: Path) -> None:
    page = written(tmp_path, OUTCOMES[0])
    assert list(tables(page)) == ["Councils with the month"]
    assert "Not published" not in page.get_text()


def test_the_whole_is_said_in_english() -> None:
    failed = Outcome("Cedar", "failed", "", 10, "audits.xlsx is damaged.")
    said = [
        Told("2023-06", MORNING, MORNING, outcomes).in_words for outcomes in ((failed,), OUTCOMES[:1], OUTCOMES[1:3])
    ]
    assert said == [
        "0 of 1 council is published.",
        "1 of 1 council is published.",
        "1 of 2 councils is published, 1 of them before this run.",
    ]


def test_the_record_counts_what_the_page_lists(tmp_path: Path) -> None:
    written(tmp_path, *OUTCOMES)
    record = json.loads((tmp_path / "region" / "2023-06.json").read_text(encoding="utf-8"))
    counts = {name: record[name] for name in ("councils", "published", "already published", "not due", "failed")}
    assert counts == {"councils": 4, "published": 1, "already published": 1, "not due": 1, "failed": 1}
    assert record["outcomes"][2] == {
        "council": "Cedar", "state": "failed", "folder": "", "exit_code": 10,
        "line": "<b>audits.xlsx</b> is damaged.", "seconds": 4.4, "tries": 1,
    }  # fmt: skip


def test_a_length_of_time_is_read_at_a_glance() -> None:
    assert [lasted(one) for one in (0.2, 59.0, 61.0, 3725.0)] == ["0 s", "59 s", "1 min 01 s", "62 min 05 s"]


def test_a_council_that_is_none_by_itself_in_the_month_is_named_with_why(tmp_path: Path) -> None:
    why = "It was a council by itself until March 2023."
    page = written(tmp_path, OUTCOMES[0], Outcome("Elm", "outside its dates", line=why))
    assert tables(page)["Councils that are not run for this month"] == [["Council", "Why"], ["Elm", why]]
    assert "1 of 2 councils is published. 1 council is outside its dates." in " ".join(page.get_text().split())


def test_the_page_leads_to_the_comparison_and_to_each_councils_own(tmp_path: Path) -> None:
    region = tmp_path / "region"
    compared = Written(
        region / "2023-06-compared.html", {"Alder & Ash": region / "2023-06" / "Alder & Ash.html"}, ("Elm",)
    )
    publish(tmp_path / "Alder & Ash", "2023-06", "mark")
    place = write_page(Told("2023-06", MORNING, MORNING, OUTCOMES[:1], compared), tmp_path)
    page = BeautifulSoup(place.read_text(encoding="utf-8"), "html.parser")
    links = [str(link["href"]) for link in page.select("main a[href]")]
    assert "2023-06-compared.html" in links
    assert "2023-06/Alder%20%26%20Ash.html" in links
    assert "Left out, because their tables cannot be read: Elm." in page.get_text()


def test_where_too_few_are_compared_the_page_says_so(tmp_path: Path) -> None:
    text = written(tmp_path, OUTCOMES[0]).get_text()
    assert "Councils are compared where at least four have a figure that can be shown." in text
