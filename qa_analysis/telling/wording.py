"""Figures as sentences: one claim each, with its number, denominator, interval and what it does not show.

Every number comes from the measures; a test reads the published sentences and looks each one up (docs/decisions).
"""

import re

from qa_analysis.dates import month_name, months_up_to, period_of, span_name
from qa_analysis.english import agreeing, counted, in_letters, listed, with_minus
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import LEAD, random_third
from qa_analysis.month.month import Month

_SEVERAL_CYCLES = re.compile(rf"\b({'|'.join(map(in_letters, range(2, 13)))}|\d+) cycles\b", re.IGNORECASE)
TOO_FEW_TO_SHOW = "too few to show"


def percent(share: float) -> str:
    """A share as a whole percentage: 39%."""
    return f"{100 * share:.0f}%"


def points(difference: float) -> str:
    """A difference of shares in whole percentage points, without its sign."""
    return counted(round(abs(100 * difference)), "percentage point")


def of_whole(figure: Figure, one: str = "", many: str = "") -> str:
    """A part and its whole: "15 of 38 audits"; where they are kept back, that the number is too small to show."""
    if figure.is_withheld:
        return f"a number of {many or f'{one}s'} too small to show" if one else TOO_FEW_TO_SHOW
    whole = counted(figure.denominator, one, many) if one else f"{figure.denominator:,}"
    return f"{figure.numerator:,} of {whole}"


def tally(figure: Figure | None) -> str:
    """A count in a cell: "1,204"; 0 where there is none, and no nought where it is kept back."""
    if figure is None:
        return "0"
    return f"{figure.value:,.0f}" if figure.is_given else TOO_FEW_TO_SHOW


def share_of(figure: Figure, one: str = "", many: str = "", *, first: bool = False) -> str:
    """A share in words: "15 of 38 headline audits (39%, 26% to 55%)"; under five the count alone.

    The noun is given in the singular, and in the plural where that is not the singular with an s.
    """
    said = of_whole(figure, one, many)
    if figure.verdict == TOO_FEW:
        return said
    return f"{said} ({percent(figure.value)}, {interval(figure, first=first)})"


def percent_of(figure: Figure, one: str, many: str = "") -> str:
    """A share before its noun: "45% of audits"; under five the count, "3 of 4 audits"."""
    if figure.verdict == TOO_FEW:
        return share_of(figure, one, many)
    return f"{percent(figure.value)} of {many or f'{one}s'}"


def cases(figure: Figure, *, first: bool = False) -> str:
    """What a percentage rests on, in brackets: " (17 of 38; 30% to 60%)"; nothing where the count was said."""
    if figure.verdict == TOO_FEW:
        return ""
    return f" ({figure.numerator:,} of {figure.denominator:,}; {interval(figure, first=first)})"


def part_of(figure: Figure, one: str, many: str = "", *, first: bool = False) -> str:
    """How many of a kind, the percentage first: "45% of audits (17 of 38; 30% to 60%)"; under five the count alone."""
    return f"{percent_of(figure, one, many)}{cases(figure, first=first)}"


def interval(figure: Figure, *, first: bool = False) -> str:
    """Where the true share probably lies; spelt out the first time a reader meets one."""
    if first:
        return f"likely range {percent(figure.lower)} to {percent(figure.upper)}"
    return f"{percent(figure.lower)} to {percent(figure.upper)}"


def compared_periods(month: Month) -> tuple[str, str]:
    """The two periods of the comparison that carries the verdicts, in words: the later one first."""
    earlier = month.rules.cycle_before(month.month)
    now, then = (month.rules.cycles_up_to(last, POOLED_CYCLES) for last in (month.month, earlier))
    return span_name(period_of(now)), span_name(period_of(then)) if then else "no cycle"


def missing_before(month: Month) -> list[str]:
    """What the earlier side of that comparison lacks, as a sentence; nothing where none or all of it is there."""
    every = months_up_to(month.rules.cycle_before(month.month), POOLED_CYCLES)
    cycles = [cycle for cycle in every if month.rules.cadence.has_cycle(cycle)]
    audited = month.over_time("good_or_better", periods=cycles)
    held = sorted(set(audited.loc[audited["denominator"] > 0, "period"]))
    if len(held) in (0, len(cycles)):
        return []
    names, has = listed([month_name(cycle) for cycle in held]), agreeing(len(held), "has", "have")
    return [
        f"Of the {in_letters(len(cycles))} cycles six months before, only {names} {has} headline audits: the earlier "
        "side of the comparison rests on these alone."
    ]


def all_cycles(month: Month) -> str:
    """The year in a sentence: "twelve cycles"; of a council that has just begun "the first seven cycles"."""
    return _cycles(month, "")


def no_place_year() -> str:
    """Why nothing is told of a service or a team yet."""
    return "Services and teams are told of once the council has audited for a whole year to the end of a quarter."


def last_cycles(month: Month) -> str:
    """The same with its article: "the last twelve cycles", or "the first seven cycles"."""
    return _cycles(month, "the last ")


def _cycles(month: Month, article: str) -> str:
    held = month.rules.rolling_cycles
    is_whole = month.rules.first_cycle < month.cycles[0]
    word = "cycle" if month.rules.cadence.is_monthly(month.month) else "month"
    noun = agreeing(held, word, f"{word}s")
    return (
        f"{article}{in_letters(held)} {noun}"
        if is_whole
        else f"the first {'' if held == 1 else in_letters(held) + ' '}{noun}"
    )


def by_cadence(month: Month, text: str) -> str:
    """A text that counts several cycles, as a council reads it whose cycles are not a month long: it counts months."""
    if month.rules.cadence.is_monthly(month.month):
        return text
    return _SEVERAL_CYCLES.sub(r"\1 months", text)


def watch(change: Figure) -> str:
    """A drop that would count on its own is worth a look, though not among seven grades: missing one costs more."""
    return ", but a possible deterioration to look into" if change.upper < 0 else ""


def change_in_points(change: Figure) -> str:
    """A difference of shares in words, with its interval: "down 17 percentage points; range −27 to −6"."""
    return f"{'up' if change.value >= 0 else 'down'} {points(change.value)}; range {signed(change)}"


def signed(change: Figure) -> str:
    """An interval of a difference, in points: "−10 to 33"."""
    return f"{in_points(change.lower)} to {in_points(change.upper)}"


def in_points(difference: float) -> str:
    """A difference of shares as a whole number of percentage points with its sign: "−9", "0", "+4"."""
    whole = round(100 * difference)
    return with_minus(f"{whole:+d}") if whole else "0"


def difference_of(gap: Figure) -> str:
    """A difference of shares with its sign and interval: "−9 percentage points (−15 to −4)"."""
    noun = agreeing(abs(round(100 * gap.value)), "percentage point", "percentage points")
    return f"{in_points(gap.value)} {noun} ({signed(gap)})"


def area_change(month: Month, area: str) -> Figure | None:
    """How far one key area moved, in the comparison that carries the verdict."""
    return month.figure("loop_difference", by="key_area", group=area, population=LEAD)


def of_all(month: Month) -> str:
    """What the panel would have said of all the month's headline audits; nothing where that cannot be estimated."""
    found, graded = month.figure("good_or_better_adjusted"), month.figure("good_or_better")
    if found is None or found.is_doubtful or not found.is_given:
        return ""
    against = f", against {percent(graded.value)} as graded by auditors" if graded and not graded.is_doubtful else ""
    return (
        f"If every audit had been moderated, we estimate {percent(found.value)} would be good or better "
        f"({interval(found, first=True)}){against}."
    )


def year_agreement(month: Month) -> str:
    """How far the panel upheld the grades of randomly selected audits over the year."""
    year = month.figure("agreement_exact", period=month.year, population=random_third(month.rules))
    if year is None or not year.denominator > 0:
        return "No randomly selected audit was moderated this year."
    grades = counted(year.denominator, "grade")
    upheld = f"Over {all_cycles(month)} the panel upheld {year.numerator} of {grades} of randomly selected audits"
    if year.denominator < month.rules.percentage_from:
        return f"{upheld}: too few to say how far auditors and panel agree."
    return f"{upheld} ({percent(year.value)}, {interval(year)})."


def about_safeguarding(month: Month) -> str:
    """How many overdue actions are about safeguarding; that it is not recorded is not that there are none."""
    found = month.figure("actions_overdue_safeguarding")
    if found is None:
        return "whether about safeguarding is not recorded"
    return f"{or_none(int(found.value))} of them about safeguarding"


def or_none(tally: float) -> str:
    """A count in a sentence: "none" for 0."""
    return str(tally) if tally else "none"


def were(figure: Figure) -> str:
    """The verb that follows a share: "1 of 38 audits was", "15 of 38 audits were"."""
    return agreeing(figure.numerator, "was", "were")


def in_time(within: Figure, *, days: str, first: bool = False) -> str:
    """How many actions were completed within so many days, of those completed or open for longer."""
    return f"{percent_of(within, 'action')} {were(within)} completed within {days}{cases(within, first=first)}"
