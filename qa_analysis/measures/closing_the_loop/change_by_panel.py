"""The change of six months by the panel's standard, which does not move when other people begin to audit."""

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import OTHER_THEMES, across
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, estimated
from qa_analysis.measures.grades.grades import Area
from qa_analysis.measures.grades.windows import Window, windows
from qa_analysis.measures.moderation.panel_view import by_panel, less
from qa_analysis.measures.populations import LEAD
from qa_analysis.stats.estimate import Estimate

SHOWN, NOT_SHOWN = "the panel's standard shows it too", "the panel's standard does not tell"


@declares(
    Measure(
        "loop_difference_adjusted",
        title="Good or better now, less six months ago, by the panel's standard",
        family=family.SIX_MONTHS_ON,
        counts="the share that the panel would have called outstanding or good in the last three cycles, less "
        "that in the three six months before",
        by="key_area",
        limits="no value where either period has too few random moderations to correct with; its interval is "
        "wide rather than narrow",
        unit="difference of shares",
    ),
    needs=("moderations",),
)
def loop_by_panel(tables: Tables) -> list[Figure]:
    """Good or better by the panel's standard, now less six months ago. One figure per area."""
    window = windows(tables)[LEAD]
    if window.now.empty or window.then.empty:
        return []
    themes = tuple(reason for reason in window.breaks if reason == OTHER_THEMES)  # the panel's standard stays the same
    return [
        across(
            estimated(
                "loop_difference_adjusted", found, unit="difference of shares",
                period=tables.month, population=LEAD, by=by, group=group,
            ).judged(shown(found)),
            themes,
        )
        for (by, group), found in changes_by_panel(tables, window).items()
    ]  # fmt: skip


def changes_by_panel(tables: Tables, window: Window) -> dict[Area, Estimate]:
    """The change of each area by the panel's standard, undefined where moderation does not suffice."""
    now, then = (
        by_panel(tables, cycles, habit_cycles=habit_cycles(tables, cycles))
        for cycles in (window.now_cycles, window.then_cycles)
    )
    return {area: less(now[area], then[area]) for area in now}


def habit_cycles(tables: Tables, cycles: tuple[str, ...]) -> tuple[str, ...]:
    """The year that ends with a window, as far back as the same people graded: habits are not learnt across a break."""
    last = max(cycles)
    year = tables.rules.cycles_up_to(last, tables.rules.rolling_cycles)
    breaks = [cycle for cycle, name in tables.rules.breaks.items() if name in tables.rules.breaks_in_grading]
    since = max((cycle for cycle in breaks if cycle <= last), default=year[0])
    return tuple(cycle for cycle in year if cycle >= since)


def shown(change: Estimate) -> str:
    """Whether the panel's standard shows a change; nothing where it cannot be worked out."""
    if change.note:
        return ""
    return SHOWN if change.lower > 0 or change.upper < 0 else NOT_SHOWN
