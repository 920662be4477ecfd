"""Starts the question notebook in JupyterLab, or its drop-downs as a page: for this machine and this user alone.

The lab is rooted where the published months and the answers lie side by side, so that both are reachable. Beside the
answers lie the user's own copies of the notebooks; what is published is never written to.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from qa_analysis import disk
from qa_analysis.disclosure.places import ANSWERS_VARIABLE, DATA_VARIABLE, PUBLISHED_VARIABLE, RESTRICTED, ROWS
from qa_analysis.errors import WrongUse
from qa_analysis.framework import resource
from qa_analysis.publishing.publish import publications

NOTEBOOK: Final = "explore.ipynb"
ANSWERS: Final = "answers"
OWN_NOTEBOOKS: Final = "notebooks"  # in answers: copies of the notebooks of reports, to change and run
SETTINGS: Final = Path(__file__).parent / "lab"  # what would call elsewhere is turned off there
EXTENSIONS: Final = SETTINGS / "labextensions"  # what runs the question notebook when it has been opened
PAGE: Final = SETTINGS / "page.ipynb"  # the drop-downs alone, as Voilà shows them
TEMPLATES: Final = SETTINGS / "share"  # Voilà's page, without what it would fetch from elsewhere
TEMPLATE: Final = "qa-analysis"
PORT_VARIABLE: Final = "JUPYTER_PORT"  # by which JupyterLab is told its port; Voilà is told the same


@dataclass(frozen=True)
class Lab:
    """What JupyterLab opens: the folder it is rooted in, the extracts, and the published month; either may be none."""

    root: Path
    data: Path | None
    published: Path | None

    @property
    def answers(self) -> Path:
        """Where answers are kept."""
        return self.root / ANSWERS


def explore(outputs: Path, data: Path | None, *, browser: bool, page: bool = False) -> int:
    """The exit code of JupyterLab, which runs until it is stopped. The notebooks in it are the user's own copies.

    As a page the drop-downs stand alone, without a notebook around them (docs/decisions/036).

    Where extracts are given they are what is asked about; otherwise the newest published month is.

    Raises:
        WrongUse: there is nothing to ask about, or JupyterLab (or Voilà) is not installed.
        OutputUnwritable: the copies cannot be written.
    """
    lab = lab_of(outputs, data)
    if find_spec("jupyterlab") is None or find_spec("ipywidgets") is None:
        raise WrongUse("JupyterLab is not installed. In a checkout: python3 .ci/start.py lab (py .ci\\start.py lab).")
    if page and find_spec("voila") is None:
        raise WrongUse("Voilà is not installed. In a checkout: python3 .ci/start.py page (py .ci\\start.py page).")
    working_copies(lab.answers)
    told = environment(os.environ, lab)
    asked = page_command(told, browser=browser) if page else command(lab, browser=browser)
    with subprocess.Popen(asked, env=told) as started:
        try:
            return started.wait()
        except BaseException:
            started.terminate()  # it ends its notebooks first
            raise


def lab_of(outputs: Path, data: Path | None) -> Lab:
    """What there is to open.

    Raises:
        WrongUse: there is no such folder of extracts, and no published month either.
    """
    if data is not None and not data.is_dir():
        raise WrongUse(f"There is no folder {data} to read extracts from. Give its path with --data.")
    demo, published = outputs / "demo" / "extracts", None if data else newest_with_rows(outputs)
    known = data or (demo if demo.is_dir() else None)
    if known is None and published is None:
        raise WrongUse("Give the folder of extracts with --data FOLDER, or make a synthetic council: qa-analysis demo.")
    return Lab(outputs.resolve().parent, known.resolve() if known else None, published)


def newest_with_rows(outputs: Path) -> Path | None:
    """The newest published month whose rows were kept and are this user's to open."""
    folders = [outputs.resolve() / one.folder for one in publications(outputs)] if outputs.is_dir() else []
    with_rows = [folder for folder in folders if os.access(folder / RESTRICTED / ROWS, os.R_OK)]
    return with_rows[-1] if with_rows else None


def working_copies(answers: Path) -> Path:
    """The question notebook and those of the reports, beside the answers. One that is there already stays as it is."""
    with disk.writing(answers, "Free some space, or check that the folder may be written."):
        for notebook in sorted(resource("notebooks").glob("*.ipynb")):
            copy = answers / (NOTEBOOK if notebook.name == NOTEBOOK else f"{OWN_NOTEBOOKS}/{notebook.name}")
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.exists():
                disk.replace_whole(copy, partial(shutil.copyfile, notebook))
    return answers / NOTEBOOK


def command(lab: Lab, *, browser: bool) -> list[str]:
    """JupyterLab on the notebook, reached from this machine alone, with the token it makes for itself."""
    return [
        sys.executable, "-m", "jupyterlab", str(lab.answers / NOTEBOOK), "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={lab.root}", f"--ServerApp.open_browser={browser}",
        "--ServerApp.allow_remote_access=False", "--ServerApp.answer_yes=True", "--ServerApp.log_level=WARN",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
    ]  # fmt: skip


def page_command(told: Mapping[str, str], *, browser: bool) -> list[str]:
    """Voilà on the drop-downs, reached from this machine alone, with the token it makes for itself."""
    return [
        sys.executable, "-m", "voila", str(PAGE), "--Voila.ip=127.0.0.1", "--Voila.auto_token=True",
        f"--Voila.open_browser={browser}", f"--VoilaConfiguration.template={TEMPLATE}", "--Voila.log_level=WARN",
        *([f"--Voila.port={told[PORT_VARIABLE]}"] if told.get(PORT_VARIABLE) else []),
    ]  # fmt: skip


def environment(own: Mapping[str, str], lab: Lab) -> dict[str, str]:
    """The user's environment, with the folders said to the notebooks and our settings before the user's."""
    settings = os.pathsep.join(filter(None, [str(SETTINGS), own.get("JUPYTER_CONFIG_PATH", "")]))
    folders = {DATA_VARIABLE: lab.data, PUBLISHED_VARIABLE: lab.published, ANSWERS_VARIABLE: lab.answers}
    told = {name: str(folder) for name, folder in folders.items() if folder}
    kept = {name: value for name, value in own.items() if name not in folders}
    share = os.pathsep.join(filter(None, [str(TEMPLATES), own.get("JUPYTER_PATH", "")]))
    return {**kept, **told, "JUPYTER_CONFIG_PATH": settings, "JUPYTER_PATH": share}
