"""How many processes run tests at once, by what the machine has."""

import os
from types import SimpleNamespace

import machine
import psutil
import pytest


@pytest.mark.parametrize(
    ("cores", "gigabytes", "workers"),
    [
        (1, 16, 2),  # one more than cores: some tests wait for others to end
        (2, 16, 3),
        (4, 16, 5),
        (4, 7, 3),  # no more than there is memory for
        (2, 1, 1),  # the tests run, however little there is
        (64, 512, 8),
    ],
)
def test_one_more_than_cores_where_there_is_memory(
    cores: int, gigabytes: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(cores)), raising=False)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=gigabytes * 2**30))
    assert machine.workers() == workers
