"""Published months that several modules look at, made once; and how property tests run, whichever of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from runs import CORE, run
from small import frames, write

from qa_analysis.data.synthetic import council, write_council

# For as long as they take, since no test asserts seconds.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

KEY = "5a" * 32


@pytest.fixture(scope="module")
def own_key() -> Iterator[None]:
    """A key of the tests' own, for the runs of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", KEY)
        yield


@pytest.fixture(scope="session")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council that supplies the four core datasets and nothing more, published."""
    place = tmp_path_factory.mktemp("core")
    write(place / "data", frames(**CORE))
    return _published(place)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic council with every dataset, published."""
    place = tmp_path_factory.mktemp("full")
    write_council(place / "data", council(cycles=14))
    return _published(place)


def _published(place: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", KEY)
        result = run(place / "data", place / "outputs")
    assert result.exit_code == 0, result.output
    return place
