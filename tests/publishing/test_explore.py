"""The question notebook in people's hands: opened by its command, used with mouse and keyboard in a real JupyterLab."""

import json
import os
import urllib.parse
import urllib.request
from pathlib import Path

import nbformat
import papermill
import pytest
from asked import ASKED, OWN
from browser import SECONDS, Browser, chromium, click, evaluate, open_page, press, skip_without_chromium, wait_until
from bs4 import BeautifulSoup
from click.testing import CliRunner
from councils import council
from lab import lab
from small import frames, write

from qa_analysis.cli import main
from qa_analysis.data.synthetic import write_council
from qa_analysis.framework import resource
from qa_analysis.publishing import lab as starting
from qa_analysis.questions.opening import KEPT
from qa_analysis.questions.panel import LABELS

AUDITS = [
    {"service_area": service, "team": team, "child_id": f"6{place}30{number}", "key_worker_id": f"9{place}70{number}",
     "overall_grade": "good" if number % 3 else "inadequate"}
    for place, (service, team) in enumerate((("Cared For", "Oak"), ("Cared For", "Rowan"), ("Safeguarding", "Harbour")))
    for number in range(10, 22)
]  # fmt: skip


ACTIONS = [
    {"action_id": f"7040{number}", "service_area": "Safeguarding", "team": "Harbour", "child_id": f"6230{number}",
     "owner_id": f"9270{number}", "agreed_on": "2023-06-01", "completed_on": "2023-06-09",
     "is_safeguarding": number % 2 == 0}
    for number in range(10, 22)
]  # fmt: skip


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("explore") / "extracts", frames(audits=AUDITS, actions=ACTIONS))


def select(label: str) -> str:
    """The drop-down that a label belongs to, as the browser ties the two."""
    return (
        "document.getElementById([...document.querySelectorAll('.widget-dropdown label')]"
        f".find(label => label.textContent === '{label}').htmlFor)"
    )


def named(kind: str, text: str) -> str:
    return f"[...document.querySelectorAll('{kind}')].find(it => it.textContent.trim() === '{text}')"


def shown(text: str) -> str:
    said = "document.querySelector('.qa-answer')?.innerText.replace(/\\s/g, ' ')"  # also spaces that do not break
    return f"{said}.includes({json.dumps(text)})"


def choose(browser: Browser, label: str, title: str) -> None:
    """Chooses what a drop-down shows under a title, as a hand with a mouse would have it chosen."""
    said = "one.textContent.replace(/\\u00a0/g, ' ').trim()"  # widgets write every space as one that does not break
    option = f"[...{select(label)}.options].find(one => {said} === '{title}')"
    wait_until(browser, f"{select(label)} && {option}")
    evaluate(
        browser,
        f"(() => {{ const it = {select(label)}; it.selectedIndex = {option}.index;"
        " it.dispatchEvent(new Event('change', {bubbles: true})) })()",
    )


def elsewhere(browser: Browser) -> list[str]:
    """What was asked of any machine but this one."""
    asked = [event["request"]["url"] for event in browser.said("Network.requestWillBeSent")]
    return [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]


@pytest.mark.slow
def test_questions_are_asked_and_kept_with_mouse_and_keyboard_in_jupyterlab(extracts: Path, tmp_path: Path) -> None:
    """The drop-downs are there without a click, and nobody asks about news of Jupyter."""
    skip_without_chromium()
    with lab(extracts, tmp_path) as address, chromium() as browser:
        open_page(browser, address)
        wait_until(browser, shown("(24 of 36;"), seconds=3 * SECONDS)
        assert evaluate(browser, "document.querySelectorAll('.jp-Dialog, .Toastify__toast').length") == 0

        evaluate(browser, f"{select('Break down by')}.focus()")
        press(browser, "ArrowDown", 40, times=2)
        wait_until(browser, shown("by team"))
        evaluate(browser, f"{select('Service')}.focus()")
        press(browser, "ArrowDown", 40)
        wait_until(browser, shown("(16 of 24;"))
        assert evaluate(browser, "document.querySelectorAll('.jp-Notebook .jp-Cell').length") == cells()

        click(browser, named(".jupyter-widgets button", "Save this answer"))
        wait_until(browser, "document.body.innerText.includes('Saved as')", seconds=2 * SECONDS)
        click(browser, named(".jupyter-widgets button", "Service: Cared For ✕"))
        wait_until(browser, shown("(24 of 36;"))
        choose(browser, "Question", "How long do actions take?")
        choose(browser, "Service", "Safeguarding")
        choose(browser, "Safeguarding", "About safeguarding")
        wait_until(browser, shown("Half of 6 actions are completed within 8 days"))
        click(browser, named(".jupyter-widgets button", "Clear"))
        wait_until(browser, shown("Half of 12 actions are completed within 8 days"))
        choose(browser, "Question", "Who was audited, and who was not?")
        choose(browser, "Break down by", "Team")
        wait_until(browser, shown("36 audits in June 2023, in 3 teams"))
        assert elsewhere(browser) == []
    kept = BeautifulSoup((tmp_path / "answers" / "grades-by-team-service-cared-for.html").read_text(), "html.parser")
    assert "(16 of 24;" in kept.get_text()


@pytest.mark.slow
def test_the_same_panel_is_a_page_of_its_own_without_the_laboratory(extracts: Path, tmp_path: Path) -> None:
    """By Voilà: reached with its token alone, and nothing is asked of any other machine."""
    skip_without_chromium()
    with lab(extracts, tmp_path, page=True) as address, chromium() as browser:
        open_page(browser, address)
        wait_until(browser, shown("(24 of 36;"), seconds=3 * SECONDS)
        choose(browser, "Service", "Cared For")
        wait_until(browser, shown("(16 of 24;"))
        assert evaluate(browser, "document.querySelectorAll('.lm-MenuBar, .jp-CodeCell .jp-InputArea').length") == 0
        assert elsewhere(browser) == []
        for stranger in (address.partition("?")[0], f"{address}x"):  # without the token, and with another
            with urllib.request.urlopen(stranger) as page:
                assert urllib.parse.urlsplit(page.geturl()).path == "/login"


@pytest.mark.slow
def test_a_social_workers_questions_are_answered_by_clicks(tmp_path: Path) -> None:
    """Twenty of them, one after another on one page, each begun with Clear."""
    skip_without_chromium()
    asked_of = {name: frame for name, frame in council(seed=2022).items() if name in KEPT}
    write_council(tmp_path / "extracts", asked_of, style="clean")
    with lab(tmp_path / "extracts", tmp_path, page=True) as address, chromium() as browser:
        open_page(browser, address)
        wait_until(browser, shown("Auditors graded"), seconds=4 * SECONDS)
        for asks, words, said in [*ASKED, *OWN]:
            click(browser, named(".jupyter-widgets button", "Clear"))
            choose(browser, "Question", asks)
            wait_until(browser, shown(asks[:-1]))  # what the others offer goes by the question
            for word, title in words.items():
                choose(browser, LABELS[word], title)
            wait_until(browser, shown(said))
        assert elsewhere(browser) == []


def cells() -> int:
    return len(nbformat.read(resource("notebooks") / "explore.ipynb", as_version=4).cells)


@pytest.mark.slow
def test_the_notebook_runs_without_anybody_at_the_drop_downs(extracts: Path, tmp_path: Path) -> None:
    papermill.execute_notebook(
        str(resource("notebooks") / "explore.ipynb"), str(tmp_path / "out.ipynb"),
        parameters={"data": str(extracts)}, progress_bar=False,
    )  # fmt: skip
    done = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    shown = [output.data.get("text/html", "") for cell in done.cells for output in cell.get("outputs", [])]
    assert any("(24 of 36;" in markup for markup in shown)


def test_jupyterlab_is_reached_from_this_machine_alone_and_told_the_folders(extracts: Path, tmp_path: Path) -> None:
    opened = starting.Lab(tmp_path, extracts, None)
    command = starting.command(opened, browser=False)
    assert "--ServerApp.ip=127.0.0.1" in command
    assert not any("token" in word for word in command)
    assert str(extracts) not in " ".join(command)
    told = starting.environment({"JUPYTER_CONFIG_PATH": "own", "QA_ANALYSIS_PUBLISHED": "an old one"}, opened)
    assert told["QA_ANALYSIS_DATA"] == str(extracts)
    assert "QA_ANALYSIS_PUBLISHED" not in told
    page = starting.page_command(told | {"JUPYTER_PORT": "8899"}, browser=False)
    assert {"--Voila.ip=127.0.0.1", "--Voila.auto_token=True", "--Voila.port=8899"} <= set(page)
    assert told["JUPYTER_PATH"].split(os.pathsep)[0] == str(starting.TEMPLATES)
    assert told["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(starting.SETTINGS), "own"]


def test_the_lab_is_rooted_where_published_months_and_answers_lie_side_by_side(core: Path, core_data: Path) -> None:
    opened = starting.lab_of(core / "outputs", None)
    assert (opened.root, opened.answers) == (core.resolve(), core.resolve() / "answers")
    assert opened.published == (core / "outputs" / "2023-06").resolve()
    assert f"--ServerApp.root_dir={core.resolve()}" in starting.command(opened, browser=False)
    given = starting.lab_of(core / "outputs", core_data)
    assert (given.data, given.published) == (core_data.resolve(), None)


def test_jupyterlab_asks_nobody_for_news_and_leaves_keys_to_the_drop_downs() -> None:
    config = starting.SETTINGS / "labconfig"
    off = json.loads((config / "page_config.json").read_text())["disabledExtensions"]
    assert off["@jupyterlab/apputils-extension:announcements"]
    keys = json.loads((config / "default_setting_overrides.json").read_text())
    kept = [one for one in keys["@jupyterlab/shortcuts-extension:shortcuts"]["shortcuts"] if not one.get("disabled")]
    assert kept
    assert all(one["selector"].endswith(":not(select)") for one in kept)


def test_the_users_own_copies_stay_as_they_are_and_every_notebook_has_one(tmp_path: Path) -> None:
    copy = starting.working_copies(tmp_path / "answers")
    assert nbformat.read(copy, as_version=4).cells
    copy.write_text("mine")
    assert starting.working_copies(tmp_path / "answers").read_text() == "mine"
    copies = {path.name for path in (tmp_path / "answers" / "notebooks").iterdir()}
    assert copies == {path.name for path in resource("notebooks").glob("*.ipynb")} - {"explore.ipynb"}


@pytest.mark.parametrize(
    ("more", "said"), [((), "qa-analysis demo"), (("--data", "nowhere"), "There is no folder nowhere")]
)
def test_without_extracts_the_command_says_what_to_do(more: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["explore", "--outputs", str(tmp_path / "outputs"), *more])
    assert result.exit_code == 2
    assert said in result.output


def test_without_jupyterlab_the_command_says_how_to_get_it(
    extracts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "find_spec", lambda name: None)
    result = CliRunner().invoke(main, ["explore", "--outputs", str(tmp_path / "outputs"), "--data", str(extracts)])
    assert result.exit_code == 2
    assert ".ci/start.py lab" in result.output
    assert not (tmp_path / "answers").exists()
