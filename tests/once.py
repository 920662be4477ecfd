"""Folders that take long to make, made once for every process that runs tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name, which whichever test process comes first has made; nobody may change it."""
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with FileLock(f"{place}.lock"):
        if not place.exists():
            unfinished = factory.mktemp(name)
            make(unfinished)
            unfinished.rename(place)
    return place
