"""Who does the work of a region: threads that wait for processes of this machine, or a Dask scheduler's workers."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

from qa_analysis.errors import WrongUse
from qa_analysis.region.processes import end_running

ANSWER_WITHIN: Final = 10.0  # seconds for a scheduler to answer
WORKERS_WITHIN: Final = 300.0  # seconds without a single worker, after which nothing more is waited for
ONE_WORKER_WITHIN: Final = 30.0  # seconds for the first of them
_WHILE_ENDING: Final = 0.1  # seconds between looks whether the processes have ended
_TALKATIVE: Final = ("asyncio", "dask", "distributed", "tornado")
_HERE: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Crew:
    """An executor, how to see that nothing more can be expected of it, and what to say of it beforehand."""

    executor: Executor
    trouble: Callable[[], str] = lambda: ""
    note: str = ""


@contextmanager
def here(workers: int) -> Iterator[Crew]:
    """So many councils at once on this machine; what is at work when the region is ended is ended with it."""
    executor = ThreadPoolExecutor(max_workers=workers)
    try:
        yield Crew(executor)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        waiting = Thread(target=executor.shutdown)
        waiting.start()
        while waiting.is_alive():  # one that is just starting has no process to end yet
            end_running()
            waiting.join(_WHILE_ENDING)
        raise
    finally:
        executor.shutdown()


@contextmanager
def at(address: str) -> Iterator[Crew]:
    """The workers of a Dask scheduler.

    Raises:
        WrongUse: Dask is not installed, the address is none, nobody answers there, or there is no worker.
    """
    _refuse_no_address(address)
    client = _client(address)
    try:
        _wait_for_a_worker(client, address)
        yield Crew(client.get_executor(pure=False), _Watch(client).trouble, _open_door(address))
    finally:
        client.close(timeout=ANSWER_WITHIN)


class _Watch:
    """Whether a scheduler is there and has workers."""

    def __init__(self, client: Any) -> None:
        self.client, self.seen = client, time.monotonic()

    def trouble(self) -> str:
        """Why nothing more can be expected; nothing where it can."""
        if self.client.status not in ("running", "connecting"):
            return "the scheduler was lost."
        if self.client.scheduler_info().get("workers"):
            self.seen = time.monotonic()
        if time.monotonic() - self.seen > WORKERS_WITHIN:
            return f"the scheduler had no worker for {WORKERS_WITHIN / 60:g} minutes."
        return ""


def _client(address: str) -> Any:
    """A connection to the scheduler, with certificates as Dask's settings name them."""
    try:
        import distributed
    except ImportError:
        raise WrongUse("--scheduler needs Dask, which is not installed. See docs/region.md.") from None
    _silence()
    try:
        return distributed.Client(address, timeout=ANSWER_WITHIN, set_as_default=False)
    except Exception:
        raise WrongUse(
            f"No Dask scheduler answers at {address}. Start one there (dask scheduler) or correct --scheduler; "
            "with tls:// look at its certificates as well."
        ) from None


def _silence() -> None:
    """From now on Dask says nothing by itself: a lost connection would be a traceback, some of it much later."""
    for name in ("asyncio", *logging.root.manager.loggerDict):
        if name.split(".")[0] in _TALKATIVE:
            logging.getLogger(name).disabled = True


def _wait_for_a_worker(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=ONE_WORKER_WITHIN)
    except Exception:
        raise WrongUse(f"The scheduler at {address} has no worker. Start one: dask worker {address}") from None


def _refuse_no_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        is_one = parts.scheme in ("tcp", "tls") and bool(parts.hostname) and parts.port is not None
    except ValueError:
        is_one = False
    if not is_one:
        raise WrongUse(f'"{address}" is not the address of a scheduler, such as tls://server:8786.')


def _open_door(address: str) -> str:
    """What there is to say of an address that anyone on the network can join, unless nobody else can reach it."""
    parts = urlsplit(address)
    if parts.scheme == "tls" or parts.hostname in _HERE:
        return ""
    return "tcp:// is neither encrypted nor checked: whoever reaches the scheduler can run programs on its workers. Use tls://."
