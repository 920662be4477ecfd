"""Published months that several modules look at, made once; and how property tests run, whichever of them.

What only tests need is imported where they need it: with several processes, one of them hands out tests and runs none.
"""

import gc
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path

import machine
import pytest
from once import once

PUBLISHED = {"core", "full", "again", "folders"}  # fixtures that publish a month


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: some tests wait for a browser, a server or a run that is to be ended."""
    return machine.workers()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Before a test is looked at: what they import, and how long a property test may take."""
    if machine.runs_tests(session.config):
        machine.load()
        machine.start_copies_uncounted()
        from hypothesis import settings

        # For as long as they take, since no test asserts seconds.
        settings.register_profile("untimed", deadline=None)
        settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """A test that looks at a published month is slow: whichever comes first makes it. The slow come first."""
    for item in items:
        if PUBLISHED.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    yield
    if workers := getattr(config, "workerinput", {}).get("workercount"):
        items[:] = dealt(items, workers)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is imported by now stays for as long as the tests run: it is never looked through again for what to free."""
    gc.collect()
    gc.freeze()
    import_module("qa_analysis.publishing.apart.processes").free_seldom()


def dealt(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests, the slow ones of each module dealt out among workers, each of whom takes its share in one piece.

    So what mostly waits runs beside what computes, and what is left to share out at the end is short.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    modules = list(dict.fromkeys(item.path for item in slow))
    quick = iter([item for item in items if not item.get_closest_marker("slow")])
    ordered: list[pytest.Item] = []
    for number in range(workers):
        hand = [item for item in slow if item.path in modules[number::workers]]
        share = (len(items) - len(ordered)) // (workers - number)
        ordered += [*hand, *islice(quick, max(0, share - len(hand)))]
    return [*ordered, *quick]


@pytest.fixture(scope="module")
def own_key() -> Iterator[None]:
    """A key of the tests' own, for the runs of a module."""
    from runs import KEY

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", KEY)
        yield


@pytest.fixture(scope="session")
def core_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts of a council that supplies the four core datasets and nothing more."""
    from runs import CORE
    from small import frames, write

    return once(tmp_path_factory, "core-data", lambda place: write(place, frames(**CORE)))


@pytest.fixture(scope="session")
def core(core_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That council's month, published with the two reports that tests look at; to look at, not to change."""
    from runs import publish

    return once(tmp_path_factory, "core", lambda place: publish(core_data, place, "smt-report", "data-quality"))


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month of the synthetic council with every dataset, published; to look at, not to change."""
    from councils import council
    from runs import publish

    from qa_analysis.data.synthetic import write_council

    def make(place: Path) -> None:
        write_council(place / "data", council(cycles=14))
        publish(place / "data", place, only={"service": "Safeguarding", "team": "Harbour"})

    return once(tmp_path_factory, "full", make)
