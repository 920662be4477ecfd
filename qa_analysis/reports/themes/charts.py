"""The pictures of the themes report: the figures of each, and its words."""

from collections.abc import Sequence

from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.measures.themes.impact import KINDS
from qa_analysis.measures.themes.links import BY_CHANCE, PAIR
from qa_analysis.month.month import Month
from qa_analysis.reports.themes.tables import PREVALENCE, WORDINGS, quarters
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import DARK, as_given, in_lines
from qa_analysis.telling.prompts import prompt_title
from qa_analysis.telling.wording import by_cadence

MAP_FROM = 100  # headline audits of the year: with fewer, counts of pairs are noise (docs/methods.md)
MAP_PAIRS = 3  # fewer linked pairs are said in the table alone
WORDING_COLOURS = (DARK, "#F0B37E", "#28A197", "#D9DBDC")  # of KINDS
NAMED_ACROSS = 7  # themes that have room for their names below the grid; more show their codes


def then_and_now(month: Month, codes: Sequence[str]) -> Picture:
    """Are the leading areas for development more or less common than six months ago? Two dots with intervals each."""
    now, then = quarters(month)
    return charts.dots(
        _developments(month, codes, periods=(then, now)),
        titles={code: prompt_title(month, code, "development") for code in codes},
        groups=codes,
        sides="period",
        names={
            then: by_cadence(month, "three cycles, six months ago"),
            now: by_cadence(month, "last three cycles"),
        },
        marks=(charts.LOWER, charts.UPPER),
        label=in_lines,
        with_n=False,
        axis="Headline audits with it as an area for development (%, with 95% confidence interval)",
        is_whole=False,
        legend_at=0.3,
        height=0.62 * len(codes) + 1.4,
    )


def courses(month: Month, groups: Sequence[tuple[str, str]]) -> Picture:
    """How did the persistent, emerging and fading themes go? One panel a theme, one point a cycle."""
    cycles = month.cycles
    codes = [code for code, _ in groups]
    return charts.lines(
        _developments(month, codes, periods=cycles),
        titles={code: f"{_named(month, code, width=30)}\n({word})" for code, word in groups},
        groups=codes,
        cycles=cycles,
        label=as_given,
        axis="Audits (%)",
        is_whole=False,
    )


def has_map(month: Month) -> bool:
    """Whether there are enough audits, and enough pairs that are no chance, for a picture of what comes together."""
    found = month.figures("theme_pair_lift", by=PAIR, period=month.year)
    return len(_linked(month)) >= MAP_PAIRS and bool(found["denominator"].max() >= MAP_FROM)


def pair_map(month: Month) -> Picture:
    """Which linked areas for development come together in one audit? A grid of counts; under five audits are blank."""
    named = {code for pair in _linked(month)["group"] for code in pair.split("+")}
    across, down = (codes := [code for code in month.rules.codebook if code in named])[:-1], codes[1:]
    found = month.figures("theme_pair", by=PAIR, period=month.year)
    return charts.grid(
        found.assign(group=found["group"].map(_turned)),
        down={code: f"{_named(month, code)}  ({code})" for code in down},
        across={code: _below(month, code) if len(across) <= NAMED_ACROSS else code for code in across},
        axis=("", ""),
        label_sizes=(8, 7),
        height=0.6 * len(down) + 1.4,
    )


def wording_over_time(month: Month) -> Picture:
    """Do findings speak of impact? One bar a cycle, a segment for each wording."""
    cycles = month.cycles
    return charts.stacked(
        month.over_time("finding_wording", by="wording", periods=cycles),
        is_upright=True,
        segments={kind: WORDINGS[kind] for kind in KINDS},
        colours=WORDING_COLOURS,
        axis="Findings (%)",
        below="Audit cycle and number of findings",
    )


def _developments(month: Month, codes: Sequence[str], *, periods: Sequence[str]) -> DataFrame:
    """How common some areas for development were in each period. One row per theme and period."""
    found = month.over_time("theme_prevalence", by=PREVALENCE, periods=periods)
    found = found[found["group"].isin([f"{code}+development" for code in codes])]
    return found.assign(by="theme_code", group=found["group"].str.removesuffix("+development"))


def _linked(month: Month) -> DataFrame:
    """The pairs that come together more or less often than by chance. One row per pair."""
    found = month.figures("theme_pair_lift", by=PAIR, period=month.year)
    return found[found["verdict"] != BY_CHANCE]


def _turned(pair: str) -> str:
    """A pair with its later theme first, which goes down."""
    earlier, later = pair.split("+")
    return f"{later}+{earlier}"


def _below(month: Month, code: str) -> str:
    """A theme's code and its name below it, in a narrow column."""
    return f"{code}\n{_named(month, code, width=12)}"


def _named(month: Month, code: str, *, width: int = 44) -> str:
    """An area for development in lines that fit a picture."""
    return in_lines(prompt_title(month, code, "development"), width=width)
