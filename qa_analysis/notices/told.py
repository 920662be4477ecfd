"""What every notice of a cycle is told with: who audits what, people by name, the days and the rules."""

from dataclasses import dataclass
from functools import cached_property

from pandas import DataFrame

from qa_analysis.framework import Rules
from qa_analysis.notices.allocation import Allocation
from qa_analysis.notices.window import Window

NOT_RECORDED = "not recorded"


@dataclass(frozen=True, eq=False)
class Told:
    """One cycle's list, as its notices need it. It never leaves the private folder."""

    given: Allocation
    staff: DataFrame
    window: Window
    rules: Rules

    @property
    def audits(self) -> DataFrame:
        """One row per selected record, with its auditor."""
        return self.given.audits

    def name(self, who: object) -> str:
        """A person by name, or by the identifier they are known by."""
        return self._named.get(who, who) if isinstance(who, str) else NOT_RECORDED

    def names(self, column: str) -> list[str]:
        """The people of a column, by name; one per record."""
        return [self.name(who) for who in self.audits[column]]

    def theme(self, code: object) -> str:
        """A theme as it is called."""
        return self.rules.themes.get(str(code), str(code)) if isinstance(code, str) else NOT_RECORDED

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role of each person in their last post."""
        return roles_of(self.staff)

    @cached_property
    def _named(self) -> dict[str, str]:
        return _last(self.staff, "name")


def roles_of(staff: DataFrame) -> dict[str, str]:
    """The role of each person in their last post."""
    return _last(staff, "role")


def _last(staff: DataFrame, column: str) -> dict[str, str]:
    held = staff.dropna(subset=["worker_id", column]).sort_values("started_on", kind="stable")
    return dict(zip(held["worker_id"], held[column], strict=True))
