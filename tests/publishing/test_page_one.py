"""Page one of the SMT report carries the month: how good, how sure, what to decide, for a reader of nothing else."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from runs import MONTH

FIRST = ("Headlines", "Auditors graded", "Good practice seen", "Decisions for SMT", "Proposed owner")
MARGIN, HEIGHT = 20, 297  # millimetres: of a printed page
FULL = 2 / 3


def pages_of(pdf: Path) -> list[str]:
    """The words of each page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here, so no printed page was read")
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def filled(pdf: Path, place: Path) -> list[float]:
    """How far down each page is printed on, as a share of its height between the margins."""
    subprocess.run(["pdftoppm", "-r", "30", "-gray", "-png", str(pdf), str(place / "page")], check=True)
    return [_filled(Image.open(picture).convert("L")) for picture in sorted(place.glob("page*.png"))]


def _filled(picture: Image.Image) -> float:
    top, bottom = (int(picture.height * edge / HEIGHT) for edge in (MARGIN, HEIGHT - MARGIN))
    ink = ImageOps.invert(picture.crop((0, top, picture.width, bottom))).point([0] * 20 + [255] * 236).getbbox()
    return (ink[3] if ink else 0) / (bottom - top)


def test_page_one_of_the_pdf_carries_the_month_and_page_two_its_pictures(full: Path) -> None:
    first, second, *_ = pages_of(full / "outputs" / MONTH / "smt-report.pdf")
    assert [words for words in FIRST if words not in first] == []
    assert "Contents" not in first
    assert "previous SMT decision" in first
    assert "Four pictures" in second and "Calendar days since agreed" not in first


def test_page_one_of_the_word_paper_carries_the_month(full: Path, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed here, so no Word paper was laid out")
    paper = full / "outputs" / MONTH / "smt-report.docx"
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(paper)], capture_output=True, check=True, timeout=120)
    first, *_ = pages_of(tmp_path / "smt-report.pdf")
    assert [words for words in FIRST if words not in first] == []
    assert "previous SMT decision" in first


def test_no_page_but_the_last_is_under_two_thirds_full(full: Path, tmp_path: Path) -> None:
    pdf = full / "outputs" / MONTH / "smt-report.pdf"
    assert pages_of(pdf)
    *pages, _ = filled(pdf, tmp_path)
    assert [(number, round(share, 2)) for number, share in enumerate(pages, start=1) if share < FULL] == []


def test_the_months_front_page_opens_with_the_headlines(full: Path) -> None:
    page = (full / "outputs" / MONTH / "index.html").read_text()
    assert page.index("Auditors graded") < page.index("Contents")
