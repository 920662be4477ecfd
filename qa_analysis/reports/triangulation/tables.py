"""The tables of triangulation: every theme against every source, then each theme by itself."""

from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import month_name, months_after
from qa_analysis.english import at_first, listed
from qa_analysis.measures.figure import TOO_FEW, Figure, figures_of
from qa_analysis.measures.triangulation.mentions import DEVELOPMENT, STRENGTH
from qa_analysis.measures.triangulation.sources import SOURCES, Judged
from qa_analysis.measures.triangulation.together import OF_PROMPT, PROMPT, SINCE, SOURCE, STRENGTHS, THEME
from qa_analysis.measures.triangulation.verdicts import MOSTLY_UNCODED, UNCLEAR
from qa_analysis.month.month import Month
from qa_analysis.reports.triangulation.words import (
    NOT_SHOWN,
    SIGNS,
    of_source,
    records,
    signed,
    verdict,
    with_word,
    words_of,
)
from qa_analysis.telling.prompts import prompt_title, subject_title
from qa_analysis.telling.wording import of_whole, tally

NONE: Final = "–"
COUNTED: Final = {
    "audit grades": "headline audits graded good or better, or below",
    "audit findings": "headline audits by their findings",
    "answers to prompts": "headline audits by their answers", "moderation": "random third, by the panel's own grades",
    "observations": "observations by what was seen", "families": "contacts by the family's view",
    "practice alerts": "", "complaints": "without those withdrawn", "compliments": "",
    "external reviews": "recommendations, for development while open", "indicators": "",
}  # fmt: skip
NUMBERS: Final = ["Records", "For development", "Strength"]


def overview(month: Month) -> DataFrame:
    """What every source says of every theme. One row per theme; its sources by what they say."""
    rows = []
    for theme, title in month.rules.key_areas.items():
        found, said = verdict(month, theme), words_of(month, theme)
        unclear = with_word(said, UNCLEAR, TOO_FEW, MOSTLY_UNCODED)
        sides = [with_word(said, way) for way in (DEVELOPMENT, STRENGTH)]
        others = with_word(said, *(set(said.values()) - {DEVELOPMENT, STRENGTH, UNCLEAR, TOO_FEW, MOSTLY_UNCODED}))
        cells = [*map(_names, sides), _why(said, unclear, but=UNCLEAR), _why(said, others)]
        rows.append([title, signed(found.verdict) if found else NONE, *cells])
    columns = ["Theme", "Together", f"{SIGNS[DEVELOPMENT]} Area for development", f"{SIGNS[STRENGTH]} Strength",
               f"{SIGNS[UNCLEAR]} No clear direction", f"{NONE} Not heard"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _why(said: dict[str, str], names: list[str], *, but: str = "") -> str:
    """The sources by the word for them, which stands behind them unless the column says it."""
    words = dict.fromkeys(said[name] for name in names)
    parts = [f"{listed([n for n in names if said[n] == word])}{'' if word == but else f' ({word})'}" for word in words]
    return at_first("; ".join(parts)) or NONE


def _names(names: list[str]) -> str:
    return at_first(listed(names)) if names else NONE


def of_theme(month: Month, theme: str) -> DataFrame:
    """What each source has of one theme. One row per source, those that did not come too."""
    said = words_of(month, theme)
    called = {name: at_first(": ".join(filter(None, (name, COUNTED[name])))) for name in SOURCES}
    rows = [[called[name], signed(said[name]), *_numbers(month, theme, name)] for name in SOURCES]
    return pd.DataFrame(rows, columns=["Source, and what it counts", "Says", *NUMBERS, "First recorded"])


def _numbers(month: Month, theme: str, source: str) -> list[str]:
    found = of_source(month, theme, source)
    if found is None:
        return [NONE] * 4
    if found.is_withheld:
        return [at_first(NOT_SHOWN)] * 4
    strengths, since = (
        month.figure(name, by=(THEME, SOURCE), group=(theme, source), period=month.year) for name in (STRENGTHS, SINCE)
    )
    return [
        records(found), f"{found.numerator:,}" if source != "compliments" else NONE,
        f"{strengths.numerator:,}" if strengths and _may_praise(source) else NONE,
        month_name(months_after(month.month, -int(since.value))) if since and since.is_given else NONE,
    ]  # fmt: skip


def _may_praise(source: str) -> bool:
    """Whether a source can speak of strengths at all."""
    return SOURCES[source].judged is not Judged.BY_SHARE or source == "compliments"


def of_prompts(month: Month, theme: str) -> DataFrame:
    """The prompts of one theme by source: records for development, of all on the prompt. One row per prompt."""
    held = {
        (code, source): found
        for code in month.rules.prompts
        if month.rules.area_of(code) == theme
        for source in SOURCES
        if (found := month.figure(OF_PROMPT, by=(PROMPT, SOURCE), group=(code, source), period=month.year))
    }
    sources = [source for source in SOURCES if any(source == named for _, named in held)]
    codes = list(dict.fromkeys(code for code, _ in held))
    rows = [
        [f"{code} {prompt_title(month, code, DEVELOPMENT)}", *(_part(held.get((code, source))) for source in sources)]
        for code in codes
    ]
    return pd.DataFrame(rows, columns=["Prompt", *map(at_first, sources)])


def _part(found: Figure | None) -> str:
    return NONE if found is None else at_first(of_whole(found))


def recommendations(month: Month) -> DataFrame:
    """The recommendations of each source: open, for how long, made and closed. One row per source, oldest first."""
    open_ones = figures_of(month.figures("recommendations_open", by="source"))
    longest = {one.group: one for one in figures_of(month.figures("recommendations_open_longest", by="source"))}
    ordered = sorted(open_ones, key=lambda one: -longest[one.group].value if one.group in longest else 0.0)
    rows = [
        [
            at_first(one.group[0]), of_whole(one), f"{longest[one.group].value:,.0f}" if one.group in longest else NONE,
            *(tally(month.figure(f"recommendations_{what}", by="source", group=one.group, period=month.year))
              for what in ("made", "closed")),
        ]
        for one in ordered
    ]  # fmt: skip
    columns = ["Source", "Open", "Longest open, in days", "Made in the year", "Closed in the year"]
    return pd.DataFrame(rows, columns=columns)


def recommended_themes(month: Month) -> DataFrame:
    """The themes of recommendations, and what all sources say of their key area. One row per theme, open ones first."""
    held = figures_of(month.figures("recommendations_by_theme", by="theme_code"))
    rows = []
    for one in sorted(held, key=lambda one: (-one.value, one.group)):
        area = month.rules.area_of_subject(one.group[0]) or ""
        found = verdict(month, area)
        title = at_first(subject_title(month.rules, one.group[0], is_lacking=False))
        rows.append(
            [title, of_whole(one), month.rules.key_areas.get(area, NONE), signed(found.verdict) if found else NONE]
        )
    return pd.DataFrame(rows, columns=["Theme of recommendations", "Open", "Key area", "What all sources say of it"])
