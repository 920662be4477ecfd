"""The framework's promises and rules as they are told: the same words for managers and for everyone."""

from typing import Any

from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first, listed
from qa_analysis.measures.framework_review.promises import NOT_COUNTED, PROMISES
from qa_analysis.month.month import Month
from qa_analysis.rule_changes import RuleChange, rule_changes

SHORT = 80  # letters of a value in a cell: a list of words is told by its length


def changes_table(month: Month) -> DataFrame:
    """The rules that changed in the year's cycles. One row per change."""
    rows = [
        [at_first(one.rule.replace("_", " ")), month_name(one.since), _before(one), _after(one), one.source]
        for one in rule_changes(month.cycles[0], month.month)
    ]
    return DataFrame(rows, columns=["Rule", "From", "Before", "Since", "The framework's words"])


def words_table(*, with_workers: bool = True) -> DataFrame:
    """The words of the framework that make each promise. One row per promise."""
    held = [one for one in PROMISES if with_workers or not one.of_workers]
    rows = [[one.title, one.clause, one.part, one.rule or "none"] for one in held]
    return DataFrame(rows, columns=["Promise", "The framework's words", "Under", "Rule of framework.yaml"])


def not_counted_table() -> DataFrame:
    """What the framework promises and no figure here tells of. One row each."""
    rows = [[at_first(clause), at_first(why)] for clause, why in NOT_COUNTED.items()]
    return DataFrame(rows, columns=["The framework's words", "Why it is not counted here"])


def _before(one: RuleChange) -> str:
    return f"Without {listed(one.added)}" if one.added and not one.removed else value_words(one.before)


def _after(one: RuleChange) -> str:
    if one.added or one.removed:
        parts = (
            f"added: {listed(one.added)}" if one.added else "",
            f"removed: {listed(one.removed)}" if one.removed else "",
        )
        return at_first("; ".join(filter(None, parts)))
    return value_words(one.after)


def value_words(value: Any) -> str:
    """A rule's value in a cell."""
    if value is None:
        return "not set"
    if isinstance(value, list):
        return listed([value_words(one) for one in value]) or "none"
    if isinstance(value, dict):
        said = "; ".join(f"{key}: {value_words(one)}" for key, one in value.items())
        return said if len(said) <= SHORT else f"{len(value)} entries"
    return str(value)
