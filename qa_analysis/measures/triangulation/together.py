"""Each key area as every source has it over twelve cycles, and whether they agree."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_between, period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, Names, count
from qa_analysis.measures.populations import EVERY_SOURCE
from qa_analysis.measures.themes.in_audits import in_order
from qa_analysis.measures.triangulation.mentions import DEVELOPMENT, STRENGTH
from qa_analysis.measures.triangulation.sources import SOURCES, Source
from qa_analysis.measures.triangulation.verdicts import Cell, directions, heard_together

THEME, SOURCE, PROMPT = "key_area", "source", "theme_code"
VERDICT: Final = "triangulation"
SAID: Final = "triangulation_source"
STRENGTHS: Final = "triangulation_strengths"
SINCE: Final = "triangulation_since"
OF_PROMPT: Final = "triangulation_prompt"
CODED: Final = "triangulation_coded"
LIMITS = (
    "a source without its dataset has no figure; audit themes that lie in no key area are left out; records of one "
    "worker or family may come several times"
)


@declares(
    Measure(
        VERDICT,
        title="Sources that speak of a key area",
        family=family.TRIANGULATION,
        counts="voices with a clear direction on a key area over twelve cycles; the numerator is how many see an area "
        "for development; the verdict says whether they agree, disagree, or one stands alone",
        by=THEME,
        limits="audits' grades, findings and answers are one voice, complaints and compliments another; no clear "
        "direction does not show that nothing is wrong",
        unit="voices",
    ),
    Measure(
        SAID,
        title="What a source says of a key area",
        family=family.TRIANGULATION,
        counts="records of a source that speak of a key area over twelve cycles; the numerator is how many lean to an "
        "area for development; the verdict is the source's direction, too few to say, mostly uncoded, silent, or "
        "nothing recorded",
        by=f"{THEME}+{SOURCE}",
        limits=LIMITS,
        unit="records",
    ),
    Measure(
        STRENGTHS,
        title="What a source says of a key area: strengths",
        family=family.TRIANGULATION,
        counts="those of these records that lean to a strength",
        by=f"{THEME}+{SOURCE}",
        limits=LIMITS,
        unit="records",
    ),
    Measure(
        SINCE,
        title="Since when a source speaks of a key area",
        family=family.TRIANGULATION,
        counts="months from a source's first record of a key area, of those looked at, to the month reported on",
        by=f"{THEME}+{SOURCE}",
        limits="of twelve cycles, and of recommendations that are still open; earlier records are not looked at",
        unit="months",
    ),
    Measure(
        OF_PROMPT,
        title="What a source says of a prompt",
        family=family.TRIANGULATION,
        counts="records of a source on a prompt of the codebook over twelve cycles; the numerator is how many lean to "
        "an area for development",
        by=f"{PROMPT}+{SOURCE}",
        limits="counts alone, of which no direction is told; grades, moderation and indicators are of whole areas, and "
        "audit themes of no single prompt",
        unit="records",
    ),
    Measure(
        CODED,
        title="Records of a source that say what they are about",
        family=family.TRIANGULATION,
        counts="records of a source over twelve cycles that lie in a key area, of all its records looked at",
        by=SOURCE,
        limits="what nobody coded, and audit themes that lie in no key area, are in the denominator alone",
        unit="records",
    ),
)
def triangulation(tables: Tables) -> list[Figure]:
    """Each key area as every source supplied has it, the verdict on it, and its prompts. Figures per theme."""
    held = {name: _heard(tables, one) for name, one in SOURCES.items() if one.is_supplied(tables.frames)}
    places = ((theme, name) for theme in tables.rules.key_areas for name in held)
    cells = {(theme, name): held[name].cells[theme] for theme, name in places}
    said = directions(cells, tables.rules)
    return [
        *_verdicts(tables, said),
        *(
            row
            for place, cell in cells.items()
            for row in _of_cell(tables, place, cell, said[place], held[place[1]].since[place[0]])
        ),
        *(row for one in held.values() for row in one.prompts),
        *(one.coded for one in held.values()),
    ]  # fmt: skip


class Heard(NamedTuple):
    """What a source has of each key area, since which month, of its prompts, and how much of it lies in any area."""

    cells: Mapping[str, Cell]
    since: Mapping[str, str]
    prompts: tuple[Figure, ...]
    coded: Figure


def _heard(tables: Tables, source: Source) -> Heard:
    """One source counted; its records, which may be millions, are let go before the next is read."""
    mentions, themes = source.mentions(tables), tables.rules.key_areas
    sized, coded = leanings(mentions, "area"), _coded(tables, source.name, mentions)
    dated = mentions.groupby(["area", "month"], observed=True).size().reset_index()
    return Heard(
        {theme: _cell(sized, theme, coded) for theme in themes},
        {theme: first_month(dated, theme) for theme in themes},
        tuple(_of_prompts(tables, source, mentions)),
        coded,
    )


class Sides(NamedTuple):
    """How many records speak of a theme, and of those how many for development and how many as a strength."""

    records: int
    development: int
    strength: int


def leanings(mentions: DataFrame, by: str) -> dict[str, Sides]:
    """On which side the records stand of each theme they speak of: where most of their mentions are, else neither."""
    known = mentions[["case", "side", by]].dropna(subset=["case", by])
    cases, (themes, names) = known["case"].to_numpy(dtype="int64"), pd.factorize(known[by])
    way = known["side"].eq(DEVELOPMENT).astype(int) - known["side"].eq(STRENGTH).astype(int)
    sums = Series(way.to_numpy()).groupby(cases * max(1, len(names)) + themes).sum()
    of_theme, lean = sums.index.to_numpy() % max(1, len(names)), sums.to_numpy()
    counts = (np.bincount(of_theme[some], minlength=len(names)) for some in (lean == lean, lean > 0, lean < 0))
    return {str(name): Sides(*map(int, sizes)) for name, *sizes in zip(names, *counts, strict=True)}


def first_month(mentions: DataFrame, theme: str) -> str:
    """The month of a source's first record of a key area; blank where it has none."""
    months = mentions.loc[mentions["area"].eq(theme), "month"].dropna().unique()
    return str(min(months)) if len(months) else ""


def _cell(sized: Mapping[str, Sides], theme: str, coded: Figure) -> Cell:
    own, every = sized.get(theme, Sides(0, 0, 0)), sum(sides.records for sides in sized.values())
    return Cell(own.records, own.development, own.strength, every, _part(coded))


def _part(coded: Figure) -> float:
    return coded.numerator / coded.denominator if coded.denominator else 1.0


def _verdicts(tables: Tables, said: dict[tuple[str, str], str]) -> Iterator[Figure]:
    for theme in tables.rules.key_areas:
        heard = heard_together({source: word for (of, source), word in said.items() if of == theme})
        clear = len(heard.development) + len(heard.strength)
        yield (
            _count(tables, VERDICT, clear, THEME, theme, unit="voices")
            .but(numerator=len(heard.development), reasons=heard.both_ways)
            .judged(heard.verdict)
        )


def _of_cell(tables: Tables, place: tuple[str, str], cell: Cell, word: str, first: str) -> Iterator[Figure]:
    method = str(SOURCES[place[1]].judged)
    yield (
        _count(tables, SAID, cell.records, (THEME, SOURCE), place)
        .but(numerator=cell.development, denominator=cell.records, method=method)
        .judged(word)
    )
    yield _count(tables, STRENGTHS, cell.strength, (THEME, SOURCE), place).but(
        numerator=cell.strength, denominator=cell.records
    )
    if first:
        months = len(months_between(first, tables.month)) - 1
        yield _count(tables, SINCE, months, (THEME, SOURCE), place, unit="months").but(denominator=cell.records)


def _of_prompts(tables: Tables, source: Source, mentions: DataFrame) -> Iterator[Figure]:
    sized = leanings(mentions, "code")
    for code in in_order(sized.keys() & tables.rules.prompts.keys(), tables.rules):
        own = sized[code]
        yield _count(tables, OF_PROMPT, own.records, (PROMPT, SOURCE), (code, source.name)).but(
            numerator=own.development, denominator=own.records
        )


def _coded(tables: Tables, name: str, mentions: DataFrame) -> Figure:
    of, coded = mentions["case"].nunique(), mentions.loc[mentions["area"].notna(), "case"].nunique()
    return _count(tables, CODED, coded, SOURCE, name).but(numerator=coded, denominator=of)


def _count(
    tables: Tables, measure: str, size: int, by: Names, group: Names, *, unit: str = "records"
) -> Figure:  # fmt: skip
    period = period_of(tables.rolling_cycles)
    return count(measure, size, period=period, population=EVERY_SOURCE, unit=unit, by=by, group=group)
