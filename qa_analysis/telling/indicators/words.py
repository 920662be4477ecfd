"""How the report on performance says a figure, its target, its signal, and how much of it all is chance."""

from qa_analysis.dates import month_name
from qa_analysis.english import agreeing, at_first, counted, in_letters
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.month.month import Month
from qa_analysis.telling.indicators.watched import Watched
from qa_analysis.telling.wording import percent

IN_LETTERS = 10
POOLED = {3: "a quarter", 6: "half a year", 12: "a year", 24: "two years"}


def latest(one: Watched, month: str) -> str:
    """The newest figure with its n: "87% (72 of 83)"; an earlier month is named, and why there is none of this one."""
    newest = one.newest
    if newest is None:
        return at_first(one.months[-1].note) if one.months else "Not supplied"
    said = value(newest)
    if newest.period == month:
        return said
    why = next((figure.note for figure in one.months if figure.period == month), "not supplied")
    return f"{at_first(why)}. {month_name(newest.period)}: {said}"


def value(figure: Figure) -> str:
    """A figure in its unit, with what it is out of: "87% (72 of 83)", "96.1 (550 of 57,203)"."""
    has_cases = figure.denominator == figure.denominator
    counts = f"{figure.numerator:,.0f} of {figure.denominator:,.0f}" if has_cases else ""
    if figure.verdict == TOO_FEW:
        return counts
    number = percent(figure.value) if figure.unit == "share" else plain(figure.value)
    return f"{number} ({counts or 'number of cases not supplied'})"


def plain(number: float) -> str:
    """A number that is no share, with one decimal where it has any."""
    return f"{number:,.0f}" if number == round(number) else f"{number:,.1f}"


def target(one: Watched) -> str:
    """The council's target and whether the usual range clears it: "85%: met in some months"."""
    if one.target is None:
        return "None"
    number = percent(one.target.value) if one.target.unit == "share" else plain(one.target.value)
    return f"{number}: {one.target.verdict}"


def travel(one: Watched) -> str:
    """The signal, and where no month could show an improvement, that and what could."""
    said = at_first(one.signal)
    if one.pooling is None or not one.pooling.is_given:
        return said
    months = int(one.pooling.value)
    if not months:
        return f"{said}. No month could show an improvement, nor two years together"
    return f"{said}. No single month could show an improvement; {POOLED[months]} together could"


def look_sentence(need: int) -> str:
    """How many figures need a look, in letters: it is how the page is sorted, and no figure of its own."""
    if not need:
        return "No figure needs a look first."
    many = at_first(in_letters(need)) if need <= IN_LETTERS else f"More than {in_letters(IN_LETTERS)}"
    return f"{many} {agreeing(need, 'figure needs', 'figures need')} a look first."


def chance_sentence(month: Month, level: str = "whole") -> str:
    """How many of the figures show a signal, and how many would by chance alone."""
    found, by_chance = (
        month.figure(name, by="level", group=level, period=month.month) for name in ("signals", "signals_by_chance")
    )
    if found is None or by_chance is None or not found.denominator > 0:
        return ""
    watched, shown = counted(found.denominator, "figure"), int(found.value)
    expected = round(by_chance.value)
    judged = f"{watched} could be judged and {shown or 'none'} {agreeing(shown or 1, 'shows', 'show')} a signal"
    if not shown:
        return f"{judged}."
    if expected >= shown:
        return f"{judged}: no more than chance alone would give if nothing had changed."
    if not expected:
        return f"{judged}. Chance alone would give fewer than one."
    is_likely = f"{agreeing(expected, 'is', 'are')} likely to be chance alone"
    return f"{judged}. About {in_letters(expected)} of these {shown} {is_likely}."


def provisional_sentence(every: list[Watched]) -> str:
    """Which months may still change: the newest, until figures published before have shown how they settle."""
    settled = sum(one.provisional == 0 for one in every)
    longest = max((one.provisional for one in every), default=1)
    if settled and settled == len(every):
        return "Figures have hardly moved once published, so the newest month is settled too."
    months = "newest month is" if longest <= 1 else f"newest {in_letters(longest)} months are"
    kept = f", except for {counted(settled, 'figure')} that hardly moved once published" if settled else ""
    moved = " for figures that late records still move" if longest > 1 else ""
    return f"The {months} provisional{moved}{kept}."


def alt_of(some: list[Watched]) -> str:
    """What the small pictures show, for readers who cannot see them: each line with its signal."""
    return "; ".join(f"{one.name}: {one.signal}{f' since {one.since}' if one.since else ''}" for one in some)
