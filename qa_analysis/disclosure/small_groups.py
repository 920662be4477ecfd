"""What may be told of one service or team: nothing that would tell of one child or of one worker's work.

The rule is the one of questions (docs/decisions/014): so many children, and the work of so many people. A cycle with
fewer keeps the count of its audits alone; over the year its audits count with all the others, and where that would give
them away by subtraction the next smallest cycle is left out too.
"""

from collections.abc import Iterable
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.scope import Scope
from qa_analysis.data.tables import Tables
from qa_analysis.dates import ends_of, month_name
from qa_analysis.disclosure.small_places import NOT_OF_CHILDREN, withheld
from qa_analysis.errors import DisclosureFailed
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.family import ALERTS, CONFERENCES, DIRECTION, INDICATORS, STAFF_SURVEY, SUPERVISION
from qa_analysis.measures.populations import EVERY_ROUTE
from qa_analysis.measures.safeguarding_unit.cases import alert_cases, conference_cases

NOT_OF_AUDITS: Final = (INDICATORS, SUPERVISION)  # of cases of their own, and protected by those
OF_FIGURES: Final = ("breaks", "figures")  # units that count figures and changes in the way of working, and no case
TOLD_ALWAYS: Final = ("audits_completed", "audits_headline", "audits_planned", "moderation_required")


def refuse_few(tables: Tables, scope: Scope) -> None:
    """Stop where the audits of a place are too few for figures of its own: those of the year, or those of the cycle.

    A cycle without any audit tells of nobody.

    Raises:
        DisclosureFailed: saying what would be enough.
    """
    rules, audits = tables.rules, tables.audits
    year, cycle = audits["cycle_month"].isin(tables.rolling_cycles), audits["cycle_month"] == tables.month
    for some, when, instead in (
        (audits[year], f"the last {rules.rolling_cycles} cycles", "Ask about the service, or leave the place blank."),
        (audits[cycle], month_name(tables.month), "Ask about another cycle or the service, or leave the place blank."),
    ):
        if len(some) and not _is_enough(some, rules):
            raise DisclosureFailed(
                f"{scope.words}: the audits of {when} are of fewer than {rules.question_children_from} children or of "
                f"one worker's cases, so figures would tell of them. {instead}"
            )


def without_small_groups(figures: DataFrame, tables: Tables) -> DataFrame:
    """The figures of a place, those withheld that rest on too few. One row per figure, as before."""
    rules = tables.rules
    note = f"under {rules.question_children_from} children or one worker's cases: not shown"
    family = figures["measure"].map(lambda name: declared()[name].family)
    of_children = ~family.isin(NOT_OF_CHILDREN) & ~figures["unit"].isin(OF_FIGURES)
    small = small_cycles(tables)
    in_small = figures["period"].isin(small) & ~_is_count_of_all(figures) & ~family.isin(NOT_OF_AUDITS)
    if small:  # the usual range of all months, less that of those shown, would tell of the small ones
        of_all = (family == DIRECTION) & (figures["population"] == EVERY_ROUTE)
        in_small = in_small | of_all
        in_small &= ~(of_all & (figures["method"] == "count"))  # how many months have a figure, and what it is called
    for unit, cases_of in ((CONFERENCES, conference_cases), (ALERTS, alert_cases)):
        if (is_of_unit := family == unit).any():
            few = _small_periods(cases_of(tables), figures["period"], tables.rules)
            in_small |= is_of_unit & figures["period"].isin(few)
    rests_on_few = figures["denominator"].between(1, rules.question_children_from - 1)
    hidden = of_children & (in_small | rests_on_few)
    hidden |= family == STAFF_SURVEY  # which tells of the whole alone
    return withheld(figures, hidden, note)


@remembered
def small_cycles(tables: Tables) -> tuple[str, ...]:
    """The cycles whose audits are too few to be told of, and as many more as hide them from a subtraction."""
    return small_months(tables.audits, tables.rules)


def small_months(cases: DataFrame, rules: Rules) -> tuple[str, ...]:
    """The months whose cases are too few to be told of, and as many more as hide them from a subtraction."""
    by_month = {str(month): some for month, some in cases.groupby("cycle_month")}
    small = [month for month, some in by_month.items() if not _is_enough(some, rules)]
    others = sorted(set(by_month) - set(small), key=lambda month: (len(by_month[month]), month))
    while small and others and not _is_enough(cases[cases["cycle_month"].isin(small)], rules):
        small.append(others.pop(0))
    return tuple(sorted(small))


def _small_periods(cases: DataFrame, periods: Iterable[str], rules: Rules) -> set[str]:
    """The small months, and the periods of several months whose cases together are too few; one without any is not."""
    together = {
        period: cases[cases["cycle_month"].between(*ends_of(period))] for period in set(periods) if "/" in period
    }
    few = {period for period, some in together.items() if len(some) and not _is_enough(some, rules)}
    return few | set(small_months(cases, rules))


def _is_count_of_all(figures: DataFrame) -> "Series[bool]":
    """Whether a figure is a count of audits that is always told, of the whole place."""
    return figures["measure"].isin(TOLD_ALWAYS) & (figures["by"] == "")


def _is_enough(audits: DataFrame, rules: Rules) -> bool:
    """Whether so many children's records were audited, of so many people's work; a carer's record stands for itself."""
    children = audits["child_id"].fillna(audits["audit_id"]).nunique()
    people = audits["key_worker_id"].nunique()
    return rules.floor[MANAGERS].is_reached(children=children, people=people)
