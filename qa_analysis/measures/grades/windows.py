"""Which audits are compared with which, six months on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures.audits.breaks import breaks_between
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.grades.grades import Area, areas, graded
from qa_analysis.measures.populations import ALL_AUDITS, POOLED, SAME_THEME

POOLED_CYCLES = 3  # a quarter: t-2..t against t-8..t-6, so that no cycle is in both (docs/methods.md)


@dataclass(frozen=True)
class Window:
    """Two sets of headline audits to compare, the cycles they are taken from, and what changed in between."""

    now: DataFrame
    then: DataFrame
    now_cycles: tuple[str, ...]
    then_cycles: tuple[str, ...]
    breaks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The cycles compared, as the figures' method writes them."""
        return f"{period_of(self.now_cycles)} less {period_of(self.then_cycles)}"


@remembered
def windows(tables: Tables) -> Mapping[str, Window]:
    """The audits of now and of six months ago, in the three ways they are compared, by population."""
    month, earlier = tables.month, tables.rules.cycle_before(tables.month)
    every = _window(tables, (month,), (earlier,))
    shared = set(every.now["theme_code"].dropna()) & set(every.then["theme_code"].dropna())
    now, then = (audits[audits["theme_code"].isin(shared)] for audits in (every.now, every.then))
    quarter, before = (tables.rules.cycles_up_to(last, POOLED_CYCLES) for last in (month, earlier))
    return MappingProxyType(
        {
            SAME_THEME: _between(tables, now, then, every.now_cycles, every.then_cycles),
            ALL_AUDITS: every,
            POOLED: _window(tables, quarter, before),
        }
    )


def graded_sides(tables: Tables, window: Window) -> Iterator[tuple[Area, str, DataFrame, DataFrame]]:
    """Each area with the audits graded in it, now and then. One item per area: its label, column and both sides.

    Each audit has its auditor_id, its grade of the area and `is_good`.
    """
    for label, column in areas(tables.rules).items():  # no other column is carried along
        now, then = (graded(side[["auditor_id", column]], column, tables.rules) for side in (window.now, window.then))
        yield label, column, now, then


def _window(tables: Tables, now: tuple[str, ...], then: tuple[str, ...]) -> Window:
    return _between(tables, headline_audits(tables, months=now), headline_audits(tables, months=then), now, then)


def _between(
    tables: Tables, now: DataFrame, then: DataFrame, now_cycles: tuple[str, ...], then_cycles: tuple[str, ...]
) -> Window:
    return Window(now, then, now_cycles, then_cycles, breaks_between(tables, now, then))
