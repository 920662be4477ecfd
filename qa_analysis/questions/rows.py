"""The figures that answer each question, made by the measures of the month's reports on the cases asked about."""

from collections.abc import Iterable, Iterator, Mapping
from math import nan
from types import MappingProxyType
from typing import Any, Final

from qa_analysis.dates import period_of
from qa_analysis.english import counted
from qa_analysis.measures.actions import stock as stock_of_actions
from qa_analysis.measures.audits import coverage
from qa_analysis.measures.audits.volumes import volumes
from qa_analysis.measures.figure import Figure, counts_by, joined, labelled
from qa_analysis.measures.grades import against_others as others
from qa_analysis.measures.grades import grades, trends, windows
from qa_analysis.measures.grades.grades import OVERALL
from qa_analysis.measures.moderation import agreement as moderation
from qa_analysis.measures.moderation import panel_movement
from qa_analysis.measures.populations import (
    ALL_ACTIONS,
    ALL_AUDITS,
    ALL_ROUTES,
    EVERY_ROUTE,
    HEADLINE,
    POOLED,
    decisions_of,
)
from qa_analysis.measures.voices import contact as voice
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import EVERY, HEADLINE_ROUTES, Asked
from qa_analysis.questions.opening import Held
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.change import change, claimed
from qa_analysis.questions.subjects.declared import Answered
from qa_analysis.questions.subjects.every import SUBJECTS

DIRECTIONS = ("moderation_lowered", "moderation_unchanged", "moderation_raised")
AGREEMENT = ("agreement_exact", "agreement_within_one", "gwet_ac1", "gwet_ac2_linear")
WHOLE_STOCK = ("actions_open", "actions_overdue", "actions_overdue_safeguarding", "actions_completed",
               "actions_unsigned", "completed_in_40_calendar_days", "completed_in_40_working_days")  # fmt: skip
OVERDUE = ("actions_open", "actions_overdue", "actions_overdue_safeguarding")

NARROWING = (
    "service",
    "team",
    "theme",
    "area",
    "age",
    "status",
    "role",
    "prompt",
    "subject",
    "kind",
    "level",
    "safeguarding",
    "polarity",
)  # in the order in which a question is said


def graded(asked: Asked, held: Held) -> Answered:
    """Good or better: the whole, and each group or each grade. One figure each."""
    scope = scoping.scope(asked, held, narrow=narrowing.audits_as_one_cycle, cases=scoping.graded_cases)
    tables, months = scope.tables, (asked.last,)
    found = grades.good_or_better(tables, months)
    if asked.by == "key_area":
        return scope, found
    whole = found[:1]
    if asked.by:
        split = grades.places(tables, months, columns=(scope.column,))
        compared = [] if asked.by == "month" else others.against_the_others(tables, scope.column)
        return scope, [*whole, *split, *compared]  # of months the trend says what is unusual
    few = whole[0].denominator < tables.rules.percentage_from
    by_grade = [] if few else grades.grade_counts(tables, asked.last)
    return scope, [*whole, *(row for row in by_grade if row.by == ("grade",))]


def trend(asked: Asked, held: Held) -> Answered:
    """Good or better in each cycle, and its limits. One figure per cycle; one of too few is in neither.

    With them comes the claim of a change that the reports make of the same grade, so that the two are told apart.
    """
    scope = scoping.scope(asked, held, narrow=narrowing.audits_by_cycle, cases=scoping.graded_cases)
    cases_of = scoping.graded_cases(scope.tables).groupby("cycle_month")
    shown = [str(cycle) for cycle, cases in cases_of if scoping.enough(cases, scope.tables.rules)]
    tables = narrowing.of_cycles(scope.tables, shown)  # or the usual range would tell of what is not shown
    by_cycle = [grades.good_or_better(tables, (cycle,))[0] for cycle in shown]
    return scope, [*by_cycle, *trends.trends(tables), *_claimed(asked, held)]


def _claimed(asked: Asked, held: Held) -> list[Figure]:
    """What the reports claim of the grade asked about; nothing where the question is narrower than theirs."""
    if any(getattr(asked, word) for word in scoping.NARROWED_BY if word != "area") or asked.route != HEADLINE_ROUTES:
        return []
    area = (("key_area",), (asked.area,)) if asked.area else OVERALL
    return [row for row in claimed(held, asked.last) if (row.by, row.group) == area]


def panel(asked: Asked, held: Held) -> Answered:
    """The grades upheld, lowered and raised, and agreement beyond chance. One figure per question and group."""
    scope = scoping.scope(asked, held, narrow=narrowing.audits_as_one_cycle, cases=scoping.paired_cases)
    tables = scope.tables
    wanted = AGREEMENT if asked.question == "agreement" else (*DIRECTIONS, "moderation_direction")
    found = moderation.agreement(tables, "", random_only=False)
    enough = found[0].denominator >= tables.rules.verdict_from
    kept = (*wanted, "moderation_pairs") if asked.question == "agreement" and enough else wanted
    whole = [row for row in found if row.measure in kept and row.by in ((), ("auditor", "panel"))]
    if asked.by == "key_area":
        return scope, [*whole, *(row for row in found if row.measure in wanted and row.by == ("key_area",))]
    if not asked.by:
        return scope, whole
    both = scoping.decided(tables)
    split = panel_movement.by_group(tables, both, scope.column, {"period": asked.last, "population": ""})
    return scope, [*whole, *(row for row in split if row.measure in wanted)]


def families(asked: Asked, held: Held) -> Answered:
    """Families contacted and heard, as a whole and by group. One figure per question and group."""
    scope = scoping.scope(asked, held, narrow=narrowing.audits_as_one_cycle, cases=scoping.audited_cases)
    found = voice.families(scope.tables)
    whole = [row for row in found if not row.by]
    if not asked.by:
        few = len(scope.tables.audits) < scope.tables.rules.verdict_from  # one family's "declined" would tell of it
        return scope, whole if few else found
    names = sorted(labelled(scope.tables.audits[scope.column].astype("object")).unique())
    split = (
        row.but(by=(scope.column,), group=(str(name),))
        for name in names
        for row in voice.families(narrowing.of_group(scope.tables, scope.column, name))
        if not row.by
    )
    return scope, [*whole, *split]


def seen(asked: Asked, held: Held) -> Answered:
    """Audits done, by group, and teams with open records that had none. One figure per group.

    Which teams were never seen is told of the teams as they are, before small ones are put together.
    """
    scope = scoping.scope(asked, held, narrow=narrowing.audits_as_one_cycle, cases=scoping.audited_cases)
    tables = scope.tables
    done = [row for row in volumes(tables) if row.measure == "audits_completed"]
    unseen = coverage.never_audited(narrowing.audits_as_one_cycle(asked, held))
    fewest = tables.rules.question_children_from
    labels = {"period": tables.month, "population": EVERY_ROUTE, "unit": "audits"}
    is_of_everyone = asked.route == EVERY and not asked.theme and not asked.role
    return scope, [
        *(row for row in done if not row.by),
        *counts_by(tables.audits, scope.column, "audits_completed", by=asked.by, **labels),
        *(_held_back(row, fewest) for row in unseen if is_of_everyone),
    ]


def _held_back(row: Figure, fewest: int) -> Figure:
    """A count of children without its number where that is small."""
    return row if row.value >= fewest else row.but(value=nan).judged(f"under {fewest}")


def actions(asked: Asked, held: Held) -> Answered:
    """Where actions stand, as a whole and by group. One figure per question and group."""
    scope = scoping.scope(asked, held, narrow=narrowing.actions_of, cases=scoping.action_cases, dataset="actions")
    tables, known = scope.tables, stock_of_actions.states(scope.tables)
    wanted = OVERDUE if asked.question == "overdue" else WHOLE_STOCK
    whole = [*stock_of_actions.stock(tables, known), *stock_of_actions.timeliness(tables, known)]
    columns = (scope.column,) if scope.column in known.columns else ()
    split = stock_of_actions.groups(tables, known, columns=columns) if asked.by else []
    return scope, [
        *(row for row in whole if row.measure in wanted and not row.by),
        *(row for row in split if joined(row.by) == asked.by),
    ]


def finished(rows: Iterable[Figure], scope: Scope, population: str) -> list[Figure]:
    """The figures with the period, the population and the groups said in the question's words. One row per figure."""
    return list(_finished(rows, scope, population))


def _finished(rows: Iterable[Figure], scope: Scope, population: str) -> Iterator[Figure]:
    asked = scope.asked
    period = period_of(asked.cycles) if asked.first else scope.held.tables.month
    own = (("key_area",), (asked.area,)) if asked.area and asked.question in narrowing.REGRADED else OVERALL
    for row in rows:
        by = tuple("route" if name == "selection_route" else name for name in row.by)
        keeps_its_period = asked.question in ("trend", "change")
        who = population
        if asked.question == "change" and row.measure == "good_or_better" and asked.route == HEADLINE_ROUTES:
            who = "; ".join([HEADLINE, *population.split("; ")[1:]])  # the windows of a change are no word for a share
        when = row.period if keeps_its_period else period
        yield row.but(by=own[0] + by, group=own[1] + row.group, period=when, population=who)


def population(asked: Asked, held: Held) -> str:
    """Whose figures these are: the route, then every filter."""
    who = {HEADLINE_ROUTES: HEADLINE, EVERY: EVERY_ROUTE}.get(asked.route, f"route {asked.route}")
    if asked.question in narrowing.PANEL:
        who = decisions_of(ALL_ROUTES if asked.route == EVERY else asked.route, counted(len(asked.cycles), "cycle"))
    if asked.question == "change" and asked.route == HEADLINE_ROUTES:
        who = POOLED if len(asked.now) == windows.POOLED_CYCLES else ALL_AUDITS
    if asked.question in ("actions", "overdue", "days"):
        who = ALL_ACTIONS if asked.route == EVERY else f"actions of audits by {who}"
    titles = {word: title for word, title in filters_of(asked, held).items() if word != "polarity"}
    if asked.question in (*narrowing.REGRADED, "change"):
        titles.pop("area", None)
    return "; ".join([who, *(f"{word} {title}" for word, title in titles.items())])


def filters_of(asked: Asked, held: Held) -> dict[str, str]:
    """What a question was narrowed to, by the word for it, in people's words."""
    return {
        word: held.choices_of(word, asked.question).get(value, value)
        for word in NARROWING
        if (value := getattr(asked, word))
    }


ROWS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "grades": graded, "trend": trend, "change": change, "agreement": panel, "direction": panel,
        "families": families, "coverage": seen, "actions": actions, "overdue": actions,
        **{name: subject.rows for name, subject in SUBJECTS.items()},
    }
)  # fmt: skip
