"""The tables of the annual review, ready to be shown, and the promises behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pandas import DataFrame

from qa_analysis.dates import day_name
from qa_analysis.english import at_first
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.figure import TOO_FEW, Figure, figures_of, joined
from qa_analysis.measures.framework_review.kept import MEASURES, PROMISE
from qa_analysis.measures.framework_review.promise import KEPT, NOT_KEPT, NOT_KNOWN, Promise
from qa_analysis.measures.framework_review.promises import PROMISES, by_code
from qa_analysis.month.month import Month
from qa_analysis.plans import Priority
from qa_analysis.telling.promises import value_words
from qa_analysis.telling.wording import TOO_FEW_TO_SHOW, interval, of_whole, percent, share_of

NUMBERS = ["Kept", "Not kept", "Not known", "Cases"]


@dataclass(frozen=True)
class Told:
    """One promise with its three classes over the year; without figures where no extract tells of it."""

    promise: Promise
    kept: Figure | None
    not_kept: Figure | None
    not_known: Figure | None

    @property
    def has_cases(self) -> bool:
        """Whether there was anything in the year that it could have been kept in, and it may be shown."""
        return self.kept is not None and self.kept.denominator > 0

    @property
    def is_idle(self) -> bool:
        """Whether extracts tell of it and there was nothing in the year that it could have been kept in."""
        return self.kept is not None and self.kept.denominator == 0

    @property
    def cases(self) -> int:
        """How many cases there were."""
        return int(self.kept.denominator) if self.kept and self.has_cases else 0

    @property
    def unknown(self) -> int:
        """Of how many nobody can say."""
        return int(self.not_known.numerator) if self.not_known and self.has_cases else 0

    @property
    def missed(self) -> int:
        """In how many it was not kept."""
        return int(self.not_kept.numerator) if self.not_kept and self.has_cases else 0

    @property
    def least(self) -> float:
        """The share kept if nothing of what is not known was."""
        return (self.cases - self.missed - self.unknown) / self.cases

    @property
    def most(self) -> float:
        """The share kept if all of what is not known was."""
        return (self.cases - self.missed) / self.cases


def told(month: Month) -> list[Told]:
    """Every promise with its figures, in the order of the framework."""
    by_state = [_by_promise(month, state) for state in (KEPT, NOT_KEPT, NOT_KNOWN)]
    return [Told(one, *(found.get(one.code) for found in by_state)) for one in PROMISES]


def _by_promise(month: Month, state: str) -> dict[str, Figure]:
    """The year's figure of each promise in one class, by the promise's code: all at once, as every section asks."""
    rows = month.figures(MEASURES[state], by=PROMISE, period=month.year)
    return {joined(figure.group): figure for figure in figures_of(rows.drop_duplicates("group"))}


def share_words(one: Told) -> str:
    """The share kept: one number where all is known, from and to where it is not, the likely range of a sample."""
    if one.kept is None or not one.has_cases:
        return ""
    if one.kept.verdict == TOO_FEW:
        return "too few for a percentage"
    said = _percent(one.least) if not one.unknown else f"{_percent(one.least)} to {_percent(one.most)}"
    return f"{said} (likely range {interval(one.kept)})" if one.promise.is_sample else said


def _percent(share: float) -> str:
    """A share that is nearly all is not all, and one that is hardly any is not none."""
    if percent(share) == percent(1) and share < 1:
        return "over 99%"
    return "under 1%" if percent(share) == percent(0) and share > 0 else percent(share)


def promises_table(month: Month, part: str) -> DataFrame:
    """The promises of one part of the framework in three classes. One row per promise of which anything tells."""
    rows = [_row(one) for one in told(month) if one.promise.part == part and one.kept and not one.is_idle]
    return DataFrame(rows, columns=["Promise", "Share kept", *NUMBERS, "Counted in"])


def _row(one: Told) -> list[str]:
    name = f"{one.promise.title} (sample)" if one.promise.is_sample else one.promise.title
    unit = one.promise.unit
    if one.kept is None or not one.has_cases:
        return [name, at_first(TOO_FEW_TO_SHOW), "", "", "", "", unit]
    numbers = (one.kept.numerator, one.missed, one.unknown, one.cases)
    return [name, at_first(share_words(one)), *(f"{number:,}" for number in numbers), unit]


def plan_table(month: Month) -> DataFrame:
    """The Improvement Plan's priorities, each with what tells of it. One row per measure or theme of a priority."""
    rows = [row for one in month.rules.own.plans.improvement_plan for row in _of_priority(month, one)]
    return DataFrame(rows, columns=["Priority", "What tells of it", "Newest figure", "Target"])


def _of_priority(month: Month, one: Priority) -> Iterator[list[str]]:
    target = percent(one.target) if one.target is not None else "none set"
    found = [*(_measure(month, name) for name in one.measures), *(_theme(month, code) for code in one.themes)]
    for words, figure in found:
        is_share = figure is not None and figure.unit == "share"
        yield [one.name, words, _figure_words(figure), target if is_share or figure is None else "not a share"]
    if not found:
        yield [one.name, "Nothing is named that tells of it", "", target]


def _measure(month: Month, name: str) -> tuple[str, Figure | None]:
    """What a measure or a promise is called, and its figure: of the year where there is one, else of the month."""
    if name in by_code():
        found = month.figure(MEASURES[KEPT], by=PROMISE, group=name, period=month.year)
        return f"{by_code()[name].title} (promise kept)", found
    return title_of(name), month.figure(name, period=month.year) or month.figure(name)


def title_of(name: str) -> str:
    """How a reader would say a measure."""
    return declared()[name].title if name in declared() else name


def _theme(month: Month, code: str) -> tuple[str, Figure | None]:
    """A theme: of audits its share graded good or better, of the codebook how often it was found lacking."""
    if code in month.rules.codebook:
        by, group = ("theme_code", "polarity"), (code, "development")
        found = month.figure("theme_prevalence", by=by, group=group, period=month.year)
        return f"{month.rules.codebook[code].development} (found in audits)", found
    found = month.figure("good_or_better", by="theme_code", group=code, period=month.year)
    return f"{month.rules.themes[code]} (audits good or better)", found


def _figure_words(found: Figure | None) -> str:
    if found is None or not found.is_given:
        return "No figure this month"
    if found.unit != "share":
        return (
            f"{found.value:,.0f} {found.unit}"
            if found.value == round(found.value)
            else f"{found.value:,.1f} {found.unit}"
        )
    if found.lower != found.lower:
        return f"{of_whole(found)} ({percent(found.value)})"
    return share_of(found)


def policies_table(month: Month) -> DataFrame:
    """The policies that rules rest on, with their version. One row per clause, or per policy without one."""
    rows = []
    for one in month.rules.own.plans.policies:
        version = ", ".join(filter(None, (one.version, _day(one.dated)))) or "not said"
        clauses = one.clauses or {"": ""}
        for rule, clause in clauses.items():
            value = value_words(getattr(month.rules, rule)) if rule else ""
            rows.append([one.name, version, rule.replace("_", " ") or "none named", clause, value])
    return DataFrame(rows, columns=["Policy", "Version", "Rule", "Clause", "Value in force"])


def _day(written: str) -> str:
    return day_name(date.fromisoformat(written)) if written else ""
