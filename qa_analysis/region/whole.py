"""A region's month: every council handed to an executor, whichever it is, and an outcome for each."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import Final

from qa_analysis.commands import settings
from qa_analysis.english import counted
from qa_analysis.errors import NotebookDied, Refusal
from qa_analysis.faults import noted
from qa_analysis.region.one_council import Command, publish_council, run_command
from qa_analysis.region.orders import Order, Outcome
from qa_analysis.region.tries import tries_of

MOST_TRIES: Final = 3  # so often a council is begun whose worker died; one that kills workers is then named
MOST_LOST: Final = 6  # so often it is handed over whose workers die, also where none of them came to begin it
LOOK: Final = 2.0  # seconds between two looks whether the workers are there
_KILLED: Final = "KilledWorker"  # as Dask calls it; the name alone, so that nobody without Dask needs it


def publish_region(
    orders: Iterable[Order],
    executor: Executor,
    *,
    command: Command = run_command,
    told: Callable[[Outcome], None] = lambda _: None,
    trouble: Callable[[], str] = lambda: "",
) -> tuple[Outcome, ...]:
    """What came of each council, in the order given; `told` hears of each as soon as it has ended.

    `trouble` says why nothing more can be expected of the executor, or nothing: what is not done by then is not
    waited for. Nothing is raised for a council's sake.
    """
    held = {order.council: order for order in orders}
    outcomes: dict[str, Outcome] = {}
    lost: Counter[str] = Counter()

    def tell(outcome: Outcome) -> None:
        outcomes[outcome.council] = outcome
        told(outcome)

    waiting: dict[Future[Outcome], Order] = {}
    for order in held.values():
        _begin(order, executor, command, waiting, tell)
    while waiting:
        for future in wait(waiting, timeout=LOOK, return_when=FIRST_COMPLETED).done:
            order = waiting.pop(future)
            if (outcome := _outcome(future, order, is_last=lost[order.council] + 1 >= MOST_LOST)) is not None:
                tell(outcome)
            else:
                lost[order.council] += 1
                _begin(order, executor, command, waiting, tell)
        if waiting and (reason := trouble()):
            for future, order in waiting.items():
                future.cancel()
                tell(_left(order, reason))
            break
    return tuple(outcomes[council] for council in held)


def _begin(
    order: Order,
    executor: Executor,
    command: Command,
    waiting: dict[Future[Outcome], Order],
    tell: Callable[[Outcome], None],
) -> None:
    """Hand a council over; an executor that takes nothing more leaves it undone."""
    try:
        waiting[executor.submit(publish_council, order, command)] = order
    except Exception:  # it is broken or closed, which each executor says in its own way
        tell(_left(order, "the processes that run councils have died."))


def _outcome(future: "Future[Outcome]", order: Order, *, is_last: bool) -> Outcome | None:
    """What came of a council; None where whoever ran it died and it may be begun once more.

    Dask blames a dead worker on every council that was given to it: one that had not been begun is not to blame.
    """
    try:
        return future.result()
    except CancelledError:
        return _left(order, "the scheduler was lost.")
    except Exception as fault:
        tries = tries_of(order)
        if not isinstance(fault, BrokenExecutor) and type(fault).__name__ != _KILLED:
            reference = noted(fault, settings() / "faults")
            return Outcome(order.council, "failed", "", Refusal.exit_code, f"The software failed ({reference}).")
        if tries < MOST_TRIES and not is_last:
            return None
        times = counted(tries, "time") if tries else "each time before it was begun"
        line = f"Whatever ran it died {times}, most often for want of memory."
        return Outcome(order.council, "failed", "", NotebookDied.exit_code, line, tries=tries)


def _left(order: Order, reason: str) -> Outcome:
    tries = tries_of(order)
    so_far = "It was begun, and its outcome is not known" if tries else "It was not begun"
    line = f"{so_far}, because {reason}"
    return Outcome(order.council, "failed", "", NotebookDied.exit_code, line, tries=tries)
