"""A region on Dask: two workers of this machine, one killed in the middle, and a scheduler that is not there."""

import gc
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from council_program import begun, command, council, order

from qa_analysis.errors import WrongUse
from qa_analysis.region import crew
from qa_analysis.region.orders import Order, Outcome
from qa_analysis.region.whole import publish_region

distributed = pytest.importorskip("distributed", reason="Dask is not installed: no region was run on it")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9"),
]
QUIET: dict[str, Any] = {"dashboard_address": "127.0.0.1:0", "silence_logs": 50}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers of one thread, as docs/region.md starts them, on this machine's loopback."""
    import dask

    settings = {"distributed.scheduler.worker-saturation": 1.0, "distributed.scheduler.allowed-failures": 3}
    with (
        dask.config.set(settings),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", **QUIET) as cluster,
    ):
        yield cluster


def region(place: Path, **does: str) -> list[Order]:
    (place / "outputs").mkdir(parents=True, exist_ok=True)
    return [order(council(place / "councils", name, what), place / "outputs") for name, what in does.items()]


def run(orders: list[Order], address: str) -> dict[str, Outcome]:
    with crew.at(address) as held:
        outcomes = publish_region(orders, held.executor, command=command, trouble=held.trouble)
    return {one.council: one for one in outcomes}


def test_a_region_is_published_on_two_workers_but_for_the_poisoned(cluster: Any, tmp_path: Path) -> None:
    names = [f"C{number}" for number in range(12)]
    orders = region(tmp_path, **dict.fromkeys(names, "publish"), Bad="exit 10 audits.xlsx is damaged.", Ill="die")
    told = run(orders, cluster.scheduler_address)
    assert {told[name].state for name in names} == {"published"}
    assert [(told[name].exit_code, told[name].line.split(".")[0]) for name in ("Bad", "Ill")] == [
        (10, "audits"), (40, "It was ended by the system (signal 9), most often for want of memory"),
    ]  # fmt: skip
    again = run([order(one.data, one.outputs, begun="later") for one in orders], cluster.scheduler_address)
    assert {again[name].state for name in names} == {"already published"}
    assert [begun(tmp_path / "outputs", name) for name in (*names, "Bad")] == [1] * 12 + [2]


def test_a_council_whose_worker_is_killed_is_published_by_another(cluster: Any, tmp_path: Path) -> None:
    others = dict.fromkeys([f"C{number}" for number in range(6)], "publish")
    told = run(region(tmp_path, Alder="kill-worker-once", **others), cluster.scheduler_address)
    assert {one.state for one in told.values()} <= {"published", "already published"}
    assert (begun(tmp_path / "outputs", "Alder"), told["Alder"].tries) == (2, 2)


def test_a_council_that_kills_every_worker_is_named_and_no_other(cluster: Any, tmp_path: Path) -> None:
    others = dict.fromkeys([f"C{number}" for number in range(6)], "slow 0.2")
    told = run(region(tmp_path, Alder="kill-worker", **others), cluster.scheduler_address)
    assert told["Alder"].line == f"Whatever ran it died {told['Alder'].tries} times, most often for want of memory."
    assert begun(tmp_path / "outputs", "Alder") == told["Alder"].tries in (3, 4)
    assert {one.state for name, one in told.items() if name != "Alder"} <= {"published", "already published"}


def test_where_the_scheduler_goes_the_rest_is_named_and_done_by_the_next_run(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    orders = region(tmp_path, **dict.fromkeys([f"C{number}" for number in range(8)], "slow 1"))
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, host="127.0.0.1", **QUIET) as cluster:

        def end() -> None:
            while not begun(tmp_path / "outputs", "C1"):
                time.sleep(0.01)
            cluster.close()

        ending = Thread(target=end)
        ending.start()
        told = run(orders, cluster.scheduler_address)
        ending.join()
    left = [one for one in told.values() if one.is_failed]
    words = {0: "It was not begun", 1: "It was begun, and its outcome is not known"}
    assert [(one.exit_code, one.line) for one in left] == [
        (40, f"{words[one.tries]}, because the scheduler was lost.") for one in left
    ]
    assert left
    gc.collect()  # what a lost connection leaves behind is told of when it is thrown away
    assert "Traceback" not in capfd.readouterr().err
    assert told["C0"].state == "published"
    with crew.here(8) as held:
        later = publish_region([replace(one, begun="later") for one in orders], held.executor, command=command)
    assert {one.state for one in later} == {"published", "already published"}
    assert later[0].state == "already published"


def secured(place: Path) -> dict[str, Any]:
    """The settings of docs/region.md, with certificates of the tests' own."""
    from certificates import authority, issued

    by = authority()
    own = issued(by)
    for name, text in (("ca.pem", by.pem), ("own.pem", own.pem), ("own.key", own.key)):
        (place / name).write_bytes(text)
    tls = {"ca-file": place / "ca.pem"}
    for who in ("scheduler", "worker", "client"):
        tls |= {f"{who}.cert": place / "own.pem", f"{who}.key": place / "own.key"}
    return {f"distributed.comm.tls.{name}": str(file) for name, file in tls.items()}


def test_with_certificates_nobody_without_one_is_let_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import dask

    monkeypatch.setattr(crew, "ANSWER_WITHIN", 2.0)
    with (
        dask.config.set({**secured(tmp_path), "distributed.comm.require-encryption": True}),
        distributed.LocalCluster(
            n_workers=1,
            threads_per_worker=1,
            host="tls://127.0.0.1",
            protocol="tls",
            security=distributed.Security(),
            **QUIET,
        ) as cluster,
    ):
        address = cluster.scheduler_address
        told = run(region(tmp_path, Alder="publish"), address)
        assert (told["Alder"].state, address[:6]) == ("published", "tls://")
        (stranger := tmp_path / "stranger").mkdir()
        open_door = {"distributed.comm.require-encryption": False}
        for settings, at in ((secured(stranger), address), (open_door, address.replace("tls", "tcp"))):
            with (
                dask.config.set(settings),
                pytest.raises(WrongUse, match="No Dask scheduler answers"),
                crew.at(at),
            ):
                pass


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:8786", '"127.0.0.1:8786" is not the address of a scheduler, such as tls://server:8786.'),
        ("tcp://127.0.0.1", "is not the address of a scheduler"),
        ("http://127.0.0.1:8786", "is not the address of a scheduler"),
        ("tcp://[::1:8786", "is not the address of a scheduler"),
        ("tcp://127.0.0.1:{free}", "No Dask scheduler answers at tcp://127.0.0.1:{free}. Start one there"),
    ],
)
def test_a_scheduler_that_is_not_there_is_one_clear_line(
    address: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "ANSWER_WITHIN", 0.5)
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        free = str(place.getsockname()[1])
    with pytest.raises(WrongUse) as refused, crew.at(address.replace("{free}", free)):
        pass
    assert said.replace("{free}", free) in str(refused.value)


def test_a_scheduler_without_a_worker_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "ONE_WORKER_WITHIN", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, host="127.0.0.1", **QUIET) as cluster,
        pytest.raises(WrongUse, match=r"has no worker. Start one: dask worker tcp://127"),
        crew.at(cluster.scheduler_address),
    ):
        pass
