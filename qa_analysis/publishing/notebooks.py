"""Runs a notebook by papermill, and believes the run only when every cell ran, in order, to the end.

Papermill marks cells "completed" that never ran, after a dead kernel or a time limit, so its word is not taken:
a last cell is added that must say back a word made for this run. The notebook itself is not changed, and runs
the same in JupyterLab and under a bare papermill.
"""

# mypy: allow-untyped-calls
# nbformat says it is typed and leaves its functions without types.

import logging
import os
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from itertools import pairwise
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from qa_analysis import errors
from qa_analysis.data.odcs import quick_json_schema
from qa_analysis.disk import TEMPORARY
from qa_analysis.errors import NotebookDied, NotebookTimedOut, Refusal, WrongUse
from qa_analysis.publishing.apart.kernel import copied
from qa_analysis.publishing.apart.processes import CAN_COPY, SETTINGS, Copy, note_running, short_folder, warm_up

with quick_json_schema():  # nbformat loads it
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

TIME_LIMIT = 900  # seconds for a whole notebook
_START_LIMIT = 60  # seconds for its kernel to answer
_OUTPUT_LIMIT = 60  # seconds for the last output of a cell to arrive
_STARTS = 3  # two kernels that take the same port at once: nteract/papermill issue 511
_MARK = "qa-analysis-mark"
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_NO_START = ("Kernel died before replying", "Kernel didn't respond")
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

logging.getLogger("papermill").addHandler(logging.NullHandler())  # its remarks are no part of a run's output


def run_notebook(
    notebook: Path, output: Path, *, parameters: Mapping[str, str], folder: Path, timeout: float = TIME_LIMIT
) -> None:
    """The notebook run with the parameters from within the folder, written to output without a trace of this machine.

    Raises:
        WrongUse: the notebook has no such parameter, or its value is not text.
        NotebookDied: a cell raised an error, the kernel died, or the run did not reach the notebook's end.
        NotebookTimedOut: the notebook as a whole took longer than the timeout, in seconds.
        Refusal: what a cell refused, as it was raised there.
    """
    warm_up()
    source = _read(notebook)
    _check(notebook.name, source, parameters)
    executed = _run(notebook.name, source, parameters=parameters, folder=folder, timeout=timeout)
    published = _without_traces(executed, parameters)
    output.write_text(nbformat.writes(published) + "\n", encoding="utf-8", newline="\n")


def _read(notebook: Path) -> NotebookNode:
    source: NotebookNode = nbformat.read(notebook, as_version=4)
    source.metadata = NotebookNode(_METADATA)  # whatever kernel it was last opened with
    return source


def _check(name: str, source: NotebookNode, parameters: Mapping[str, str]) -> None:
    # Papermill pastes names into code as they are, and only warns of unknown ones.
    known = tuple(papermill.inspect_notebook(source))
    for parameter, value in parameters.items():
        if parameter not in known or not parameter.isidentifier():
            raise WrongUse(f'{name} has no parameter "{parameter}". It knows: {", ".join(known) or "none"}.')
        if not isinstance(value, str):
            raise WrongUse(f'{name}: parameter "{parameter}" must be text.')


def _run(
    name: str, source: NotebookNode, *, parameters: Mapping[str, str], folder: Path, timeout: float
) -> NotebookNode:
    mark = secrets.token_hex(16)
    try:
        executed = _started(_marked(source, mark), parameters=parameters, folder=folder, timeout=timeout)
    except PapermillExecutionError as error:
        raise _stopped(name, source, error, injected=bool(parameters)) from None
    except CellTimeoutError:
        raise NotebookTimedOut(
            f"{name} took longer than {timeout:.0f} seconds and was stopped. Nothing was published. "
            "Run again when the machine is less busy; if it happens twice, report it."
        ) from None
    except DeadKernelError:
        raise NotebookDied(
            f"{name}: its process died, most often for want of memory. Nothing was published. "
            "Close other programs and run again."
        ) from None
    if not _is_complete(executed, mark):
        raise NotebookDied(f"{name} did not run every cell in order to its end. Nothing was published. Run again.")
    return executed


def _marked(source: NotebookNode, mark: str) -> NotebookNode:
    marked = deepcopy(source)
    marked.cells.append(nbformat.v4.new_code_cell(repr(mark), metadata={"tags": [_MARK]}))
    return marked


def _started(marked: NotebookNode, *, parameters: Mapping[str, str], folder: Path, timeout: float) -> NotebookNode:
    for attempt in range(1, _STARTS + 1):
        try:
            return _papermill(marked, parameters=parameters, folder=folder, timeout=timeout)
        except DeadKernelError:
            raise
        except RuntimeError as error:
            if not str(error).startswith(_NO_START):
                raise
            if attempt == _STARTS:
                break
    raise NotebookDied("The process for a notebook did not start. Nothing was published. Run again.")


def _papermill(marked: NotebookNode, *, parameters: Mapping[str, str], folder: Path, timeout: float) -> NotebookNode:
    deadline = time.monotonic() + timeout
    with _private_folder() as private:
        executed: NotebookNode = papermill.execute_notebook(
            deepcopy(marked),
            None,  # papermill would write in place, and write half a notebook when stopped
            parameters=dict(parameters),
            kernel_name="python3",
            progress_bar=False,
            start_timeout=_START_LIMIT,
            iopub_timeout=_OUTPUT_LIMIT,
            timeout_func=lambda cell: max(1, int(deadline - time.monotonic())),
            shutdown_kernel="immediate",  # notebooks close their own files; the polite way waits half a second
            resources={"metadata": {"path": str(folder)}},  # the kernel's own folder; papermill's cwd moves ours
            kernel_manager_class=OwnKernel,
            config=Config({"OwnKernel": {"connection_file": str(private / "run.json"), **_channel()}}),
        )
    return executed


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder for this run's connection and settings, which only its owner can read."""
    with tempfile.TemporaryDirectory(prefix=TEMPORARY, dir=short_folder(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


class OwnKernel(AsyncKernelManager):
    """Starts this very Python, whatever kernels the user has set up, with settings that do not vary by user."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """How the kernel is started: `publishing.apart.kernel`, with the environment of a report."""
        return KernelSpec(
            argv=[sys.executable, "-m", "qa_analysis.publishing.apart.kernel", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata={"supported_encryption": ["curve"]},
            env=_environment(Path(self.connection_file).parent),
        )

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: Any) -> None:
        own: Any = self.provisioner  # typed for a process of `subprocess`, of which ours does all that is asked
        if CAN_COPY:
            own.process = Copy(copied, kernel_cmd[3:], options["env"], options["cwd"])
            own.pid = own.pgid = own.process.pid
        else:
            await super()._async_launch_kernel(kernel_cmd, **options)
            note_running(own.process)


def _environment(private: Path) -> dict[str, str]:
    return SETTINGS | {name: str(private) for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}


def _channel() -> dict[str, str]:
    """A channel no other user of the machine can listen to. Plain TCP, the default, can be read by all."""
    if os.name == "posix":
        return {"transport": "ipc"}
    if hasattr(AsyncKernelManager, "transport_encryption") and zmq.has("curve"):
        return {"transport_encryption": "required"}
    return {}


def _stopped(name: str, source: NotebookNode, error: PapermillExecutionError, *, injected: bool) -> Refusal:
    """What a cell refused, in its own words; of any other error the kind alone, for its words may hold data."""
    refusal = getattr(errors, error.ename, None)
    if isinstance(refusal, type) and issubclass(refusal, Refusal):
        return refusal(error.evalue)
    number = _code_cell(source, error.cell_index, injected=injected)
    return NotebookDied(
        f"{name} stopped in code cell {number} ({error.ename}). Nothing was published. "
        "Run the notebook in JupyterLab to see why."
    )


def _code_cell(source: NotebookNode, index: int, *, injected: bool) -> int:
    """The number of the code cell as JupyterLab counts them, without the one that papermill puts in."""
    parameters_at = next((n for n, cell in enumerate(source.cells) if "parameters" in _tags(cell)), -1)
    at = index - 1 if injected and index > parameters_at else index
    return sum(cell.cell_type == "code" for cell in source.cells[: at + 1])


def _is_complete(executed: NotebookNode, mark: str) -> bool:
    code = [cell for cell in executed.cells if cell.cell_type == "code" and cell.source.strip()]
    counts = [cell.execution_count for cell in code]
    in_order = all(isinstance(count, int) for count in counts) and all(a < b for a, b in pairwise(counts))
    failed = any(output.output_type == "error" for cell in code for output in cell.outputs)
    said = [output.get("data", {}).get("text/plain") for output in code[-1].outputs]
    return in_order and not failed and said == [repr(mark)]


def _without_traces(executed: NotebookNode, parameters: Mapping[str, str]) -> NotebookNode:
    """The notebook as anyone's machine would have left it: no times, no paths, no messages to the developer."""
    shown = {name: _shown(value) for name, value in parameters.items()}
    cells = [cell for cell in executed.cells if _MARK not in _tags(cell)]
    return NotebookNode(
        nbformat=4,
        nbformat_minor=5,
        cells=[_clean(cell, number, shown) for number, cell in enumerate(cells, start=1)],
        metadata={**_METADATA, "papermill": {"parameters": shown}},
    )


def _shown(value: str) -> str:
    """The value; of a path the last part alone, for the rest names people and machines."""
    for kind in (PurePosixPath, PureWindowsPath):
        if kind(value).is_absolute():
            return kind(value).name
    return value


def _clean(cell: NotebookNode, number: int, shown: Mapping[str, str]) -> NotebookNode:
    tags = _tags(cell)
    source = cell.source
    if "injected-parameters" in tags:
        source = "\n".join(["# Parameters", *(f"{name} = {value!r}" for name, value in shown.items())])
    kept = {"id": f"cell-{number}", "metadata": {"tags": tags} if tags else {}, "source": source}
    if cell.cell_type == "code":
        outputs = [_steady(output) for output in cell.outputs if output.output_type != "stream"]
        kept |= {"execution_count": cell.execution_count, "outputs": outputs}
    return NotebookNode(cell_type=cell.cell_type, **kept)


def _steady(output: NotebookNode) -> NotebookNode:
    """The output without the places in memory that Python prints of objects: they differ from run to run."""
    if "text/plain" in output.get("data", {}):
        output.data["text/plain"] = _ADDRESS.sub("", output.data["text/plain"])
    return output


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))
