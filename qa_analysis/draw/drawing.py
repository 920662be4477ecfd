"""The draw itself: from a fixed frame and a seed to the records selected, their replacements, and those to moderate."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.draw.canonical import canonical_text, texts
from qa_analysis.draw.frame import NUMBER, Frame
from qa_analysis.draw.reasons import NO_NUMBER, RESTRICTED, TWICE
from qa_analysis.draw.rounding import rounded
from qa_analysis.draw.tickets import digests, in_order, offset, written
from qa_analysis.english import agreeing, counted
from qa_analysis.errors import WrongUse

DRAWN: Final = "drawn"
REPLACEMENT: Final = "replacement"
NOT_DRAWN: Final = "not drawn"
EXCLUDED: Final = "excluded"
NOMINATED: Final = "nominated"
LISTED: Final = (DRAWN, NOMINATED)  # the cycle's list: those selected at random, and those put forward
WORKER_AGAIN: Final = "key worker audited last cycle"
_NONE: Final[Collection[str]] = frozenset()


@dataclass(frozen=True, eq=False)
class Draw:
    """A draw. `records`: one row per open record of the frame; `details`: what is said of the draw as a whole."""

    records: DataFrame
    details: Mapping[str, Any]
    notes: tuple[str, ...] = ()

    @property
    def drawn(self) -> DataFrame:
        """The records selected at random. One row per audit."""
        return self.records[self.records["outcome"].eq(DRAWN)]


def draw(frame: Frame, seed: str, *, nominated: Collection[str] = _NONE) -> Draw:
    """The records that the seed selects. The same frame and seed give the same draw, on any machine.

    Within a stratum records go by their tickets, those first whose key worker was not audited lately. Records put
    forward for good practice have the same chance as ever; where they are not selected they are listed beside.

    Raises:
        WrongUse: the seed is blank.
    """
    seed = canonical_text(seed)
    if not seed:
        raise WrongUse("The seed is blank. Give the digits that were thrown, such as --seed 4071938265.")
    due = {name: stratum.due for name, stratum in frame.allocation.strata.items()}
    taken = counts(due, seed)
    chosen = selected(frame.records, taken, seed, share=frame.rules.moderation_share, nominated=nominated)
    records = pd.concat([frame.records, chosen], axis="columns")
    return Draw(records, {"seed": seed, "drawn": taken}, tuple(_notes(records, taken, frame.allocation.fewest)))


def counts(due: Mapping[str, Fraction], seed: str) -> dict[str, int]:
    """How many records of each stratum the seed takes. Stratum -> audits."""
    names = sorted(due)
    return dict(zip(names, rounded([due[name] for name in names], offset(seed)), strict=True))


def selected(
    records: DataFrame, taken: Mapping[str, int], seed: str, *, share: Fraction, nominated: Collection[str] = _NONE
) -> DataFrame:
    """The ticket, rank and outcome of each record, and whether it is to be moderated. One row per record."""
    tickets = digests(seed, texts(records[NUMBER]))
    rank = _ranks(records, tickets)
    outcome = _outcomes(records, rank, taken, nominated)
    again = outcome.eq(DRAWN) & records["is_worker_recent"]
    return DataFrame(
        {
            "ticket": Series(written(tickets), index=records.index, dtype="str"),
            "rank": rank,
            "outcome": outcome,
            "is_moderated": _moderated(records[NUMBER], outcome, seed, share),
            "gave_way": Series(WORKER_AGAIN, index=records.index, dtype="str").where(again, ""),
        }
    )


def _ranks(records: DataFrame, tickets: np.ndarray) -> Series:
    """The place of each record within its stratum, from 1; blank of those that cannot be selected."""
    codes, _ = pd.factorize(records["stratum"])
    order = in_order(tickets, codes, records["is_worker_recent"].to_numpy())
    ordered = Series(codes[order])
    ranks = Series(ordered.groupby(ordered).cumcount().to_numpy() + 1, index=records.index[order]).sort_index()
    return ranks.astype("Int64").where(records["exclusion"].eq(""))


def _outcomes(records: DataFrame, rank: Series, taken: Mapping[str, int], nominated: Collection[str]) -> Series:
    """What became of each record: the next tickets after those selected stand by as replacements, as many again."""
    here = records["stratum"].map(taken).fillna(0)
    chosen = np.select(
        [records["exclusion"].ne(""), rank.le(here).fillna(False), rank.le(2 * here).fillna(False)],
        [EXCLUDED, DRAWN, REPLACEMENT],
        default=NOT_DRAWN,
    )
    outcome = Series(chosen, index=records.index, dtype="str")
    is_put_forward = records[NUMBER].isin(nominated) & outcome.ne(DRAWN) & may_be_put_forward(records)
    return outcome.mask(is_put_forward, NOMINATED)


def may_be_put_forward(records: DataFrame) -> Series:
    """Whether a record may be put forward for good practice: any but a restricted one, and none twice."""
    return ~records["exclusion"].isin([RESTRICTED, TWICE, NO_NUMBER])


def _moderated(numbers: Series, outcome: Series, seed: str, share: Fraction) -> Series:
    """Whether a record is among those that the panel will grade: a share of the list, rounded up, by other tickets."""
    listed = numbers[outcome.isin(LISTED)]
    ordered = listed.index[in_order(digests(f"{seed} moderation", texts(listed)))]
    return Series(numbers.index.isin(ordered[: ceil(share * len(listed))]), index=numbers.index)


def _notes(records: DataFrame, taken: Mapping[str, int], fewest: Mapping[tuple[str, str, str], int]) -> list[str]:
    """Which preference could not be kept, and where no replacement is left."""
    drawn = records[records["outcome"].eq(DRAWN)]
    reached = {
        column: Counter(zip(drawn["theme_code"], drawn[column], strict=True)) for column in {one[1] for one in fewest}
    }
    missed = [
        f"{name} has fewer than the {number:,} audits wanted of each {column.replace('_', ' ')}."
        for (theme, column, name), number in fewest.items()
        if reached[column][theme, name] < number
    ]
    again = int(records["gave_way"].ne("").sum())
    standing_by = records.loc[records["outcome"].eq(REPLACEMENT), "stratum"].value_counts()
    without = [name for name, number in taken.items() if number and not standing_by.get(name, 0)]
    notes = missed
    if again:
        notes.append(
            f"{counted(again, 'record')} of a key worker audited last cycle {agreeing(again, 'was', 'were')} selected, "
            "because their services have no others left."
        )
    if without:
        notes.append(
            f"No replacement is left in {counted(len(without), 'team')}: choose the next ticket of the service."
        )
    return notes
