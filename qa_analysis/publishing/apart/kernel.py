"""The process a notebook runs in: silent, without a network, and never outliving the run that started it.

Started by `publishing.notebooks`, on Linux as a copy of a process that has imported already (`processes`), elsewhere
as `python -m qa_analysis.publishing.apart.kernel -f CONNECTION`. JupyterLab and a bare papermill start the ordinary
kernel instead; the notebooks are the same.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from qa_analysis.publishing.apart.processes import end_with_parent

_HERE = ("127.", "::1", "localhost")


def silence() -> None:
    """What the kernel would print of itself (start-up notes, crash dumps) goes nowhere; cells are captured as ever."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: no connection and no look-up of a name beyond this machine."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host and not str(host).startswith(_HERE):
        raise PermissionError("Notebooks run without a network.")


def copied(arguments: Sequence[str], environment: Mapping[str, str], folder: str) -> None:
    """An IPython kernel in a process that has imported already, with the environment and in the folder it is given."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    _run(arguments)


def main() -> None:
    """An IPython kernel until the run shuts it down."""
    end_with_parent()
    if os.getppid() != int(os.environ.get("JPY_PARENT_PID", os.getppid())):
        sys.exit(1)  # the parent was gone before the system could be asked
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # half of a kernel's start, and nobody debugs a run
    _run(sys.argv[1:])


def _run(arguments: Sequence[str]) -> None:
    silence()
    sys.addaudithook(refuse_network)
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance(argv=list(arguments))


if __name__ == "__main__":
    main()
