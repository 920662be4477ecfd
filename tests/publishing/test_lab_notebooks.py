"""Published notebooks in an analyst's hands: opened in a real JupyterLab, run, one line changed, run again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import SECONDS, Browser, chromium, click, evaluate, open_page, skip_without_chromium, wait_until
from lab import lab
from runs import DUE, MONTH, OF_PLACES, SHARED

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # the one in front of the others
CURRENT = "jupyterapp.shell.currentWidget"
LAST = f"[...document.querySelectorAll('{PANEL} .jp-CodeCell')].at(-1)"
OUTPUT = f"{LAST}?.querySelector('.jp-OutputArea')"
ERRORS = f"document.querySelectorAll('{PANEL} [data-mime-type*=\"stderr\"]').length"
CTRL = 2  # as the browser numbers it

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A JupyterLab on a copy of a published month, in a browser's window."""
    skip_without_chromium()
    place = tmp_path_factory.mktemp("lab")
    shutil.copytree(full / "outputs" / MONTH, place / "outputs" / MONTH)
    with lab(None, place) as address, chromium() as opened:
        open_page(opened, address.replace("/tree/answers/explore.ipynb", ""))
        wait_until(opened, "window.jupyterapp?.commands.hasCommand('docmanager:open')", seconds=2 * SECONDS)
        yield opened


def bring(browser: Browser, notebook: str) -> None:
    """Opens a notebook, or brings it before the others where it is open."""
    assert evaluate(
        browser,
        "jupyterapp.restored"
        f".then(() => jupyterapp.commands.execute('docmanager:open', {{path: '{notebook}'}})).then(() => true)",
    )
    wait_until(browser, f"{CURRENT}?.context?.path === '{notebook}'")


def run_all(browser: Browser) -> None:
    """By the menu, once the kernel of the notebook before the others is ready."""
    wait_until(browser, f"{CURRENT}.sessionContext?.session?.kernel?.status === 'idle'", seconds=2 * SECONDS)
    for menu, words in (("lm-MenuBar", "Run"), ("lm-Menu", "Run All Cells")):
        item = f"[...document.querySelectorAll('.{menu}-itemLabel')].find(it => it.textContent.trim() === '{words}')"
        click(browser, item)


def test_every_published_notebook_opens_runs_and_runs_again_with_a_line_changed(browser: Browser) -> None:
    """In its own folder, from the tables beside it; the last cell is the one that invites to a figure of one's own.

    The next one is opened while the one before it runs.
    """
    held = [name for name in DUE if name not in OF_PLACES]
    notebooks = [f"outputs/{MONTH}/{'shared/' * (name in SHARED)}{name}.ipynb" for name in held]
    for notebook in notebooks:
        bring(browser, notebook)
        run_all(browser)
    for notebook in notebooks:
        bring(browser, notebook)
        wait_until(browser, f"{OUTPUT}?.innerText.includes('population')", seconds=2 * SECONDS)
        assert evaluate(browser, ERRORS) == 0, notebook
        change_last_line(browser, "print(this.month, len(this.measures) > 0, this.scope.words or 'whole')")
        wait_until(browser, f"{OUTPUT}?.innerText.includes('{MONTH} True whole')")


def change_last_line(browser: Browser, line: str) -> None:
    """Types another line into the last cell and runs it, as a hand would."""
    click(browser, f"{LAST}.querySelector('.cm-content')")
    for kind in ("rawKeyDown", "keyUp"):
        browser.ask("Input.dispatchKeyEvent", type=kind, key="a", code="KeyA", windowsVirtualKeyCode=65, modifiers=CTRL)
    browser.ask("Input.insertText", text=line)
    for kind in ("rawKeyDown", "keyUp"):
        browser.ask(
            "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, modifiers=CTRL
        )


def test_the_users_copy_of_a_notebook_opens_the_newest_month_and_one_service_of_it(browser: Browser) -> None:
    bring(browser, "answers/notebooks/actions.ipynb")
    run_all(browser)
    wait_until(browser, f"{OUTPUT}?.innerText.includes('population')", seconds=3 * SECONDS)
    change_last_line(browser, f"print(open_month('{MONTH}', service='Safeguarding').scope.words)")
    wait_until(browser, f"{OUTPUT}?.innerText.includes('Safeguarding')", seconds=3 * SECONDS)
