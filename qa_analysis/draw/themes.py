"""Which theme each record is in the frame of, where a cycle has more than one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.draw.asked import Asked
from qa_analysis.draw.canonical import texts
from qa_analysis.draw.rounding import by_remainder
from qa_analysis.draw.tickets import digests, in_order


def themes_of(held: DataFrame, asked: Asked) -> Series:
    """The theme of each record that can be selected; blank for the others and where no theme was asked for.

    Records that suit several themes are shared so that each theme has as many records for each of its audits as can be;
    which goes to which follows their tickets for the month.
    """
    themes = pd.Series("", index=held.index, dtype="str")
    open_to = held["case_status"].where(held["exclusion"].eq(""))
    given: dict[str, int] = dict.fromkeys(asked.sizes, 0)
    for suited, statuses in _blocks(sorted(open_to.dropna().unique()), asked):
        block = held.loc[open_to.isin(statuses), "child_id"]
        shares = _shares(len(block), {theme: asked.sizes[theme] for theme in suited}, given)
        ordered = block.index if len(suited) == 1 else block.index[in_order(digests(asked.month, texts(block)))]
        themes[ordered] = np.repeat(list(shares), list(shares.values()))
        given = {theme: held_by + shares.get(theme, 0) for theme, held_by in given.items()}
    return themes


def _blocks(statuses: Sequence[str], asked: Asked) -> list[tuple[tuple[str, ...], list[str]]]:
    """The case statuses that suit the same themes, those with fewest themes first."""
    blocks: dict[tuple[str, ...], list[str]] = {}
    for status in statuses:
        suited = tuple(theme for theme, named in asked.statuses.items() if not named or status in named)
        blocks.setdefault(suited, []).append(status)
    return sorted(blocks.items(), key=lambda block: (len(block[0]), block[0]))


def _shares(records: int, sizes: Mapping[str, int], given: Mapping[str, int]) -> dict[str, int]:
    """How many of so many records each theme gets, so that records for each audit even out as far as they can."""
    level = _level(records, sizes, given)
    exact = {theme: max(Fraction(0), level * size - given[theme]) for theme, size in sizes.items()}
    return by_remainder(exact, records)


def _level(records: int, sizes: Mapping[str, int], given: Mapping[str, int]) -> Fraction:
    """How many records there are for each audit of the themes that still get some."""
    filling = sorted(sizes, key=lambda theme: (Fraction(given[theme], sizes[theme]), theme))
    for number in range(len(filling), 0, -1):
        some = filling[:number]
        level = Fraction(records + sum(given[theme] for theme in some), sum(sizes[theme] for theme in some))
        if level * sizes[some[-1]] >= given[some[-1]]:
            return level
    raise AssertionError("the theme with the fewest records always gets some")
