"""A JupyterLab of the test's own, on this machine alone, started by the command people use and ended with the test."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
from machine import uncounted

from qa_analysis.publishing.lab import PAGE, Lab, environment, page_command

SECONDS = 40


@contextmanager
def lab(data: Path | None, place: Path, *, page: bool = False) -> Iterator[str]:
    """The address of the question notebook in a running JupyterLab, its settings and outputs all in one folder.

    Without extracts it is about what is published in the outputs of the folder. As a page it is the drop-downs alone.
    """
    if page and find_spec("voila") is None:
        pytest.skip("Voilà is not installed, so the drop-downs were not opened as a page")
    if find_spec("jupyterlab") is None or find_spec("ipywidgets") is None:
        pytest.skip("JupyterLab is not installed, so the question notebook was not opened in it")
    folders = ["--outputs", str(place / "outputs"), *(["--data", str(data)] if data else [])]
    asked = ["-m", "qa_analysis", "explore", "--no-browser", *(["--page"] if page else []), *folders]
    with _served(asked, place, ready="/voila/static/voila.js" if page else "/api") as (origin, token):
        yield f"{origin}/{'' if page else 'lab/tree/answers/explore.ipynb'}?token={token}"


@contextmanager
def page_of(notebook: Path, place: Path) -> Iterator[str]:
    """The address of any notebook as a page by Voilà, with the settings that the drop-downs have."""
    told = environment(os.environ, Lab(place, None, None))
    asked = [str(notebook) if word == str(PAGE) else word for word in page_command(told, browser=False)[1:]]
    with _served(asked, place, ready="/voila/static/voila.js", settings=told) as (origin, token):
        yield f"{origin}/?token={token}"


@contextmanager
def _served(
    asked: Sequence[str], place: Path, *, ready: str, settings: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """The origin and the token of a server that is there, and ended afterwards; its settings lie below the folder."""
    home, token, port = place / "home", secrets.token_hex(16), _free_port()
    (home / "config").mkdir(parents=True, exist_ok=True)
    allowed = {"ServerApp": {"allow_root": True}}  # a container's tests run as root, which Jupyter refuses by itself
    (home / "config" / "jupyter_server_config.json").write_text(json.dumps(allowed))
    reached = {"LabApp": {"expose_app_in_browser": True}}  # so that a test can open a notebook without loading the page
    (home / "config" / "jupyter_lab_config.json").write_text(json.dumps(reached))
    own = {name: str(home / folder) for name, folder in FOLDERS.items()}
    port_said = [f"--Voila.port={port}"] if settings else []  # what explore reads from the environment
    process = subprocess.Popen(
        [sys.executable, *asked, *port_said],
        env={**(settings or uncounted()), **own, "JUPYTER_TOKEN": token, "JUPYTER_PORT": str(port)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=(home / "log").open("w"), start_new_session=True,
    )  # fmt: skip
    try:
        origin = f"http://127.0.0.1:{port}"
        _wait_for(f"{origin}{ready}?token={token}", process, home / "log")
        yield origin, token
    finally:
        _end(process)


FOLDERS = {
    "HOME": "", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
    "IPYTHONDIR": "ipython", "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
}  # fmt: skip


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"JupyterLab ended: {log.read_text()[-2000:]}"
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.2)
    raise AssertionError(f"JupyterLab was not there after {SECONDS} seconds: {log.read_text()[-2000:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """JupyterLab is asked to end, so that it ends its kernels, and made to where it does not."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
            return
