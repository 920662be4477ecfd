"""How far auditors' grades lie above what the panel would have given, over the month and the year."""

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, estimated
from qa_analysis.measures.grades.grades import areas, graded
from qa_analysis.measures.moderation.panel_view import by_panel, less
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.stats.proportions import wilson


@declares(
    Measure(
        "good_or_better_auditors_less_panel",
        title="Good or better as graded, less by the panel's standard",
        family=family.MODERATION,
        counts="the share of headline audits that auditors graded outstanding or good, less the share that the panel "
        "would have called so if every audit had been moderated, in the month and in twelve cycles; above zero "
        "auditors grade more generously",
        by="key_area",
        limits="no value where there is too little moderation to correct with; both shares are of the same audits, "
        "which is not taken off, so the interval is wide rather than narrow; a panel that saw the auditor's grade "
        "corrects too little, so the difference is rather too small",
        unit="difference of shares",
    ),
    needs=("moderations",),
)
def panel_gap(tables: Tables) -> list[Figure]:
    """Auditors' share good or better less the panel's, for the month and the year. One figure per period and area."""
    year = tables.rolling_cycles
    return [row for months in ((tables.month,), year) for row in _gaps(tables, months, habit_cycles=year)]


def _gaps(tables: Tables, months: tuple[str, ...], *, habit_cycles: tuple[str, ...]) -> list[Figure]:
    """The difference of each area; nothing where no audit was graded in it."""
    columns, panel = areas(tables.rules), by_panel(tables, months, habit_cycles=habit_cycles)
    audits = headline_audits(tables, months=months, columns=tuple(columns.values()))
    good = {area: graded(audits[[column]], column, tables.rules)["is_good"] for area, column in columns.items()}
    return [
        estimated(
            "good_or_better_auditors_less_panel", less(wilson(int(some.sum()), len(some)), panel[by, group]),
            unit="difference of shares", period=period_of(months), population=HEADLINE, by=by, group=group,
        ).but(denominator=len(some))
        for (by, group), some in good.items()
        if len(some)
    ]  # fmt: skip
