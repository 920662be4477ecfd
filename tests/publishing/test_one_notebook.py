"""One notebook by itself: the figures of a bare papermill, and neither its pasted names nor its open channel."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from runs import MONTH

from qa_analysis.cli import main
from qa_analysis.errors import WrongUse
from qa_analysis.publishing.one_notebook import notebook_called, run_alone

TODAY = date(2023, 8, 1)
NOTEBOOK = {
    "cells": [
        {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {"tags": ["parameters"]}, "outputs": [],
         "source": 'month: str = ""  # the audit cycle\ndata: str = ""  # the folder'},
        {"cell_type": "code", "execution_count": None, "id": "b", "metadata": {}, "outputs": [],
         "source": 'from ipykernel.kernelapp import IPKernelApp\nf"{month} {data} {IPKernelApp.instance().transport}"'},
    ],
    "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
}  # fmt: skip


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook of the user's own, in the folder they are in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.ipynb").write_text(json.dumps(NOTEBOOK))
    return tmp_path


def notebook(name: str, *parameters: str, output: str = "out.ipynb") -> Result:
    given = [
        word for name, value in zip(parameters[::2], parameters[1::2], strict=True) for word in ("-p", name, value)
    ]
    return CliRunner().invoke(main, ["notebook", name, *given, "--output", output])


def results(path: Path) -> list[str]:
    outputs = [output for cell in json.loads(path.read_text())["cells"] for output in cell.get("outputs", [])]
    return ["".join(output["data"]["text/plain"]) for output in outputs]


@pytest.mark.parametrize("name", ["mont", "x=1\nopen('ran', 'w').write('')\ny", "month;import os", "__builtins__"])
def test_a_parameter_that_the_notebook_does_not_have_is_refused_and_nothing_of_it_runs(name: str, own: Path) -> None:
    result = notebook("own.ipynb", name, "2023-06")
    assert (result.exit_code, "It knows: month, data." in result.output) == (2, True)
    assert [path.name for path in own.iterdir()] == ["own.ipynb"]


@pytest.mark.parametrize(
    ("parameter", "value", "line"),
    [
        ("month", "June", '"June" is not a month.'),
        ("month", "2023-06'; import os", "is not a month."),
        ("as_at", "10/07/2023", '"10/07/2023" is not a day.'),
        ("as_at", "2023-08-02", "2 August 2023, the date of the data, lies in the future"),
        ("month", "2023-07", "10 August 2023, the date of the data, lies in the future: today is 1 August 2023."),
        ("data", "nowhere", 'There is no folder "nowhere".'),
        ("tables", "nowhere", 'There is no folder "nowhere".'),
    ],
)
def test_a_value_that_cannot_be_what_it_should_is_refused(
    parameter: str, value: str, line: str, tmp_path: Path
) -> None:
    with pytest.raises(WrongUse, match=line):
        run_alone("moderation", [(parameter, value)], tmp_path / "out.ipynb", today=TODAY)


def test_a_parameter_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="given twice"):
        run_alone("moderation", [("month", MONTH), ("month", MONTH)], tmp_path / "out.ipynb", today=TODAY)


def test_a_notebook_that_is_not_there_is_met_with_those_that_are() -> None:
    with pytest.raises(WrongUse, match=re.escape('"smt-report" is not a notebook. There are: actions, ')):
        notebook_called("smt-report")


@pytest.mark.parametrize("text", ["", "not JSON", "[]", "{}"])
def test_a_file_that_is_no_notebook_is_refused(text: str, own: Path) -> None:
    (own / "own.ipynb").write_text(text)
    result = notebook("own.ipynb", "month", "2023-06")
    assert (result.exit_code, result.output) == (2, '"own.ipynb" is not a notebook that can be read.\n')


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the channel is encrypted instead")
@pytest.mark.slow
def test_a_notebook_of_ones_own_runs_over_a_private_channel_and_replaces_nothing(own: Path) -> None:
    (own / "extracts").mkdir()
    result = notebook("own.ipynb", "month", "2023-06", "data", "extracts")
    assert (result.exit_code, result.output) == (0, "Written: out.ipynb\n")
    assert results(own / "out.ipynb") == ["'2023-06 extracts ipc'"]
    again = notebook("own.ipynb", "month", "2023-06")
    assert (again.exit_code, "out.ipynb is there already" in again.output) == (2, True)


@pytest.mark.slow
def test_a_notebook_of_ours_runs_alone_on_a_folder_of_extracts(core_data: Path, tmp_path: Path) -> None:
    result = notebook("actions", "month", MONTH, "data", str(core_data), output=str(tmp_path / "out.ipynb"))
    assert result.exit_code == 0, result.output
    assert "overdue" in (tmp_path / "out.ipynb").read_text()
