"""Good or better now and then: overall and by key area, or in each service or team."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures.audits.breaks import breaks_between
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.closing_the_loop import change as loop
from qa_analysis.measures.closing_the_loop import verdicts
from qa_analysis.measures.figure import Figure, labelled
from qa_analysis.measures.grades import grades, windows
from qa_analysis.measures.populations import LEAD
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import HEADLINE_ROUTES, Asked, NoAnswer
from qa_analysis.questions.opening import Held
from qa_analysis.questions.scope import TOGETHER, Scope
from qa_analysis.questions.subjects.declared import Answered

KEPT = ("good_or_better", "loop_difference", "loop_superiority", "loop_verdict", "detectable_rise")
PLACES = ("service_area", "team")


def change(asked: Asked, held: Held) -> Answered:
    """Good or better now and then, and the difference, overall and by key area or place. One figure each.

    A verdict has the one comparison that carries it in the reports, and no other (docs/decisions/010).
    """
    now, then = sides(asked, held)
    window = windows.Window(now.tables.audits, then.tables.audits, asked.now, asked.then, _breaks(asked, held))
    whole = [*_both(now), *_both(then), *_compared(now.tables, window)]
    if is_lead(asked, held):
        whole += claimed(held, asked.last)
    kept = [row for row in whole if row.measure in KEPT and _is_asked(row, asked)]
    sums = [_sum(side, side.tables) for side in (now, then)]
    if asked.by not in PLACES:
        return now, kept
    now, then = together(now, then)
    places = [*_places(now, then, window)]
    sums += [_sum(side, part) for side in (now, then) for _, part in _parts(side)]
    overall = [row for row in kept if row.by == (() if not asked.area else ("key_area",))]
    return replace(now, sums=tuple(sums)), [*overall, *(row for row in places if _is_asked(row, asked, place=True))]


def sides(asked: Asked, held: Held) -> tuple[Scope, Scope]:
    """The cases of now and of then, each as one cycle and unsplit."""
    whole = replace(asked, by="")
    now, then = (
        scoping.scope(
            replace(whole, first=cycles[0], last=cycles[-1]), held, narrow=narrowing.audits_as_one_cycle,
            cases=scoping.graded_cases,
        )
        for cycles in (asked.now, asked.then)
    )  # fmt: skip
    return replace(now, asked=replace(now.asked, by=asked.by)), replace(then, asked=replace(then.asked, by=asked.by))


def together(now: Scope, then: Scope) -> tuple[Scope, Scope]:
    """Both sides with the same groups: what is too small in either is put together in both, until it is enough.

    Raises:
        NoAnswer: nothing is left to tell apart.
    """
    cases = [(side, scoping.with_auditors(scoping.graded_cases(side.tables), side.asked)) for side in (now, then)]
    names = [_names(held, now.column) for _, held in cases]
    rules, order = now.tables.rules, _by_size(*names)
    small = [
        name for name in order
        if not all(scoping.enough(held[own == name], rules) for (_, held), own in zip(cases, names, strict=True))
    ]  # fmt: skip
    for name in [name for name in order if name not in small]:
        parts = [held[own.isin(small)] for (_, held), own in zip(cases, names, strict=True)]
        if not small or all(part.empty or scoping.enough(part, rules) for part in parts):
            break
        small.append(name)
    if len(small) == len(order):
        raise NoAnswer(
            "The groups are too small to show separately.", "Compare longer periods, or ask about the whole service."
        )
    return _masked(now, small), _masked(then, small)


def _by_size(now: Series, then: Series) -> list[str]:
    """Every group of either side, the smallest first."""
    sizes = now.value_counts().add(then.value_counts(), fill_value=0)
    return [str(name) for name in sizes.sort_values(kind="stable").index]


def _masked(side: Scope, small: list[str]) -> Scope:
    if not small:
        return side
    audits = side.tables.audits
    own = _names(audits, side.column)
    audits = audits.assign(**{side.column: own.mask(own.isin(small), TOGETHER).astype("str")})
    tables = replace(side.tables, frames=MappingProxyType({**side.tables.frames, "audits": audits}))
    return replace(side, tables=tables, merged=tuple(small))


def _places(now: Scope, then: Scope, window: windows.Window) -> Iterator[Figure]:
    """Each group's shares and their difference. Figures per group."""
    earlier = dict(_parts(then))
    for name, part in _parts(now):
        if name not in earlier:
            continue
        both = replace(window, now=part.audits, then=earlier[name].audits)
        of_group = [
            *(row.but(period=period_of(now.asked.cycles)) for row in grades.good_or_better(part, (now.asked.last,))),
            *(
                row.but(period=period_of(then.asked.cycles))
                for row in grades.good_or_better(earlier[name], (then.asked.last,))
            ),
            *loop.compared(part, both, ""),
        ]
        yield from (row.but(by=(*row.by, now.asked.by), group=(*row.group, name)) for row in of_group)


def _parts(side: Scope) -> Iterator[tuple[str, Tables]]:
    names = _names(scoping.graded_cases(side.tables), side.column)
    return ((str(name), narrowing.of_group(side.tables, side.column, name)) for name in sorted(names.unique()))


def _names(frame: DataFrame, column: str) -> Series:
    return labelled(frame[column].astype("object"))


def _sum(side: Scope, tables: Tables) -> tuple[str, DataFrame]:
    """What one side tells, whole or of a group: a sum over its graded audits."""
    cases = scoping.graded_cases(_regraded(side, tables))
    return f"grades {side.asked.area}", cases.assign(case=cases["audit_id"])


def _regraded(side: Scope, tables: Tables) -> Tables:
    if not side.asked.area:
        return tables
    column = tables.rules.grade_columns[side.asked.area]
    audits = tables.audits.assign(overall_grade=tables.audits[column])
    return replace(tables, frames=MappingProxyType({**tables.frames, "audits": audits}))


def _both(side: Scope) -> list[Figure]:
    """The shares of one side, in the period it is of."""
    return [
        row.but(period=period_of(side.asked.cycles)) for row in grades.good_or_better(side.tables, (side.asked.last,))
    ]  # fmt: skip


def _compared(tables: Tables, window: windows.Window) -> list[Figure]:
    return [*loop.compared(tables, window, ""), *loop.planner(tables, window, "")]


def _is_asked(row: Figure, asked: Asked, *, place: bool = False) -> bool:
    """Whether a figure is of the grade asked about."""
    by, group = (row.by[:-1], row.group[:-1]) if place else (row.by, row.group)
    if asked.area:
        return (by, group) == (("key_area",), (asked.area,)) and row.measure in KEPT
    return (not place or by == ()) and row.measure in KEPT


def _breaks(asked: Asked, held: Held) -> tuple[str, ...]:
    """What changed in the way of auditing between the periods asked about, by the cycles that the audits are of."""
    tables = of_month(held, asked.last)
    return breaks_between(tables, *(headline_audits(tables, months=cycles) for cycles in (asked.now, asked.then)))


def is_lead(asked: Asked, held: Held) -> bool:
    """Whether this is the comparison that was named before any grade was in."""
    lead = windows.windows(of_month(held, asked.last))[LEAD]
    is_narrower = any(getattr(asked, word) for word in ("service", "team", "theme", "age", "status", "role"))
    return (
        not is_narrower
        and asked.route == HEADLINE_ROUTES
        and (asked.now, asked.then) == (lead.now_cycles, lead.then_cycles)
    )


@lru_cache(maxsize=4)  # every question about a grade asks for the same claims, whichever grade it is
def claimed(held: Held, month: str) -> tuple[Figure, ...]:
    """What the reports of that month claim of every grade. One figure per grade."""
    return tuple(verdicts.verdicts(of_month(held, month)))


@lru_cache(maxsize=4)
def of_month(held: Held, month: str) -> Tables:
    """Everything held, as a report of that month would read it."""
    return replace(held.tables, month=month, rules=held.tables.rules.of(month))
