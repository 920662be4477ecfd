"""A notebook run is believed only when every cell ran, and says nothing of the machine it ran on."""

# mypy: allow-untyped-calls

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from qa_analysis.errors import ContractBroken, NotebookDied, NotebookTimedOut, WrongUse
from qa_analysis.publishing.notebooks import run_notebook

pytestmark = pytest.mark.slow

HOSTILE = [
    '"; import os; os._exit(9); "',
    "'''",
    '"""',
    "\\",
    "\\\n",
    "{month}",
    "{{7*7}}",
    "$HOME",
    "%load x",
    "!exit",
    "\u202eright to left",
    "Zoë 🌱",
    "=HYPERLINK(1)",
    "\x00",
    "01",
    "None",
]
JUPYTER = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def written(folder: Path, *cells: str | NotebookNode, parameters: str = 'month: str = "2023-01"') -> Path:
    """A notebook of a title, a parameters cell and the given code."""
    code = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    top = [new_markdown_cell("# A question?"), new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    path = folder / "01_question.ipynb"
    nbformat.write(new_notebook(cells=[*top, *code], metadata=JUPYTER), path)
    return path


def run(notebook: Path, **parameters: str) -> Path:
    output = notebook.parent / "executed.ipynb"
    run_notebook(notebook, output, parameters=parameters, folder=notebook.parent)
    return output


def results(executed: Path) -> list[Any]:
    """What each code cell's last line came to, read back as Python wrote it."""
    cells = nbformat.read(executed, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return [eval(output["data"]["text/plain"], {}) for output in outputs]


def test_parameters_reach_the_cells_and_the_folder_is_theirs(tmp_path: Path) -> None:
    executed = run(written(tmp_path, "import os\nmonth, os.getcwd()"), month="2023-06")
    assert results(executed) == [("2023-06", str(tmp_path))]


def test_hostile_values_arrive_as_they_were(tmp_path: Path) -> None:
    names = [f"p{n}" for n in range(len(HOSTILE))]
    notebook = written(tmp_path, f"[{', '.join(names)}]", parameters="\n".join(f'{name} = ""' for name in names))
    assert results(run(notebook, **dict(zip(names, HOSTILE, strict=True)))) == [HOSTILE]


def test_an_unknown_parameter_is_refused_before_anything_runs(tmp_path: Path) -> None:
    notebook = written(tmp_path, "open('ran', 'w').close()")
    with pytest.raises(WrongUse, match=r'01_question.ipynb has no parameter "moth". It knows: month.'):
        run(notebook, moth="2023-06")
    assert not (tmp_path / "ran").exists()


def test_a_parameter_that_is_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match='parameter "month" must be text'):
        run_notebook(written(tmp_path), tmp_path / "out", parameters={"month": 6}, folder=tmp_path)  # type: ignore[dict-item]


@given(name=st.one_of(st.text(), st.sampled_from(["month = 1; x", "month\nimport os", "month:int", "__import__"])))
def test_no_name_of_a_parameter_is_run_as_code(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    notebook = folder / "01_question.ipynb"
    if not notebook.exists():
        written(folder)
    if name != "month":
        with pytest.raises(WrongUse):
            run(notebook, **{name: "x"})


def test_a_refusal_in_a_cell_keeps_its_words_and_its_exit_code(tmp_path: Path) -> None:
    words = "audits.xlsx: grade in row 7 is unknown.\nMend it and run again."
    notebook = written(tmp_path, f"from qa_analysis.errors import ContractBroken\nraise ContractBroken({words!r})")
    with pytest.raises(ContractBroken) as caught:
        run(notebook)
    assert (str(caught.value), caught.value.exit_code) == (words, 11)


def test_any_other_error_gives_its_place_and_kind_and_not_its_words(tmp_path: Path) -> None:
    notebook = written(tmp_path, "1", "{}['Jane Smith, 612306']", "2")
    with pytest.raises(NotebookDied, match=r"01_question.ipynb stopped in code cell 3 \(KeyError\)") as caught:
        run(notebook, month="2023-06")
    assert "Smith" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert not (tmp_path / "executed.ipynb").exists()


@pytest.mark.parametrize("cell", [0, 1, 2])
@pytest.mark.parametrize("death", ["os.kill(os.getpid(), 9)", "os._exit(0)"])
def test_a_kernel_that_dies_in_any_cell_is_not_believed(tmp_path: Path, cell: int, death: str) -> None:
    cells = ["1", "2", "3"]
    cells[cell] = f"import os; {death}"
    with pytest.raises(NotebookDied, match="process died"):
        run(written(tmp_path, *cells))
    assert not (tmp_path / "executed.ipynb").exists()


def test_leaving_early_is_not_reaching_the_end(tmp_path: Path) -> None:
    with pytest.raises(NotebookDied):  # papermill takes exit code 0 for success
        run(written(tmp_path, "import sys; sys.exit(0)", "'the figures'"))


@pytest.mark.parametrize("tag", ["raises-exception", "skip-execution"])
def test_a_cell_allowed_to_fail_or_left_out_is_not_believed(tmp_path: Path, tag: str) -> None:
    with pytest.raises(NotebookDied):
        run(written(tmp_path, new_code_cell("1 / 0", metadata={"tags": [tag]})))


def test_a_notebook_that_hangs_is_stopped_in_time(tmp_path: Path) -> None:
    notebook = written(
        tmp_path, "import os, pathlib\npathlib.Path('pid').write_text(str(os.getpid()))", "while True: pass"
    )
    began = time.monotonic()
    with pytest.raises(NotebookTimedOut, match="took longer than 4 seconds"):
        run_notebook(notebook, tmp_path / "executed.ipynb", parameters={}, folder=tmp_path, timeout=4)
    assert time.monotonic() - began < 20
    assert gone(int((tmp_path / "pid").read_text()))


def test_the_time_limit_is_for_the_notebook_as_a_whole(tmp_path: Path) -> None:
    notebook = written(tmp_path, *["import time; time.sleep(1.5)"] * 4)
    with pytest.raises(NotebookTimedOut):
        run_notebook(notebook, tmp_path / "executed.ipynb", parameters={}, folder=tmp_path, timeout=3)


def gone(pid: int, *, within: float = 5) -> bool:
    """Whether the process ends within so many seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if sys.platform == "linux" and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the kernel itself looks for its parent, once a second")
def test_a_kernel_does_not_outlive_a_killed_runner_even_while_it_computes(tmp_path: Path) -> None:
    busy = "sum(range(10**12))"  # a single step in C, during which no thread of the kernel can look around
    notebook = written(tmp_path, "import os, pathlib\npathlib.Path('pid').write_text(str(os.getpid()))", busy)
    call = f"run_notebook(Path({str(notebook)!r}), Path('x'), parameters={{}}, folder=Path({str(tmp_path)!r}))"
    program = f"from pathlib import Path\nfrom qa_analysis.publishing.notebooks import run_notebook\n{call}"
    runner = subprocess.Popen([sys.executable, "-c", program])
    pid = tmp_path / "pid"
    while not (pid.exists() and pid.read_text()) and runner.poll() is None:
        time.sleep(0.05)
    time.sleep(0.3)
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    assert gone(int(pid.read_text()), within=1)


def test_an_executed_notebook_says_nothing_of_the_machine_or_the_hour(tmp_path: Path) -> None:
    cells = ["import warnings; print(__import__('sys').path); warnings.warn('x'); object()"]
    texts = []
    for name in ("first", "second{odd}"):
        folder = tmp_path / name
        folder.mkdir()
        notebook = written(folder, *cells, parameters='month = ""\ndata = ""')
        texts.append(run(notebook, month="2023-06", data=str(folder / "extracts")).read_text())
    first, second = texts
    assert first == second
    assert str(tmp_path) not in first
    assert sys.prefix not in first
    assert json.loads(first)["metadata"]["papermill"] == {"parameters": {"data": "extracts", "month": "2023-06"}}
    nbformat.validate(nbformat.reads(first, as_version=4))


def test_a_file_beside_the_notebook_is_not_mistaken_for_a_library(tmp_path: Path) -> None:
    (tmp_path / "seaborn.py").write_text("raise SystemExit")
    assert results(run(written(tmp_path, "import seaborn; 'the real one'"))) == ["the real one"]


def test_a_notebook_has_no_network(tmp_path: Path) -> None:
    attempt = "import urllib.request\nurllib.request.urlopen('http://example.org', timeout=5)"
    with pytest.raises(NotebookDied, match=r"\((PermissionError|URLError)\)"):
        run(written(tmp_path, attempt))


@pytest.mark.parametrize("call", ["socket.socket().connect(('192.0.2.1', 80))", "socket.getaddrinfo('a.invalid', 80)"])
def test_it_is_the_run_that_refuses_the_network_whether_or_not_there_is_one(tmp_path: Path, call: str) -> None:
    attempt = f"import socket\ntry:\n    {call}\nexcept OSError as refused:\n    said = str(refused)\nsaid"
    assert results(run(written(tmp_path, attempt))) == ["Notebooks run without a network."]


@pytest.mark.skipif(os.name != "posix", reason="Windows encrypts the channel instead")
def test_no_other_user_can_listen_to_the_channel(tmp_path: Path) -> None:
    ask = (
        "import os\nfrom ipykernel.kernelapp import IPKernelApp\napp = IPKernelApp.instance()\n"
        "app.transport, os.stat(os.path.dirname(app.abs_connection_file)).st_mode"
    )
    [(transport, mode)] = results(run(written(tmp_path, ask)))
    assert (transport, mode & (stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)) == ("ipc", stat.S_IRWXU)


def test_a_run_leaves_nothing_behind_and_does_not_read_the_users_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = tmp_path / "home" / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("month = 'of the user'")
    before = sorted((tmp_path / "home").rglob("*"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with tempfile.TemporaryDirectory(dir="/tmp" if os.name == "posix" else None) as temporary:
        monkeypatch.setattr(tempfile, "tempdir", temporary)
        assert results(run(written(tmp_path, "month"))) == ["2023-01"]
        assert list(Path(temporary).iterdir()) == []
    assert sorted((tmp_path / "home").rglob("*")) == before


def test_a_kernel_that_does_not_start_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = papermill.execute_notebook
    tries: list[int] = []

    def unlucky(*args: Any, **options: Any) -> Any:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return really(*args, **options)

    monkeypatch.setattr(papermill, "execute_notebook", unlucky)
    assert results(run(written(tmp_path, "'done'"))) == ["done"]


def test_two_notebooks_run_at_once(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda folder: results(run(written(folder, "import os\nos.getcwd()"))), folders))
    assert done == [[str(folder)] for folder in folders]


def test_a_bare_papermill_runs_the_same_notebook_to_the_same_results(tmp_path: Path) -> None:
    notebook = written(tmp_path, "month + ' reported'")
    ours = results(run(notebook, month="2023-06"))
    bare = tmp_path / "bare.ipynb"
    command = [sys.executable, "-m", "papermill", str(notebook), str(bare), "-p", "month", "2023-06"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    assert results(bare) == ours == ["2023-06 reported"]
