"""A program in the place of a council's run, for tests of a region: what it does stands in the council's folder.

It needs nothing but Python, so that it is quick; it writes a month as a run does, by a rename, with a manifest.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

from qa_analysis.region.orders import Limits, Order

MONTH = "2023-06"


def command(order: Order, mark: str) -> list[str]:
    """The command of one council."""
    return [sys.executable, __file__, str(order.data), str(order.own_outputs), order.month, mark]


def council(folder: Path, name: str, does: str = "publish") -> Path:
    """A council that publishes, or does what its file says."""
    place = folder / name
    place.mkdir(parents=True)
    (place / "does.txt").write_text(does)
    return place


def order(data: Path, outputs: Path, *, minutes: float = 1.0, gigabytes: float = 4.0, **more: object) -> Order:
    """The order of a council whose folder bears its name, as the region's command gives it."""
    from importlib.metadata import version

    said = {"program": version("qa-analysis"), "begun": "2023-07-11T07:00", **more}
    return Order(data.name, MONTH, data, outputs, Limits(minutes, gigabytes), **said)  # type: ignore[arg-type]


def begun(outputs: Path, name: str) -> int:
    """How often the council's program was begun."""
    log = outputs / f"{name}.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def publish(outputs: Path, month: str, mark: str) -> None:
    """A month with a manifest."""
    outputs.mkdir(parents=True, exist_ok=True)
    staged = outputs / f".staging-{os.getpid()}"
    staged.mkdir()
    manifest = {"month": month, "published": "2023-07-11T07:00:00+01:00", "inputs": mark}
    (staged / "manifest.json").write_text(json.dumps(manifest))
    number = sum(path.name.startswith(month) for path in outputs.iterdir()) + 1
    staged.rename(outputs / (month if number == 1 else f"{month}-r{number}"))


def say(line: str, code: int) -> None:
    """End as a command does, with its progress, a line and a code."""
    sys.stderr.write("… reading and checking the extracts\n" + line.replace("\\n", "\n") + "\n")
    sys.exit(code)


def main(data: Path, outputs: Path, month: str, mark: str) -> None:
    """Do what the council's file says, or publish."""
    with (outputs.parent / f"{outputs.name}.log").open("a") as log:
        log.write("begun\n")
    what, _, with_what = (data / "does.txt").read_text().strip().partition(" ")
    is_first = begun(outputs.parent, outputs.name) == 1
    if what == "exit":
        code, _, line = with_what.partition(" ")
        say(line, int(code))
    if what == "busy" and is_first:
        say("another run is at work here.", 30)
    if what == "endless":
        while True:
            time.sleep(0.01)
    if what == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
    if what == "talk":
        for _ in range(20_000):
            sys.stderr.write("x" * 1000 + "\n")
    if what == "bomb":
        held = []
        while True:
            held.append(bytearray(50_000_000))
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "kill-worker" or (what == "kill-worker-once" and is_first):
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(600)
    if what == "key":
        say(f"key {'QA_ANALYSIS_KEY' in os.environ}", 2)
    if what == "slow":
        time.sleep(float(with_what))
    if what != "nothing":
        publish(outputs, month, mark)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
