"""One council of a region: `qa-analysis run` in a process of its own, so that what harms it harms nobody else.

What is called here runs on whichever machine has room, may be called again after its machine died, and answers with an
outcome whatever happens. It prints nothing, and of what the command said it quotes a line of ours or none.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Final

from qa_analysis.commands import settings
from qa_analysis.data.identity import own_key
from qa_analysis.errors import (
    Busy,
    ContractBroken,
    InputRefused,
    NotebookDied,
    NotebookTimedOut,
    OutputUnwritable,
    Refusal,
    WrongUse,
)
from qa_analysis.publishing.publish import publications
from qa_analysis.region.inputs import mark_of, published_from
from qa_analysis.region.orders import Order, Outcome
from qa_analysis.region.processes import OURS, Ended, ended_within
from qa_analysis.region.tries import count_try

Command = Callable[[Order, str], Sequence[str]]  # of an order and the mark of its inputs
SPOKEN: Final = frozenset({Refusal.exit_code, *(kind.exit_code for kind in Refusal.__subclasses__())})  # end in a line
BUSY_FOR: Final = 60.0  # seconds: as long as a run whose machine died may still hold its folder
LOOK: Final = 1.0  # seconds between two looks whether it is free
LONGEST: Final = 600  # letters of a line
_BY_SIGNAL: Final = 128  # codes above it are those of commands that a signal asked to end


def run_command(order: Order, mark: str) -> list[str]:
    """The command that publishes a council's month, marked with what it is made from."""
    paths = ["--data", str(order.data), "--outputs", str(order.own_outputs), "--key-file", str(_key_file(order))]
    return [*OURS, "run", order.month, *paths, *order.options, "--inputs", mark]


def publish_council(order: Order, command: Command = run_command) -> Outcome:
    """What came of one council. Nothing is run where its month is published from the same inputs already."""
    since = time.monotonic()
    try:
        outcome = _outcome(order, command)
    except Refusal as refusal:
        outcome = _failed(order, refusal.exit_code, str(refusal))
    except OSError as refused:
        outcome = _failed(order, OutputUnwritable.exit_code, f"Its folders cannot be used ({refused.strerror}).")
    return replace(outcome, seconds=round(time.monotonic() - since, 1))


def _outcome(order: Order, command: Command) -> Outcome:
    if (here := version("qa-analysis")) != order.program:
        raise WrongUse(f"The worker has version {here} of the software, the region {order.program}. Update it.")
    if not order.data.is_dir():
        raise InputRefused(f"There is no folder {order.data} on the machine that was to read it.")
    waited, tries = 0.0, 0
    while True:
        mark = mark_of(order)
        if folder := published_from(order, mark):
            return Outcome(order.council, "already published", folder.name, tries=tries)
        tries = tries or count_try(order)
        ended = ended_within(command(order, mark), order.limits)
        if ended.code != Busy.exit_code or waited >= BUSY_FOR:
            return replace(_after(order, mark, ended), tries=tries)
        time.sleep(LOOK)
        waited += LOOK


def _after(order: Order, mark: str, ended: Ended) -> Outcome:
    """What came of a council whose command has ended."""
    if ended.is_late:
        late = (
            f"It took more than {order.limits.minutes:g} minutes and was ended. Run it alone, or give more --minutes."
        )
        return _failed(order, NotebookTimedOut.exit_code, late)
    if ended.code > _BY_SIGNAL:
        return _failed(order, ended.code, f"It was ended from outside (signal {ended.code - _BY_SIGNAL}).")
    if ended.code < 0:
        died = f"It was ended by the system (signal {-ended.code}), most often for want of memory."
        return _failed(order, NotebookDied.exit_code, died)
    if ended.code:
        return _failed(order, ended.code, _line(ended))
    if folder := published_from(order, mark):
        return Outcome(order.council, "published", folder.name)
    return Outcome(order.council, "not due", line="No audit cycle of the council ends in the month.")


def _failed(order: Order, code: int, line: str) -> Outcome:
    return Outcome(order.council, "failed", exit_code=code, line=line)


def _line(ended: Ended) -> str:
    """The first line of why a command stopped: after its progress, and only where it ends as ours do."""
    lines = [line.strip() for line in ended.said.splitlines() if line.strip()]
    since = max((number for number, line in enumerate(lines, start=1) if line.startswith("…")), default=0)
    said = lines[since:]
    if ended.code == ContractBroken.exit_code:
        said = said[1:]  # the causes: the first line says only that there are some
    if ended.code not in SPOKEN or not said or said[0].startswith("Traceback"):
        return "It ended without saying why."
    more = f" ({len(said) - 1} more: run it alone to see all)" if len(said) > 1 else ""
    return "".join(letter for letter in said[0] if letter.isprintable())[:LONGEST] + more


def _key_file(order: Order) -> Path:
    """The council's key: the file that was named, or one of its own, made at first use and used for no other."""
    if order.key_file is not None:
        return order.key_file
    path, outputs = settings() / "councils" / f"{order.council}.key", order.own_outputs
    try:
        own_key(path, is_unused=not (outputs.is_dir() and publications(outputs)))
    except OSError:
        raise WrongUse(f"No key could be kept in {path}. Name a key file for {order.council}.") from None
    return path
