"""The figures of the shared edition: service-wide, three cycles pooled, small counts protected before anything is told.

Nothing exact leaves this module. What is printed depends on the rounded counts alone, so that it cannot tell which of
several counts lies behind a rounded one (docs/decisions/016).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.actions.timeliness import due_in
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW, Figure, Names, several
from qa_analysis.measures.grades.windows import Window, graded_sides, windows
from qa_analysis.measures.populations import LEAD, SHARED
from qa_analysis.measures.shared_edition.clear_changes import clear_changes
from qa_analysis.measures.themes.in_audits import POLARITIES, audit_themes, in_order
from qa_analysis.protection import Protection

SMALL, FEW, ALMOST_ALL = "small, so not given", "few", "almost all"
ENGAGED: Final = "engaged"
NAN: Final = float("nan")


class Protected(NamedTuple):
    """A part of a whole as it may be told: rounded counts, a share in whole steps, or a word instead of it."""

    numerator: float
    denominator: float
    value: float
    word: str


@declares(
    Measure(
        "shared_audits",
        title="Audits in the shared edition",
        family=family.SHARED_EDITION,
        counts="headline audits of the last three cycles together, rounded to the nearest five",
        limits="audits of other routes are not in it; one to seven are not given",
        unit="audits",
    ),
    Measure(
        "shared_good_or_better",
        title="Good or better, rounded",
        family=family.SHARED_EDITION,
        counts="headline audits graded outstanding or good, of those graded, in the last three cycles together "
        "and in the three six months before, rounded to whole 5%",
        by="key_area",
        limits="the auditors' grades, not the panel's; no interval; two rounded shares may differ by five points "
        "where the exact ones hardly do",
        unit="share",
    ),
    Measure(
        "shared_verdict",
        title="Clear change since six months ago",
        family=family.SHARED_EDITION,
        counts="the word (in the note) for a grade that changed clearly between the last three cycles and the "
        "three six months before, with what qualifies it, without a number",
        by="key_area",
        limits="only where the change is clear at the worst of the counts that look like those printed; no "
        "figure means no more than that",
        unit="verdict",
        compares_periods=True,
    ),
    Measure(
        "shared_break",
        title="Change in the way of auditing since six months ago",
        family=family.SHARED_EDITION,
        counts="what changed in the way of auditing between the last three cycles and the three six months before, "
        "each reason by itself, without a number",
        by="reason",
        limits="no figure where no such change is known",
        unit="break",
    ),
    Measure(
        "shared_theme",
        title="Audits with a theme, rounded",
        family=family.SHARED_EDITION,
        counts="headline audits of the last three cycles together in which a theme of the codebook was found at "
        "least once, of all of them, strengths and areas for development apart, rounded to whole 5%",
        by="theme_code+polarity",
        limits="a theme found in under eight audits, in so few that the share rounds to zero, or in nearly all "
        "has no figure, like one not found; codes outside the codebook have none; no interval",
        unit="share",
    ),
    Measure(
        "shared_actions_in_time",
        title="Actions done in forty days, rounded",
        family=family.SHARED_EDITION,
        counts="actions completed by their 40th day, of those whose 40th day fell in the last three calendar "
        "months, rounded to whole 5%; the council's rules say whether calendar or working days count",
        limits="all actions, whatever they came from, not those of these audits; no interval",
        unit="share",
    ),
    Measure(
        "shared_families_spoken_to",
        title="Audits with a family spoken to, rounded",
        family=family.SHARED_EDITION,
        counts="headline audits of the last three cycles together in which a family member spoke with the "
        "auditor, of all of them, rounded to whole 5%",
        limits="only where family feedback was supplied; families who speak with us may differ from others; no "
        "interval",
        unit="share",
    ),
    Measure(
        "shared_moderated",
        title="Audits the panel graded too, rounded",
        family=family.SHARED_EDITION,
        counts="headline audits of the last three cycles together on which the panel decided by the as-at date, "
        "of all of them, rounded to whole 5%",
        limits="every route of moderation, so it is no measure of the random third; no interval",
        unit="share",
    ),
)
def shared(tables: Tables) -> list[Figure]:
    """What may be told to everyone of the last three cycles. One figure per question and group, none of a team."""
    window = windows(tables)[LEAD]
    graded = good_or_better(tables, window)
    return [
        count_told(tables, "shared_audits", len(window.now), period_of(window.now_cycles), unit="audits"),
        *graded,
        *clear_changes(tables, window, graded),
        *breaks(tables, window),
        *themes(tables, window),
        *actions_in_time(tables, window.now_cycles),
        *families_spoken_to(tables, window),
        *moderated(tables, window),
    ]


def protected_count(tally: int, held: Protection) -> float:
    """The count as it may be told: zero as it is, a small one not at all, any other to the nearest step."""
    return NAN if 0 < tally <= held.hidden_to else float(held.rounded(tally))


def protected_share(part: int, whole: int, held: Protection) -> Protected:
    """A part of a whole as it may be told. Whether it may is judged by the rounded counts, never by the exact ones."""
    counted, every = protected_count(part, held), protected_count(whole, held)
    if not every >= held.share_from:
        return Protected(NAN, every, NAN, TOO_FEW)
    if not counted > 0:
        return Protected(NAN, every, NAN, FEW)
    steps = int((200 * counted + held.share_step * every) // (2 * held.share_step * every))
    if counted == every or steps * held.share_step >= 100:
        return Protected(NAN, every, NAN, ALMOST_ALL)
    return Protected(counted, every, steps * held.share_step / 100, "") if steps else Protected(NAN, every, NAN, FEW)


def good_or_better(tables: Tables, window: Window) -> list[Figure]:
    """The share graded good or better now and six months ago, overall and by key area. One figure per side and area."""
    return [
        share_told(tables, "shared_good_or_better", int(side["is_good"].sum()), len(side), period_of(cycles),
               by=by, group=group)
        for (by, group), _, now, then in graded_sides(tables, window)
        for side, cycles in ((now, window.now_cycles), (then, window.then_cycles))
        if len(side)
    ]  # fmt: skip


def breaks(tables: Tables, window: Window) -> list[Figure]:
    """What changed in the way of auditing since six months ago. One figure per reason, without a number."""
    told = _figure(tables, "shared_break", period_of(window.now_cycles), unit="break").but(by=("reason",))
    return [told.but(group=(reason,)) for reason in window.breaks]


def themes(tables: Tables, window: Window) -> list[Figure]:
    """The share of audits with each prompt of the codebook, as a strength or for development. One figure per theme.

    A theme found too seldom to be told has no figure, like one that was not found: neither can be told from the other.
    A code that is not in the codebook has none either, since a council's own code may be a family's own story.
    """
    rows = [
        share_told(tables, "shared_theme", int(tally), len(window.now), period_of(window.now_cycles),
               by=("theme_code", "polarity"), group=(code, polarity))
        for polarity in POLARITIES
        for code, tally in _in_audits(tables, window.now, polarity).items()
    ]  # fmt: skip
    return [row for row in rows if row.is_given]


def actions_in_time(tables: Tables, cycles: tuple[str, ...]) -> list[Figure]:
    """Of the actions that reached their fortieth day in these months, the share completed by then. One figure."""
    due = due_in(tables, cycles)
    return [share_told(tables, "shared_actions_in_time", int(due["is_in_time"].sum()), len(due), period_of(cycles))]


def families_spoken_to(tables: Tables, window: Window) -> list[Figure]:
    """The share of audits in which a family member spoke with the auditor. One figure, where feedback was supplied."""
    feedback = tables.optional("family_feedback")
    if feedback is None:
        return []
    engaged = feedback.loc[feedback["contacted_on"].notna() & (feedback["outcome"] == ENGAGED), "audit_id"]
    return [_of_audits(tables, "shared_families_spoken_to", window, engaged)]


def moderated(tables: Tables, window: Window) -> list[Figure]:
    """The share of audits that the panel graded too, by whatever route. One figure, where decisions were supplied."""
    if tables.optional("moderations") is None:
        return []
    return [_of_audits(tables, "shared_moderated", window, tables.moderations["audit_id"])]


def _of_audits(tables: Tables, measure: str, window: Window, audit_ids: Series) -> Figure:
    held = int(window.now["audit_id"].isin(audit_ids).sum())
    return share_told(tables, measure, held, len(window.now), period_of(window.now_cycles))


def _in_audits(tables: Tables, audits: DataFrame, polarity: str) -> Mapping[str, int]:
    """In how many audits each prompt of the codebook was found, in the framework's order."""
    tallies = audit_themes(tables, audits, polarity)["theme_code"].value_counts()
    known = [code for code in tallies.index if code in tables.rules.codebook]
    return {code: int(tallies[code]) for code in in_order(known, tables.rules)}


def count_told(
    tables: Tables, measure: str, tally: int, period: str, *, unit: str, by: Names = (), group: Names = ()
) -> Figure:  # fmt: skip
    """A count as it may be told. One figure."""
    told = _figure(tables, measure, period, unit=unit).but(value=protected_count(tally, tables.rules.shared_edition))
    return told.but(by=several(by), group=several(group)).judged("" if told.is_given else SMALL)


def share_told(
    tables: Tables, measure: str, part: int, whole: int, period: str, *, by: Names = (), group: Names = ()
) -> Figure:
    """A part of a whole as it may be told. One figure."""
    numerator, denominator, value, word = protected_share(part, whole, tables.rules.shared_edition)
    told = _figure(tables, measure, period, unit="share").but(by=several(by), group=several(group))
    return told.but(numerator=numerator, denominator=denominator, value=value).judged(word)


def _figure(tables: Tables, measure: str, period: str, *, unit: str) -> Figure:
    """What all figures of the edition say of themselves."""
    held = tables.rules.shared_edition
    method = f"rounded to the nearest {held.nearest}, one to {held.hidden_to} not given"
    return Figure(measure=measure, period=period, population=SHARED, unit=unit, method=method)
