"""Which themes are more or less common than six months earlier."""

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import BREAKS_BY, across, breaks_between
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, estimated
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import ALL_AUDITS, POOLED
from qa_analysis.measures.themes.in_audits import POLARITIES, Shift, cycles_back, cycles_then, found, shifts

MORE, LESS, NO_CHANGE = "more common", "less common", "no clear change"


@declares(
    Measure(
        "theme_change",
        title="Change of a theme in six months",
        family=family.FINDINGS,
        counts="the share of headline audits with a theme, less that of six months earlier, for the month's "
        "cycle and for three cycles pooled; the note says whether it is more or less common",
        by="theme_code+polarity",
        limits="a theme found in five audits on neither side has no figure; under ten audits on either side are "
        "too few to judge; a change of form, of auditors or of audit themes in between is among the reasons",
        unit="difference of shares",
        compares_periods=True,
    ),
    needs=("findings",),
)
def theme_change(tables: Tables) -> list[Figure]:
    """Each theme's share of headline audits less that of six months earlier: the month's, and three cycles pooled.

    One figure per theme with at least five audits on either side; strengths and developments are judged apart.
    """
    return [
        row
        for population, cycles in ((ALL_AUDITS, 1), (POOLED, POOLED_CYCLES))
        for polarity in POLARITIES
        for row in changed(tables, cycles_back(tables, cycles), cycles_then(tables, cycles), polarity, population)
    ]


def changed(
    tables: Tables, months: tuple[str, ...], before: tuple[str, ...], polarity: str, population: str
) -> list[Figure]:
    """The differences between two sets of cycles, each with what may be said of it."""
    held = found(tables, polarity, (*before, *months))
    now, then = held.over(months), held.over(before)
    against = f"{period_of(months)} less {period_of(before)}"
    audits = [headline_audits(tables, months=cycles, columns=BREAKS_BY) for cycles in (months, before)]
    breaks = breaks_between(tables, *audits)
    return [
        across(
            estimated(
                "theme_change", shift.difference, period=tables.month, population=population,
                unit="difference of shares", by=("theme_code", "polarity"), group=(code, polarity),
            )
            .but(method=f"{shift.difference.method}; {against}")
            .judged(said(shift, min(now.audits, then.audits), tables)),
            breaks,
        )
        for code, shift in shifts(now, then).items()
    ]  # fmt: skip


def said(shift: Shift, fewest: int, tables: Tables) -> str:
    """More common, less common, no clear change; or too few audits to judge."""
    if fewest < tables.rules.verdict_from:
        return TOO_FEW_TO_JUDGE
    return (MORE if shift.difference.value > 0 else LESS) if shift.is_clear else NO_CHANGE
