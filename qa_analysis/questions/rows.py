"""The figures that answer each question, made by the measures of the month's reports on the cases asked about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import isnan, nan
from types import MappingProxyType
from typing import Any, Final

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.english import counted
from qa_analysis.measures.actions import stock as stock_of_actions
from qa_analysis.measures.audits import coverage
from qa_analysis.measures.audits.breaks import breaks_between
from qa_analysis.measures.audits.volumes import headline_audits, volumes
from qa_analysis.measures.closing_the_loop import change as loop
from qa_analysis.measures.closing_the_loop import verdicts
from qa_analysis.measures.figure import Figure, joined, labelled
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
    LEAD,
    POOLED,
    decisions_of,
)
from qa_analysis.measures.themes import findings as themes
from qa_analysis.measures.themes import in_audits as theme_audits
from qa_analysis.measures.themes import prevalence as theme_prevalence
from qa_analysis.measures.voices import contact as voice
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import EVERY, HEADLINE_ROUTES, Asked
from qa_analysis.questions.opening import Held
from qa_analysis.questions.scope import Scope

DIRECTIONS = ("moderation_lowered", "moderation_unchanged", "moderation_raised")
AGREEMENT = ("agreement_exact", "agreement_within_one", "gwet_ac1", "gwet_ac2_linear")
WHOLE_STOCK = ("actions_open", "actions_overdue", "actions_overdue_safeguarding", "actions_completed",
               "actions_unsigned", "completed_in_40_calendar_days", "completed_in_40_working_days")  # fmt: skip
CHANGE = ("good_or_better", "loop_difference", "loop_superiority", "loop_verdict", "detectable_rise")
OVERDUE = ("actions_open", "actions_overdue", "actions_overdue_safeguarding")

Answered = tuple[Scope, list[Figure]]


def graded(asked: Asked, held: Held) -> Answered:
    """Good or better: the whole, and each group or each grade. One figure each."""
    scope = scoping.scope(asked, held, narrow=scoping.audits_as_one_cycle, cases=scoping.graded_cases)
    tables, months = scope.tables, (asked.last,)
    found = grades.good_or_better(tables, months)
    if asked.by == "key_area":
        return scope, found
    whole = found[:1]
    if asked.by:
        split = grades.places(tables, months, columns=(scope.column,))
        return scope, [*whole, *split, *others.against_the_others(tables, scope.column)]
    few = whole[0].denominator < tables.rules.percentage_from
    by_grade = [] if few else grades.grade_counts(tables, asked.last)
    return scope, [*whole, *(row for row in by_grade if row.by == ("grade",))]


def trend(asked: Asked, held: Held) -> Answered:
    """Good or better in each cycle, and its limits. One figure per cycle; one of too few is in neither.

    With them comes the claim of a change that the reports make of the same grade, so that the two are told apart.
    """
    scope = scoping.scope(asked, held, narrow=scoping.audits_by_cycle, cases=scoping.graded_cases)
    cases_of = scoping.graded_cases(scope.tables).groupby("cycle_month")
    shown = [str(cycle) for cycle, cases in cases_of if scoping.enough(cases, scope.tables.rules)]
    tables = scoping.of_cycles(scope.tables, shown)  # or the usual range would tell of what is not shown
    by_cycle = [grades.good_or_better(tables, (cycle,))[0] for cycle in shown]
    return scope, [*by_cycle, *trends.trends(tables), *_claimed(asked, held)]


def _claimed(asked: Asked, held: Held) -> list[Figure]:
    """What the reports claim of the grade asked about; nothing where the question is narrower than theirs."""
    if asked.service or asked.team or asked.theme or asked.route != HEADLINE_ROUTES:
        return []
    area = (("key_area",), (asked.area,)) if asked.area else OVERALL
    return [row for row in verdicts.verdicts(_of_month(held, asked.last)) if (row.by, row.group) == area]


def change(asked: Asked, held: Held) -> Answered:
    """Good or better now and then, and the difference, overall and by key area. One figure each.

    A verdict has the one comparison that carries it in the reports, and no other (docs/decisions/010).
    """
    now, then = (
        scoping.scope(
            replace(asked, first=cycles[0], last=cycles[-1]),
            held,
            narrow=scoping.audits_as_one_cycle,
            cases=scoping.graded_cases,
        )
        for cycles in (asked.now, asked.then)
    )
    window = windows.Window(now.tables.audits, then.tables.audits, asked.now, asked.then, _breaks(asked, held))
    rows = [
        *(row.but(period=period_of(side.asked.cycles)) for side in (now, then) for row in _both(side)),
        *loop.compared(now.tables, window, ""),
        *loop.planner(now.tables, window, ""),
        *(verdicts.verdicts(_of_month(held, asked.last)) if is_lead(asked, held) else []),
    ]
    kept = [row for row in rows if row.measure in CHANGE]
    return now, [row for row in kept if not asked.area or (row.by, row.group) == (("key_area",), (asked.area,))]


def _breaks(asked: Asked, held: Held) -> tuple[str, ...]:
    """What changed in the way of auditing between the periods asked about, by the cycles that the audits are of."""
    tables = _of_month(held, asked.last)
    return breaks_between(tables, *(headline_audits(tables, months=cycles) for cycles in (asked.now, asked.then)))


def is_lead(asked: Asked, held: Held) -> bool:
    """Whether this is the comparison that was named before any grade was in."""
    lead = windows.windows(_of_month(held, asked.last))[LEAD]
    is_whole = not (asked.service or asked.team or asked.theme) and asked.route == HEADLINE_ROUTES
    return is_whole and (asked.now, asked.then) == (lead.now_cycles, lead.then_cycles)


def _of_month(held: Held, month: str) -> Tables:
    """Everything held, as a report of that month would read it."""
    return replace(held.tables, month=month, rules=held.tables.rules.of(month))


def panel(asked: Asked, held: Held) -> Answered:
    """The grades upheld, lowered and raised, and agreement beyond chance. One figure per question and group."""
    scope = scoping.scope(asked, held, narrow=scoping.audits_as_one_cycle, cases=scoping.paired_cases)
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
    both = moderation.pairs(tables, tables.rolling_cycles)
    split = panel_movement.by_group(tables, both, scope.column, {"period": asked.last, "population": ""})
    return scope, [*whole, *(row for row in split if row.measure in wanted)]


def findings(asked: Asked, held: Held) -> Answered:
    """What auditors found. One figure per prompt (or key area) and polarity; what was found under three times is not.

    A prompt found in one or two audits could be traced to a child.
    """
    whole = replace(asked, by="")  # a finding's theme is a prompt, and not what the audit was about
    scope = scoping.scope(whole, held, narrow=scoping.audits_as_one_cycle, cases=scoping.audited_cases)
    polarities = (asked.polarity,) if asked.polarity else theme_audits.POLARITIES
    found = _by_area(scope.tables) if asked.by == "key_area" else _by_prompt(scope.tables, (asked.last,))
    fewest = scope.tables.rules.question_children_from
    enough = [row for row in found if (row.value if isnan(row.numerator) else row.numerator) >= fewest]
    return replace(scope, asked=asked), [row for row in enough if row.group[-1] in polarities]


def _by_area(tables: Tables) -> list[Figure]:
    return [row for row in themes.themes(tables) if row.measure == "finding_count"]


def _by_prompt(tables: Tables, months: tuple[str, ...]) -> list[Figure]:
    held = {polarity: theme_audits.found(tables, polarity, months) for polarity in theme_audits.POLARITIES}
    return [row for polarity in held for row in theme_prevalence.over(tables, held, months, polarity)]


def families(asked: Asked, held: Held) -> Answered:
    """Families contacted and heard, as a whole and by group. One figure per question and group."""
    scope = scoping.scope(asked, held, narrow=scoping.audits_as_one_cycle, cases=scoping.audited_cases)
    found = voice.families(scope.tables)
    whole = [row for row in found if not row.by]
    if not asked.by:
        few = len(scope.tables.audits) < scope.tables.rules.verdict_from  # one family's "declined" would tell of it
        return scope, whole if few else found
    names = sorted(labelled(scope.tables.audits[scope.column].astype("object")).unique())
    split = (
        row.but(by=(scope.column,), group=(str(name),))
        for name in names
        for row in voice.families(scoping.of_group(scope.tables, scope.column, name))
        if not row.by
    )
    return scope, [*whole, *split]


def seen(asked: Asked, held: Held) -> Answered:
    """Audits done, by group, and teams with open records that had none. One figure per group.

    Which teams were never seen is told of the teams as they are, before small ones are put together.
    """
    scope = scoping.scope(asked, held, narrow=scoping.audits_as_one_cycle, cases=scoping.audited_cases)
    done = [row for row in volumes(scope.tables) if row.measure == "audits_completed"]
    unseen = coverage.never_audited(scoping.audits_as_one_cycle(asked, held))
    fewest = scope.tables.rules.question_children_from
    return scope, [
        *(row for row in done if joined(row.by) in ("", asked.by)),
        *(_held_back(row, fewest) for row in unseen if asked.route == EVERY and not asked.theme),
    ]


def _held_back(row: Figure, fewest: int) -> Figure:
    """A count of children without its number where that is small."""
    return row if row.value >= fewest else row.but(value=nan).judged(f"under {fewest}")


def actions(asked: Asked, held: Held) -> Answered:
    """Where actions stand, as a whole and by group. One figure per question and group."""
    scope = scoping.scope(asked, held, narrow=scoping.actions_of, cases=scoping.action_cases, dataset="actions")
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
    own = (("key_area",), (asked.area,)) if asked.area and asked.question in scoping.REGRADED else OVERALL
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
    if asked.question in scoping.PANEL:
        who = decisions_of(ALL_ROUTES if asked.route == EVERY else asked.route, counted(len(asked.cycles), "cycle"))
    if asked.question == "change" and asked.route == HEADLINE_ROUTES:
        who = POOLED if len(asked.now) == windows.POOLED_CYCLES else ALL_AUDITS
    if asked.question in ("actions", "overdue"):
        who = ALL_ACTIONS if asked.route == EVERY else f"actions of audits by {who}"
    titles = {word: held.choices[word].get(getattr(asked, word), "") for word in ("service", "team", "theme", "area")}
    own = "" if asked.question in (*scoping.REGRADED, "change") else titles["area"]
    return "; ".join([who, *(f"{word} {title}" for word, title in (titles | {"area": own}).items() if title)])


def _both(side: Scope) -> list[Figure]:
    return grades.good_or_better(side.tables, (side.asked.last,))


ROWS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "grades": graded, "trend": trend, "change": change, "agreement": panel, "direction": panel,
        "findings": findings, "families": families, "coverage": seen, "actions": actions, "overdue": actions,
    }
)  # fmt: skip
