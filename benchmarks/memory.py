"""How much memory a process and all that it started hold, looked at while it runs."""

import time

import psutil

EVERY = 0.05  # seconds between two looks


def watch(pid: int, seen: list[float]) -> None:
    """Note the megabytes that a process and all below it hold, until it ends."""
    seen.append(0.0)
    try:
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            seen.append(sum(resident(one) for one in (process, *process.children(recursive=True))) / 1e6)
            time.sleep(EVERY)
    except psutil.NoSuchProcess:
        return


def resident(process: psutil.Process) -> float:
    """The bytes a process holds; none once it is gone."""
    try:
        return float(process.memory_info().rss)
    except psutil.Error:
        return 0.0
