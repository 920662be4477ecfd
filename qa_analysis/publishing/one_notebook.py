"""One notebook by itself, as papermill runs it, without what papermill lets through.

Papermill pastes the name of a parameter into code as it stands, warns of an unknown one and goes on, and talks to the
notebook's process over a channel that other users of the machine can read. Here every name and value is held against
what the notebook declares before any of it runs, and the channel is our own runs' (`notebooks`).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from qa_analysis.dates import parse_day, parse_month, refuse_day_to_come
from qa_analysis.disk import read_alone
from qa_analysis.errors import OutputUnwritable, WrongUse
from qa_analysis.framework import resource, rules_for
from qa_analysis.publishing.notebooks import run_notebook


def run_alone(name: str, given: Sequence[tuple[str, str]], output: Path | None, *, today: date) -> Path:
    """Where the notebook went, run from the folder the command was given in.

    Raises:
        WrongUse: there is no such notebook or parameter, a value cannot be what it should, or the file is there.
        OutputUnwritable: the file cannot be written.
        Refusal: what a cell refused, as it was raised there, and what notebooks die of.
    """
    notebook, parameters = notebook_called(name), _once_each(given)
    target = output or Path(notebook.name)
    if target.exists():
        raise WrongUse(f"{target} is there already, so it was left as it is. Name another file with --output.")
    if not target.parent.is_dir():
        raise WrongUse(f"There is no folder {target.parent}. Make it, or name another file with --output.")
    _refuse_values(parameters, today=today)
    try:
        run_notebook(notebook, target, parameters=parameters, folder=Path.cwd())
        read_alone(target)
    except OSError as error:
        raise OutputUnwritable(f"{target} could not be written: {error.strerror}. Name another file.") from error
    return target


def notebook_called(name: str) -> Path:
    """A notebook by its name, or a changed copy of one by its file.

    Raises:
        WrongUse: there is none.
    """
    ours = {path.stem: path for path in sorted(resource("notebooks").glob("*.ipynb"))}
    if name in ours:
        return ours[name]
    if name.endswith(".ipynb") and Path(name).is_file():
        return _readable(Path(name))
    raise WrongUse(f'"{name}" is not a notebook. There are: {", ".join(ours)}; or give the file of a copy of one.')


def _readable(path: Path) -> Path:
    """The file, where it is a notebook at all.

    Raises:
        WrongUse: it is not.
    """
    try:
        is_notebook = "cells" in dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        is_notebook = False
    if not is_notebook:
        raise WrongUse(f'"{path.name}" is not a notebook that can be read.')
    return path


def _once_each(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Parameter -> value.

    Raises:
        WrongUse: one is given twice.
    """
    names = [name for name, _ in given]
    if doubled := next((name for name in names if names.count(name) > 1), ""):
        raise WrongUse(f'Parameter "{doubled}" is given twice. Give it once.')
    return dict(given)


def _refuse_values(parameters: Mapping[str, str], *, today: date) -> None:
    """Stop at a month, a day or a folder that is none, and at a day that has not come.

    Raises:
        WrongUse: as above.
    """
    month, as_at = parameters.get("month", ""), parameters.get("as_at", "")
    if as_at or month:
        refuse_day_to_come(parse_day(as_at) if as_at else rules_for(parse_month(month)).as_at(month), today=today)
    for folder in filter(None, (parameters.get(name) for name in ("data", "tables"))):
        if not Path(folder).is_dir():
            raise WrongUse(f'There is no folder "{folder}". Give a folder of extracts or of a published month.')
