"""What may be claimed of a change, in words: the same in every edition, whoever reads it (docs/decisions/019).

The claims are decided in `measures.closing_the_loop.verdicts`; here they are only said. Whether a month lies outside
its usual range is another question, and is worded so that nobody takes it for the answer to the first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first, listed
from qa_analysis.measures.audits.breaks import NOT_COMPARABLE
from qa_analysis.measures.closing_the_loop.verdicts import (
    EMBEDDED,
    IMPROVING,
    NOT_THE_SAME_AUDITORS,
    SAME_AUDITORS_DOUBT,
    WORSE,
    WORTH_TELLING,
    Claim,
)
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, figures_of
from qa_analysis.measures.grades.trends import ABOVE, BELOW, WITHIN
from qa_analysis.measures.populations import LEAD
from qa_analysis.measures.shared_edition.clear_changes import OTHER_AUDITORS
from qa_analysis.month.month import Month

OF_AUDITORS: Final = (NOT_THE_SAME_AUDITORS, SAME_AUDITORS_DOUBT, OTHER_AUDITORS)
HIGHER, LOWER = "higher than six months ago", "lower than six months ago"
QUALIFIED: Final[Mapping[str, str]] = MappingProxyType(  # a claim that is not like for like is of grades, not practice
    {IMPROVING: HIGHER, EMBEDDED: HIGHER, WORSE: LOWER}
)
WAYS: Final[Mapping[str, int]] = MappingProxyType({ABOVE: 1, BELOW: -1, IMPROVING: 1, EMBEDDED: 1, WORSE: -1})
OVERALL: Final = "overall grades"


def in_words(figure: Figure, *, more: str = "") -> str:
    """A claim in a sentence or two, without the last full stop: "no clear evidence of change".

    With what qualifies it: "lower than six months ago. The audit form changed in January 2024, so the two are not
    directly comparable, but moderated grades show the same fall". `more` follows the verdict itself.
    """
    claim = Claim.of(figure)
    if not claim.reasons:
        return f"{claim.verdict}{more}"
    same = f", but moderated grades show the same {'fall' if claim.verdict == WORSE else 'rise'}"
    return f"{_word(claim)}{more}. {reserve(claim.reasons)}{same if claim.is_borne_out else ''}"


def in_short(figure: Figure) -> str:
    """A claim for a title or beside a dot: "lower than six months ago, not directly comparable"."""
    claim = Claim.of(figure)
    return f"{_word(claim)}, {NOT_COMPARABLE}" if claim.reasons else claim.verdict


def _word(claim: Claim) -> str:
    """The verdict; one that is qualified says which way the grades went, and not that practice did."""
    return QUALIFIED.get(claim.verdict, claim.verdict) if claim.reasons else claim.verdict


def reserve(reasons: Sequence[str]) -> str:
    """What qualifies a comparison, as a sentence without its full stop."""
    so = "the auditors may be the reason" if set(reasons) <= set(OF_AUDITORS) else f"the two are {NOT_COMPARABLE}"
    return f"{at_first(listed(reasons))}, so {so}"


def reserve_of(figures: Iterable[Figure]) -> str:
    """What qualifies several comparisons together, each reason once; nothing where none is qualified.

    A comparison that gives no number, but the reason why there is none, is not among them.
    """
    given = [figure for figure in figures if figure.is_given]
    reasons = list(dict.fromkeys(reason for figure in given for reason in figure.reasons))
    return reserve(reasons) if reasons else ""


def areas_claimed(month: Month) -> dict[str, Figure]:
    """What may be claimed of each key area, by its code."""
    found = figures_of(month.figures("loop_verdict", by="key_area", population=LEAD))
    return {area: claim for claim in found for area in claim.group}


def title_of(said: Mapping[str, Figure], *, of: str = "") -> str:
    """What may be claimed of several grades, by their names, as the finding of a picture; `of` names them together."""
    claimed = [f"{title}: {in_short(claim)}" for title, claim in said.items() if claim.verdict in WORTH_TELLING]
    if claimed:
        return "; ".join(claimed)
    finding = f"{unclaimed(said)} since six months ago"
    if reserve_of(said.values()):
        finding = f"{finding}, {NOT_COMPARABLE}"
    return f"{of}: {finding}" if of else at_first(finding)


def unclaimed(said: Mapping[str, Figure]) -> str:
    """What is said of grades of which none is claimed to have changed: one verdict, or how many have which."""
    if are_too_few(said):
        return "too few audits to judge a change"
    tallies = Counter(claim.verdict for claim in said.values())
    if len(tallies) == 1:
        return next(iter(tallies))
    return listed([f"{verdict} in {tally}" for verdict, tally in tallies.items()])


def are_too_few(said: Mapping[str, Figure]) -> bool:
    """Whether no grade has enough audits to be judged."""
    return all(claim.verdict == TOO_FEW_TO_JUDGE for claim in said.values())


def run_chart_title(month: Month, *, grades: str = OVERALL) -> str:
    """What the run chart shows, said as a finding: of months and their usual range, never of a change of practice."""
    newest = _newest(month)
    return f"{at_first(grades)} by month: {_finding(month, newest) if newest else _no_range(month)}"


def _finding(month: Month, newest: Figure) -> str:
    """Whether any month since the last break lies outside its usual range; if any does, where the newest lies."""
    if newest.verdict == TOO_FEW_TO_JUDGE:
        return f"{TOO_FEW_TO_JUDGE} {month_name(month.month)}"
    points = _stretch(month)
    if newest.verdict == WITHIN and not points["verdict"].isin([ABOVE, BELOW]).any():
        return f"none outside the usual range since {month_name(points['period'].iloc[0])}"
    return f"{_when(newest)} {newest.verdict}"


def _no_range(month: Month) -> str:
    breaks = breaks_drawn(month)
    if not breaks:
        return "too few audits yet to know the usual range"
    last = max(breaks)
    return f"too few audits since {breaks[last]} in {month_name(last)} to know the usual range"


def run_chart_sentences(month: Month, claim: Figure | None) -> list[str]:
    """What so few audits cannot show by month, and what sets the run chart apart from the claim of a change."""
    return [*_mute(month), *_apart(month, claim)]


def _mute(month: Month) -> list[str]:
    """That no single month could lie above its usual range, or below it, and what the quarter shows instead."""
    quarter, newest = _quarter(month), month.figure("run_chart")
    if quarter is None or newest is None:
        return []
    shows = [name for name, is_mute in (("improvement", newest.upper >= 1), ("decline", newest.lower <= 0)) if is_mute]
    points, by_month = _stretch(month), f"With {newest.denominator} audits, {month_name(month.month)} alone could not"
    ends = [end for end, at in (("upper", newest.upper >= 1), ("lower", newest.lower <= 0)) if at]
    if all(points[end].isin([0, 1]).all() for end in ends):
        by_month = f"With about {points['denominator'].median():.0f} audits a month no single month could"
    graded = f"{quarter.numerator} of {quarter.denominator} audits were graded good or better"
    return [
        f"{by_month} show {listed(shows, ' or ')}; quarters are compared instead. From {_when(quarter)}, {graded}, "
        f"{quarter.verdict}."
    ]


def _apart(month: Month, claim: Figure | None) -> list[str]:
    """One sentence that holds the two questions apart, where their answers point different ways."""
    newest = _newest(month)
    if newest is None or claim is None or TOO_FEW_TO_JUDGE in (newest.verdict, claim.verdict):
        return []
    if WAYS.get(newest.verdict, 0) == WAYS.get(claim.verdict, 0):
        return []
    return [
        f"{_when(newest)} by itself was {newest.verdict}; whether practice changed is another question, answered by "
        f"comparing three months with the same three half a year earlier: {in_short(claim)}."
    ]


def _newest(month: Month) -> Figure | None:
    """The newest month against its usual range; the quarter where that alone lies outside."""
    newest, quarter = month.figure("run_chart"), _quarter(month)
    is_plain = newest is not None and newest.verdict not in (ABOVE, BELOW)
    return quarter if quarter is not None and is_plain and quarter.verdict in (ABOVE, BELOW) else newest


def _quarter(month: Month) -> Figure | None:
    found = figures_of(month.over_time("run_chart_quarter"))
    return found[-1] if found else None


def _stretch(month: Month) -> DataFrame:
    """The months with a usual range since the last break. One row per month."""
    points = month.over_time("run_chart").sort_values("period")
    breaks = month.over_time("run_chart_break", by="reason")["period"]
    return points[points["period"] >= max(breaks, default="")]


def _when(figure: Figure) -> str:
    """A month, or the months from first to last: "April 2024 to June 2024"."""
    return " to ".join(month_name(cycle) for cycle in dict.fromkeys(figure.period.split("/")))


def breaks_drawn(month: Month) -> dict[str, str]:
    """The cycles from which on the data mean something else, each with the words for it."""
    found: dict[str, list[str]] = {}
    for figure in figures_of(month.over_time("run_chart_break", by="reason")):
        found.setdefault(figure.period, []).extend(figure.group)
    return {cycle: listed(names) for cycle, names in found.items()}
