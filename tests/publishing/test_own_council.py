"""A council's own name, newsletter and markings: in every form, on the front pages and on the lists of named people."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from new_council import LISTS, MARKING, NAME, NEWSLETTER, NOW, write_new_council
from once import once
from openpyxl import load_workbook
from runs import KEY, run
from words import words_of_pdf

from qa_analysis.cli import main
from qa_analysis.month.opening import open_month

pytestmark = pytest.mark.slow

REPORT = "newsletter"  # the shortest: what is on every page is on it


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(place: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("QA_ANALYSIS_KEY", KEY)
            result = run(
                write_new_council(place / "data"), place / "outputs", "--report", REPORT, "--report", "data-quality",
                month=NOW,
            )  # fmt: skip
        assert result.exit_code == 0, result.output

    return once(tmp_path_factory, "own-council", make) / "outputs"


@pytest.fixture(scope="module")
def folder(outputs: Path) -> Path:
    return outputs / NOW


def headers(folder: Path) -> Iterator[str]:
    for page in (folder / "data-quality.html", folder / "shared" / f"{REPORT}.html", folder / "index.html"):
        yield page.read_text(encoding="utf-8")


def test_every_page_and_front_page_is_headed_with_name_and_marking(folder: Path, outputs: Path) -> None:
    for text in (*headers(folder), (outputs / "index.html").read_text(encoding="utf-8")):
        assert f"<p>{NAME} · Children’s services" in text
        assert f'<p class="marking">{MARKING} · ' in text
        assert "OFFICIAL" not in text


def test_a_word_paper_has_both_on_its_cover_and_above_each_page(folder: Path) -> None:
    paper = docx.Document(str(folder / "data-quality.docx"))
    cover = "\n".join(paragraph.text for paragraph in paper.paragraphs[:3])
    assert (NAME in cover, MARKING in cover) == (True, True)
    above = paper.sections[0].header.paragraphs[0].text
    assert above.startswith(NAME)
    assert above.endswith(f"{MARKING} · for managers")


def test_a_workbook_has_both_on_its_cover_and_above_each_printed_page(folder: Path) -> None:
    book = load_workbook(folder / "data-quality.xlsx")
    cover = "\n".join(str(cell.value) for cell in book["Cover"]["A"])
    assert f"{NAME} · Children’s services" in cover
    assert f"{MARKING} · for managers." in cover
    for sheet in book:
        assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == (NAME, f"{MARKING} · for managers")


def test_a_pdf_has_both_too(folder: Path) -> None:
    if not (pdf := folder / "data-quality.pdf").exists():
        pytest.skip("nothing to make a PDF with")
    text = " ".join(words_of_pdf(pdf.read_bytes()))
    assert text.count(MARKING) > 1
    assert text.count(NAME) > 1


def test_every_list_for_named_people_is_marked_as_such_on_every_sheet(folder: Path) -> None:
    lists = sorted((folder / "restricted").glob("*.xlsx"))
    assert lists
    for path in lists:
        for sheet in load_workbook(path):
            assert str(sheet["A2"].value).startswith(f"{NAME} · {LISTS} · for the person"), (path.name, sheet.title)


def test_the_front_page_calls_the_newsletter_as_the_council_does(folder: Path, outputs: Path) -> None:
    for page in (folder / "index.html", outputs / "index.html"):
        assert f"Paragraph for {NEWSLETTER}" in page.read_text(encoding="utf-8")


def test_a_month_opened_again_is_still_that_councils(folder: Path) -> None:
    """From its tables, and another month from the rows kept beside them: where a notebook is run in place."""
    for month in (NOW, "2024-09"):
        again = open_month(month, tables=str(folder / "tables"))
        assert again.rules.council.name == NAME
        assert (again.rules.first_cycle, dict(again.rules.breaks)) == ("2024-04", {})
    assert again.year == "2024-04/2024-09"


def test_what_cannot_be_in_the_settings_stops_the_run_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "council.yaml").write_text("first_cycle: April", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", KEY)
        result = run(tmp_path / "data", tmp_path / "outputs", month=NOW)
    assert result.exit_code == 2
    assert 'council.yaml, first_cycle: "April" is not a month. Write it as year and month' in result.output


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_report_for_managers_that_would_go_outside_stops_the_command_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("QA_ANALYSIS_KEY", KEY)
    data = write_new_council(tmp_path / "data")
    entry = "recipients: [{recipient: Corporate Parenting Board, reports: [smt-report]}]"
    (data / "council.yaml").write_text(entry, encoding="utf-8")
    words = {"run": [NOW, "--outputs", str(tmp_path / "outputs")], "check": []}
    result = CliRunner().invoke(main, [command, "--data", str(data), *words[command]])
    assert result.exit_code == 2
    said = [line for line in result.output.splitlines() if not line.startswith("…")]
    assert len(said) == 1
    assert 'council.yaml, recipients 1, reports: "smt-report" is for managers' in said[0]
    assert not list(tmp_path.glob("outputs/*"))
