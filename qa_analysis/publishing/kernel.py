"""The process a notebook runs in: silent, without a network, and never outliving the run that started it.

Started by `publishing.notebooks` as `python -m qa_analysis.publishing.kernel -f CONNECTION`. JupyterLab and a
bare papermill start the ordinary kernel instead; the notebooks are the same.
"""

import ctypes
import os
import signal
import sys
from typing import Any

_HERE = ("127.", "::1", "localhost")
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent() -> None:
    """On Linux the system kills this process when the run ends, even in the middle of a computation.

    Elsewhere ipykernel itself looks for its parent, once a second, and stops.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(os.environ.get("JPY_PARENT_PID", os.getppid())):
            os._exit(1)  # the parent was gone before the system could be asked


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


def main() -> None:
    """An IPython kernel until the run shuts it down."""
    die_with_parent()
    silence()
    sys.addaudithook(refuse_network)
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # half of a kernel's start, and nobody debugs a run
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


if __name__ == "__main__":
    main()
