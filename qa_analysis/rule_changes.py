"""Which rules of the framework changed within some cycles: what they were, and what they have been since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from qa_analysis.framework import versions_of_rules


@dataclass(frozen=True)
class RuleChange:
    """One rule that changed: from which cycle, its value before and since, and the sentence it comes from."""

    rule: str
    since: str
    before: Any
    after: Any
    source: str

    @property
    def added(self) -> tuple[str, ...]:
        """What is new in a rule that is a list."""
        return _without(self.after, self.before)

    @property
    def removed(self) -> tuple[str, ...]:
        """What is gone from a rule that is a list."""
        return _without(self.before, self.after)


def rule_changes(
    first: str, last: str, *, versions: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
) -> tuple[RuleChange, ...]:
    """The rules that changed with one of the cycles from the first to the last, the oldest change first."""
    book = versions_of_rules() if versions is None else versions
    found = [one for name, every in book.items() for one in _changes(name, every) if first <= one.since <= last]
    return tuple(sorted(found, key=lambda one: (one.since, one.rule)))


def _changes(name: str, versions: Sequence[Mapping[str, Any]]) -> Iterator[RuleChange]:
    for then, now in pairwise(versions):
        if then["value"] != now["value"]:
            yield RuleChange(name, str(now["valid_from"]), then["value"], now["value"], str(now["source"]))


def _without(some: Any, others: Any) -> tuple[str, ...]:
    if not (isinstance(some, list) and isinstance(others, list)):
        return ()
    return tuple(str(one) for one in some if one not in others)
