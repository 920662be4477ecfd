"""Published months that several modules look at, made once; and how property tests run, whichever of them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import settings
from once import once
from runs import CORE, KEY, publish
from small import frames, write

from qa_analysis.data.synthetic import council, write_council

# For as long as they take, since no test asserts seconds.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


PUBLISHED = {"core", "full", "again", "folders"}  # fixtures that publish a month


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """A test that looks at a published month is slow: whichever comes first makes it. The slow come first."""
    for item in items:
        if PUBLISHED.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    yield
    if workers := getattr(config, "workerinput", {}).get("workercount"):
        items[:] = dealt(items, workers)


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
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", KEY)
        yield


@pytest.fixture(scope="session")
def core_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts of a council that supplies the four core datasets and nothing more."""
    return once(tmp_path_factory, "core-data", lambda place: write(place, frames(**CORE)))


@pytest.fixture(scope="session")
def core(core_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That council's month, published with the two reports that tests look at; to look at, not to change."""
    return once(tmp_path_factory, "core", lambda place: publish(core_data, place, "smt-report", "data-quality"))


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month of the synthetic council with every dataset, published; to look at, not to change."""

    def make(place: Path) -> None:
        write_council(place / "data", council(cycles=14))
        publish(place / "data", place, only={"service": "Safeguarding", "team": "Harbour"})

    return once(tmp_path_factory, "full", make)
