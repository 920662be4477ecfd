"""Which themes keep coming up, which have begun to, and which are going away."""

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import BREAKS_BY, across, breaks_between
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, count, estimated
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.measures.themes.in_audits import POLARITIES, Found, Shift, Side, cycles_back, found, shifts

PERSISTENT, EMERGING, FADING, NO_COURSE = "persistent", "emerging", "fading", "no clear change"

CYCLES_BEFORE = 12  # the last three cycles are held against the year before them: no cycle is in both
FEWEST_CYCLES_BEFORE = 6  # with fewer cycles before, "new" could mean only that nobody had looked
NEW_FACTOR = 2.0  # emerging is at least twice as common as before, fading at most half: less is a change, not a course
PERSISTENT_SHARE = 0.10  # of the year's headline audits: one in ten
PERSISTENT_CYCLES = 0.75  # of the year's cycles with headline audits: nine of twelve


@declares(
    Measure(
        "theme_emergence",
        title="Change of a theme against the year before",
        family=family.FINDINGS,
        counts="the share of headline audits with a theme in the last three cycles, less that in the twelve "
        "cycles before; the note says whether it is emerging or fading",
        by="theme_code+polarity",
        limits="a theme found in five audits on neither side has no figure; no figure where under six of the "
        "twelve cycles before had headline audits; under ten audits on either side are too few to judge; a change "
        "of form, of auditors or of audit themes in between is among the reasons",
        unit="difference of shares",
        compares_periods=True,
    ),
    Measure(
        "theme_cycles",
        title="Cycles with a theme",
        family=family.FINDINGS,
        counts="cycles of the last twelve in which a theme was found in a headline audit, beside the number of "
        "cycles with such audits; the note says whether it is persistent",
        by="theme_code+polarity",
        limits="persistent is a level, no change",
        unit="cycles",
    ),
    needs=("findings",),
)
def theme_course(tables: Tables) -> list[Figure]:
    """Each theme's way over the last cycles. One figure per theme and question, strengths and developments apart."""
    looked_at = cycles_back(tables, CYCLES_BEFORE + POOLED_CYCLES)
    return [
        row
        for polarity in POLARITIES
        for held in [found(tables, polarity, looked_at)]
        for row in [*emergence(tables, held, polarity), *persistence(tables, held, polarity)]
    ]


def emergence(tables: Tables, held: Found, polarity: str) -> list[Figure]:
    """The share of audits with each theme in the last three cycles, less that in the twelve before."""
    recent = cycles_back(tables, POOLED_CYCLES)
    before = cycles_back(tables, CYCLES_BEFORE, back=POOLED_CYCLES)
    if sum(month in held.audits.index for month in before) < FEWEST_CYCLES_BEFORE:
        return []
    now, then = held.over(recent), held.over(before)
    against = f"{period_of(recent)} less {period_of(before)}"
    is_few = min(now.audits, then.audits) < tables.rules.verdict_from
    audits = [headline_audits(tables, months=cycles, columns=BREAKS_BY) for cycles in (recent, before)]
    breaks = breaks_between(tables, *audits)
    return [
        across(
            estimated(
                "theme_emergence", shift.difference, period=tables.month, population=HEADLINE,
                unit="difference of shares", by=("theme_code", "polarity"), group=(code, polarity),
            )
            .but(method=f"{shift.difference.method}; {against}")
            .judged(TOO_FEW_TO_JUDGE if is_few else course(code, shift, now, then)),
            breaks,
        )
        for code, shift in shifts(now, then).items()
    ]  # fmt: skip


def course(code: str, shift: Shift, now: Side, then: Side) -> str:
    """Emerging, fading, or neither."""
    share_now, share_then = (side.themes.get(code, 0) / side.audits for side in (now, then))
    if shift.is_clear and share_now >= NEW_FACTOR * share_then:
        return EMERGING
    return FADING if shift.is_clear and share_then >= NEW_FACTOR * share_now else NO_COURSE


def persistence(tables: Tables, held: Found, polarity: str) -> list[Figure]:
    """In how many of the year's cycles each theme was found, and whether it keeps coming up."""
    year = [month for month in tables.rolling_cycles if month in held.audits.index]
    audits, themes = held.over(year)
    cycles = (held.themes.loc[year] > 0).sum()
    return [
        count(
            "theme_cycles", int(cycles[code]), period=period_of(tables.rolling_cycles), population=HEADLINE,
            unit="cycles", by=("theme_code", "polarity"), group=(code, polarity),
        )
        .but(denominator=len(year))
        .judged(PERSISTENT if is_persistent(tally, audits, int(cycles[code]), len(year)) else "")
        for code, tally in themes.items()
        if tally
    ]  # fmt: skip


def is_persistent(audits_with: int, audits: int, cycles_with: int, cycles: int) -> bool:
    """Found in one audit of ten over the year, and in three of every four cycles, of at least half a year of cycles."""
    return (
        cycles >= FEWEST_CYCLES_BEFORE
        and cycles_with >= PERSISTENT_CYCLES * cycles
        and audits_with >= PERSISTENT_SHARE * audits
    )
