"""Published notebooks in an analyst's hands: opened in a real JupyterLab, run, one line changed, run again."""

import shutil
from pathlib import Path

import pytest
from browser import SECONDS, Browser, chromium, click, evaluate, open_page, skip_without_chromium, wait_until
from lab import lab
from runs import MONTH, SHARED

from qa_analysis.reports import reports

IDLE = "document.querySelector('.jp-Notebook') && document.body.innerText.includes('| Idle')"
OUTPUT = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].at(-1)?.querySelector('.jp-OutputArea')"
ERRORS = "document.querySelectorAll('.jp-Notebook [data-mime-type*=\"stderr\"]').length"
CTRL = 2  # as the browser numbers it

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a published month, for a lab of its own."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(full / "outputs" / MONTH, folder / "outputs" / MONTH)
    return folder


def run_all(browser: Browser) -> None:
    for menu, words in (("lm-MenuBar", "Run"), ("lm-Menu", "Run All Cells")):
        item = f"[...document.querySelectorAll('.{menu}-itemLabel')].find(it => it.textContent.trim() === '{words}')"
        click(browser, item)


def test_every_published_notebook_opens_runs_and_runs_again_with_a_line_changed(place: Path) -> None:
    """In its own folder, from the tables beside it; the last cell is the one that invites to a figure of one's own."""
    skip_without_chromium()
    with lab(None, place) as address, chromium() as browser:
        for name in reports():
            where = f"shared/{name}" if name in SHARED else name
            open_page(browser, address.replace("answers/explore", f"outputs/{MONTH}/{where}"))
            wait_until(browser, IDLE, seconds=2 * SECONDS)
            run_all(browser)
            wait_until(browser, f"{OUTPUT}?.innerText.includes('population')", seconds=2 * SECONDS)
            assert evaluate(browser, ERRORS) == 0, name
            change_last_line(browser, "print(this.month, len(this.measures) > 0, this.scope.words or 'whole')")
            wait_until(browser, f"{OUTPUT}?.innerText.includes('{MONTH} True whole')")


def change_last_line(browser: Browser, line: str) -> None:
    """Types another line into the last cell and runs it, as a hand would."""
    click(browser, "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].at(-1).querySelector('.cm-content')")
    for kind in ("rawKeyDown", "keyUp"):
        browser.ask("Input.dispatchKeyEvent", type=kind, key="a", code="KeyA", windowsVirtualKeyCode=65, modifiers=CTRL)
    browser.ask("Input.insertText", text=line)
    for kind in ("rawKeyDown", "keyUp"):
        browser.ask(
            "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, modifiers=CTRL
        )


def test_the_users_copy_of_a_notebook_opens_the_newest_month_and_one_service_of_it(place: Path) -> None:
    skip_without_chromium()
    with lab(None, place) as address, chromium() as browser:
        open_page(browser, address.replace("answers/explore", "answers/notebooks/actions"))
        wait_until(browser, IDLE, seconds=2 * SECONDS)
        run_all(browser)
        wait_until(browser, f"{OUTPUT}?.innerText.includes('population')", seconds=3 * SECONDS)
        change_last_line(browser, f"print(open_month('{MONTH}', service='Safeguarding').scope.words)")
        wait_until(browser, f"{OUTPUT}?.innerText.includes('Safeguarding')", seconds=3 * SECONDS)
