"""What is kept of a failure of the software: where it happened, and never a value, which could be a record."""

import os
import secrets
from pathlib import Path
from typing import Final

_ELSEWHERE: Final = "places_elsewhere"  # an attribute travels from one process to another, a traceback does not


def places_of(fault: BaseException) -> list[str]:
    """Where a failure came through: a line for each file, line number and function, the innermost last."""
    places, trace = [], fault.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return [*places, *getattr(fault, _ELSEWHERE, [])]


def ready_to_travel(fault: BaseException) -> BaseException:
    """The failure with where it happened, for the process that asked."""
    setattr(fault, _ELSEWHERE, places_of(fault))
    return fault


def noted(fault: Exception, folder: Path) -> str:
    """A reference for a failure; where it happened goes to a private file of that name in the folder."""
    reference = secrets.token_hex(4)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = os.open(folder / f"{reference}.txt", os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write("\n".join([type(fault).__name__, *places_of(fault)]) + "\n")
    except OSError:
        return reference
    return reference
