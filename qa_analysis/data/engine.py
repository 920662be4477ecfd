"""Great Expectations, started once and no further than needed: a table and expectations in, results out."""

import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any, Final

from pandas import DataFrame

from qa_analysis.data.odcs import quick_json_schema

# It loads charts and all of statistics when it starts, which takes as long as the rest of it and is used by hardly any
# expectation. These load when something of theirs is first asked for.
LATER: Final = frozenset({"altair", "scipy.stats"})
# It looks for ways to stores and databases that are not used here: a table in memory needs none of them, and to load
# those that happen to be installed takes a third as long as the rest.
NOT_NEEDED: Final = frozenset({"azure", "boto3", "google.cloud", "pyspark", "sqlalchemy", "trino"})


def load() -> None:
    """Start it now, for a process that others will be copies of."""
    _tables()


def results_of(table: DataFrame, expectations: Sequence[Any]) -> Sequence[Any]:
    """What Great Expectations says of one table, every broken row by its place. One result per expectation."""
    gx = _started()
    suite = gx.ExpectationSuite(name="contract", expectations=list(expectations))
    result_format = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
    batch = _tables().get_batch({"dataframe": table.reset_index(drop=True)})
    with configured_once():
        results: Sequence[Any] = batch.validate(suite, result_format=result_format).results
    return results


def expectation_named(name: str) -> Any:
    """A class of Great Expectations; None where it has none of that name."""
    _started()
    import great_expectations.expectations as gxe

    return getattr(gxe, name, None)


def places_of(result: Any) -> tuple[int, ...]:
    """The places of the rows that broke an expectation, in their order."""
    return tuple(sorted(int(place) for place in result.result.get("unexpected_index_list") or ()))


def has_raised(told: Mapping[str, Any]) -> bool:
    """Whether an expectation raised: its exception_info is flat, or holds one for each metric."""
    if "raised_exception" in told:
        return bool(told["raised_exception"])
    return any(part.get("raised_exception") for part in told.values())


@contextmanager
def configured_once() -> Iterator[None]:
    """Within it an expectation works out its configuration once, and not anew each of the hundred times it is asked."""
    from great_expectations.expectations import expectation as module

    kind: Any = module.Expectation  # whose property is put back afterwards
    plain: Any = kind.configuration
    known: dict[int, tuple[Any, Any]] = {}  # with the expectation itself, so that no other takes its number

    def configuration(expectation: Any) -> Any:
        if id(expectation) not in known:
            known[id(expectation)] = (expectation, plain.fget(expectation))
        return known[id(expectation)][1]

    kind.configuration = property(configuration)
    try:
        yield
    finally:
        kind.configuration = plain


@contextmanager
def loaded_later(names: frozenset[str]) -> Iterator[None]:
    """Within it an import of these modules only notes them: each loads when something of it is first asked for."""
    finder = _Later(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def not_found(names: frozenset[str]) -> Iterator[None]:
    """Within it an import of these modules finds none, save where it is loaded already."""
    hidden = names - set(sys.modules)
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # as if they were not installed
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


class _Later:
    """Finds the modules that are to load later, and no others."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module as it is found anyway, but for when it loads."""
        spec = importlib.machinery.PathFinder.find_spec(name, path) if name in self.names else None
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


@cache
def _started() -> Any:
    with quick_json_schema(), loaded_later(LATER), not_found(NOT_NEEDED):
        import great_expectations as gx
        import great_expectations.expectations
    return gx


@cache
def _tables() -> Any:
    """Great Expectations' way to a table in memory: no files, no progress bars. Made once: it is slow to make."""
    gx = _started()
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    # The default would leave a folder for a web site of results behind in the temporary folder.
    nothing_kept = DataContextConfig(store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False))
    context: Any = gx.get_context(mode="ephemeral", project_config=nothing_kept)
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("all")
