"""Starts JupyterLab on the question notebook: for this machine and this user alone, and without news from elsewhere."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from qa_analysis.errors import OutputUnwritable, WrongUse
from qa_analysis.framework import resource
from qa_analysis.questions.query import ANSWERS_VARIABLE, DATA_VARIABLE

NOTEBOOK = "explore.ipynb"
SETTINGS = Path(__file__).parent / "lab"  # the parts of JupyterLab that would call elsewhere are turned off there


def explore(data: Path, answers: Path, *, browser: bool) -> int:
    """The exit code of JupyterLab, which runs until it is stopped. The notebook is the user's own copy.

    Raises:
        WrongUse: there is no such folder of extracts, or JupyterLab is not installed.
        OutputUnwritable: the copy cannot be written.
    """
    if not data.is_dir():
        raise WrongUse(f"There is no folder {data} to read extracts from. Give its path with --data.")
    if find_spec("jupyterlab") is None or find_spec("ipywidgets") is None:
        raise WrongUse("JupyterLab is not installed. In a checkout: python3 .ci/start.py lab (py .ci\\start.py lab).")
    working_copy(answers)
    return subprocess.run(
        command(answers, browser=browser), env=environment(os.environ, data, answers), check=False
    ).returncode


def working_copy(answers: Path) -> Path:
    """The notebook beside the answers. One that is there already is the user's, and stays as it is."""
    copy = answers / NOTEBOOK
    try:
        answers.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            shutil.copyfile(resource("notebooks") / NOTEBOOK, copy)
    except OSError:
        raise OutputUnwritable(f"The folder {answers} cannot be written.") from None
    return copy


def command(answers: Path, *, browser: bool) -> list[str]:
    """JupyterLab on the notebook, reached from this machine alone, with the token it makes for itself."""
    return [
        sys.executable, "-m", "jupyterlab", str(answers.resolve() / NOTEBOOK), "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={answers.resolve()}", f"--ServerApp.open_browser={browser}",
        "--ServerApp.allow_remote_access=False", "--ServerApp.answer_yes=True", "--ServerApp.log_level=WARN",
    ]  # fmt: skip


def environment(own: Mapping[str, str], data: Path, answers: Path) -> dict[str, str]:
    """The user's environment, with the folders said to the notebook and our settings before the user's."""
    settings = os.pathsep.join(filter(None, [str(SETTINGS), own.get("JUPYTER_CONFIG_PATH", "")]))
    folders = {DATA_VARIABLE: str(data.resolve()), ANSWERS_VARIABLE: str(answers.resolve())}
    return {**own, **folders, "JUPYTER_CONFIG_PATH": settings}
