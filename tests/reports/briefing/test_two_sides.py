"""The briefing stays within two sides of A4, however much there is to tell."""

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from edition import fullest, made

OFFICE = shutil.which("soffice")
MOST_SIDES = 2


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed, so the Word file cannot be laid out")
@pytest.mark.parametrize("is_other_form", [False, True])
def test_the_fullest_briefing_is_two_sides_in_word(tmp_path: Path, is_other_form: bool) -> None:
    paper = made("briefing", fullest(is_other_form=is_other_form), tmp_path).with_suffix(".docx")
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    laid_out = tmp_path / "laid-out"
    command = [OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", laid_out, paper]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pikepdf.open(laid_out / "briefing.pdf") as file:
        assert len(file.pages) <= MOST_SIDES


@pytest.mark.parametrize("is_other_form", [False, True])
def test_the_fullest_briefing_is_two_sides_in_pdf(tmp_path: Path, is_other_form: bool) -> None:
    paper = made("briefing", fullest(is_other_form=is_other_form), tmp_path).with_suffix(".pdf")
    if not paper.exists():
        pytest.skip("neither the Pango libraries nor a browser are installed, so no PDF was made")
    with pikepdf.open(paper) as file:
        assert len(file.pages) <= MOST_SIDES
