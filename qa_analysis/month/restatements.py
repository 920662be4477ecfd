"""What changed in figures that were already published, so that no past month changes silently."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.month.month import NONE_RESTATED, RESTATED, Month

FIGURE = ["measure", "period", "population", "by", "group"]
VALUE, SAMPLE, LIMITS, VERDICT, APPEARED, VANISHED = "value", "sample", "limits", "verdict", "appeared", "vanished"
LAST, FIRST = "last", "first"  # publication of a figure that it is held against
_WHOLE_NUMBERS = ("numerator", "denominator")
_SMALL = 1e-9  # written with ten digits: less than this is rounding
_LETTERS_OF_MONTH = len("2023-06")


def restated(month: Month, published: Mapping[str, DataFrame]) -> DataFrame:
    """Published figures that this month's data give differently. One row per figure and publication.

    `published` holds the figures of every publication by the name of its folder, oldest first. Each figure is held
    against the last and the first publication of it, because a slow drift passes the first test and fails the second;
    where both said the same, the last stands for both. One that this run does not make is compared only with
    publications of the same month.
    """
    if not published:
        return NONE_RESTATED
    vintages = pd.concat([table.assign(published_in=name) for name, table in published.items()], ignore_index=True)
    own = [name for name in published if name[:_LETTERS_OF_MONTH] == month.month]
    last = _changed(vintages.drop_duplicates(FIGURE, keep="last"), month, own[-1:]).assign(against=LAST)
    first = _changed(vintages.drop_duplicates(FIGURE, keep="first"), month, own[:1]).assign(against=FIRST)
    first = first[~_as_published(first).isin(_as_published(last))]
    changes = [table for table in (last, first) if len(table)]
    return pd.concat(changes, ignore_index=True)[RESTATED] if changes else NONE_RESTATED


def _as_published(changes: DataFrame) -> pd.MultiIndex:
    """What was published of each figure."""
    said = [*FIGURE, "then", "numerator_then", "denominator_then", "said_then"]
    return pd.MultiIndex.from_frame(changes[said].astype("object").fillna(""))


def _changed(before: DataFrame, month: Month, own: list[str]) -> DataFrame:
    """The figures that are another today. `own` is the publication of the same month, which should make the same."""
    both = before.merge(month.measures, on=FIGURE, how="outer", suffixes=("_then", "_now"), indicator=True)
    is_compared = both["_merge"].eq("both") | both["published_in"].isin(own)
    is_compared |= both["_merge"].eq("right_only") & bool(own)
    both = both[is_compared]
    both["published_in"] = both["published_in"].fillna(own[0] if own else "")
    both["kind"] = kinds(both)
    renamed = both.rename(columns={"value_then": "then", "value_now": "now"})
    return _said(renamed[renamed["kind"].ne("")]).reindex(columns=RESTATED)


def kinds(both: DataFrame) -> Series:
    """In what way two answers (columns _then and _now) differ; nothing where they do not. One word per row."""
    had, has = both["value_then"].notna(), both["value_now"].notna()
    words = {
        APPEARED: has & ~had,
        VANISHED: had & ~has,
        VALUE: _differ(both, "value") & ~_is_same_share(both),
        SAMPLE: _differ(both, *_WHOLE_NUMBERS),
        LIMITS: _differ(both, "lower", "upper"),
        VERDICT: _says_other(both),
    }
    return Series(np.select([*words.values()], [*words], default=""), index=both.index, dtype="str")


def _differ(both: DataFrame, *names: str) -> "Series[bool]":
    """Whether any of these numbers is another; none and none are the same."""
    found = Series(False, index=both.index)
    for name in names:
        then, now = both[f"{name}_then"].astype("float64"), both[f"{name}_now"].astype("float64")
        found |= ((then - now).abs() > _SMALL * then.abs().clip(lower=1)) | (then.isna() != now.isna())
    return found


def _is_same_share(both: DataFrame) -> "Series[bool]":
    """Whether the whole numbers behind two shares are the same: then what differs in the share is rounding."""
    is_share = both["unit_then"].eq("share") & both["numerator_then"].notna() & both["denominator_then"].notna()
    return is_share & ~_differ(both, *_WHOLE_NUMBERS)


def _says_other(both: DataFrame) -> "Series[bool]":
    """Whether the verdict or the note is worded otherwise."""
    return both["verdict_then"].fillna("").ne(both["verdict_now"].fillna("")) | both["note_then"].fillna("").ne(
        both["note_now"].fillna("")
    )


def _said(both: DataFrame) -> DataFrame:
    """With the words of each: the verdict, or the note where there is none."""
    words = {
        f"said_{when}": both[f"verdict_{when}"].replace("", np.nan).fillna(both[f"note_{when}"]).fillna("")
        for when in ("then", "now")
    }
    return both.assign(**words, cause="")
