"""How long the question panel takes from its command to its first answer in a browser, beside an empty page of Voilà.

    python benchmarks/panel_opening.py                       # a small month of its own
    python benchmarks/panel_opening.py --beside FOLDER       # the newest month published in FOLDER/outputs
    python benchmarks/panel_opening.py --times 9 --lab       # JupyterLab too

Each page is opened in a fresh Chromium that was there before, one kind after the other, so that whatever else the
machine does falls on all of them; the ratio of medians says more than seconds do. Needs Chromium, JupyterLab and Voilà.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browser import CHROMIUM, chromium, evaluate, open_page
from lab import lab, page_of
from runs import CORE, publish
from small import frames, write

EMPTY: Final = "an empty page of Voilà"
PANEL: Final = "the panel as a page"
IN_LAB: Final = "the panel in JupyterLab"
ANSWER: Final = "document.querySelector('.qa-answer')?.innerText.length > 20"
LINE: Final = "document.body.innerText.includes('nothing but this')"
NOTEBOOK: Final = {
    "cells": [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "id": "only",
         "source": "import ipywidgets\nipywidgets.Label('nothing but this')"}
    ],
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4, "nbformat_minor": 5,
}  # fmt: skip
LONGEST: Final = 180  # seconds
STAGES: Final = ("server there", "page there", "answer there")


def opened(served: Callable[[], AbstractContextManager[str]], condition: str) -> tuple[float, float, float]:
    """Seconds from the command until its server answers, its page is loaded, and what was asked for stands on it."""
    with chromium() as browser:
        began = time.monotonic()
        with served() as address:
            server = time.monotonic() - began
            open_page(browser, address)
            page = time.monotonic() - began
            while not evaluate(browser, f"Boolean({condition})"):
                if time.monotonic() - began > LONGEST:
                    raise SystemExit(f"After {LONGEST} seconds still not there: {condition}")
                time.sleep(0.02)
            return server, page, time.monotonic() - began


def main() -> None:
    """One line for each kind of page: the median and worst seconds of each stage, and the ratio to the empty page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--beside", type=Path, help="a folder whose outputs/ holds a published month")
    parser.add_argument("--lab", action="store_true", help="JupyterLab too")
    given = parser.parse_args()
    if CHROMIUM is None:
        raise SystemExit("Chromium is not installed.")
    with tempfile.TemporaryDirectory(prefix="panel-") as folder:
        own = Path(folder)
        if given.beside is None:
            publish(write(own / "data", frames(**CORE)), own, "data-quality")
        (own / "empty.ipynb").write_text(json.dumps(NOTEBOOK))
        os.environ["HOME"] = folder
        place = given.beside or own
        kinds = {EMPTY: (partial(page_of, own / "empty.ipynb", own), LINE),
                 PANEL: (partial(lab, None, place, page=True), ANSWER)}  # fmt: skip
        if given.lab:
            kinds[IN_LAB] = (partial(lab, None, place), ANSWER)
        taken: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in kinds}
        for _ in range(given.times):
            for kind, (served, condition) in kinds.items():
                taken[kind].append(opened(served, condition))
                print(f"{kind}: {', '.join(f'{seconds:.1f}' for seconds in taken[kind][-1])}", flush=True)
    print(f"\n{'median s (worst)':26}" + "".join(f"{stage:>18}" for stage in STAGES) + f"{'ratio':>8}")
    usual = statistics.median(last for _, _, last in taken[EMPTY])
    for kind, found in taken.items():
        told = "".join(f"{statistics.median(one):>11.1f} ({max(one):>4.1f})" for one in zip(*found, strict=True))
        print(f"{kind:26}{told}{statistics.median(last for _, _, last in found) / usual:>8.2f}")


if __name__ == "__main__":
    main()
