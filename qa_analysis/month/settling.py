"""How far each measure's figures usually move in the months after they were first published."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import months_between
from qa_analysis.measures.performance.direction import INDICATORS
from qa_analysis.measures.performance.figures import BY
from qa_analysis.month.month import SETTLING, Month
from qa_analysis.month.restatements import FIGURE
from qa_analysis.stats.settling import drift, moved

PROVISIONAL, SETTLED = "provisional", "settled"
ONE: Final = 1.0  # audit, or whatever the measure counts
OF = ["measure", "group"]  # what settles by itself: a measure of the whole, or an indicator of it
_LETTERS_OF_MONTH = len("2023-06")


def settling(month: Month, published: Mapping[str, DataFrame]) -> DataFrame:
    """How far figures of the whole had moved so many months later. One row per measure, indicator and lag.

    Changes are those of figures of one cycle since they were published with it, in what the measure counts: of a share,
    in its cases. The status says whether what comes after that lag is under one.
    """
    held = _by_lag(month, published)
    rows = [
        row for (measure, group), some in held.groupby(OF, sort=False) for row in _of(str(measure), str(group), some)
    ]
    return DataFrame(rows, columns=SETTLING)


def months_provisional(month: Month, measure: str, group: str = "") -> int:
    """How many of a measure's newest months are provisional: the newest alone, until its settling says otherwise."""
    curve = month.settling
    held = curve[curve["measure"].eq(measure) & curve["group"].fillna("").eq(group)]
    if held.empty:
        return 1
    settled = held.loc[held["status"].eq(SETTLED), "lag"]
    return int(settled.min() if len(settled) else held["lag"].max() + 1)


def _by_lag(month: Month, published: Mapping[str, DataFrame]) -> DataFrame:
    """Every vintage of the figures of one cycle as a whole that were published with it. One row per figure and lag."""
    every = {**published, month.month: month.measures} if month.month not in published else {**published}
    every[f"{month.month}-today"] = month.measures
    held = pd.concat([table.assign(vintage=name[:_LETTERS_OF_MONTH]) for name, table in every.items()])
    is_whole = held["by"].eq("") | (held["by"].eq(BY) & held["measure"].eq(INDICATORS.share))
    held = held[is_whole & held["period"].str.len().eq(_LETTERS_OF_MONTH) & held["value"].notna()]
    held = held[held["vintage"] >= held["period"]].drop_duplicates([*FIGURE, "vintage"], keep="last")
    lead = held.groupby(OF)["population"].transform("first")
    held = held[held["population"].eq(lead)]
    lags = {pair: len(months_between(*pair)) - 1 for pair in set(zip(held["period"], held["vintage"], strict=True))}
    held = held.assign(lag=[lags[pair] for pair in zip(held["period"], held["vintage"], strict=True)])
    is_share = held["unit"].eq("share") & held["numerator"].notna() & held["denominator"].gt(0)
    exact = held["value"].where(~is_share, held["numerator"] / held["denominator"])  # what is written is rounded
    held = held.assign(value=exact, size=held["denominator"].where(is_share, 1.0))
    return _since_first(held).sort_values([*OF, "period", "lag"], ignore_index=True)


def _since_first(held: DataFrame) -> DataFrame:
    """The figures that were published with their cycle, each with how far it has moved since and will yet."""
    first = held[held["lag"].eq(0)].set_index(FIGURE)["value"].rename("first")
    last = held.sort_values("lag").drop_duplicates(FIGURE, keep="last").set_index(FIGURE)[["value", "lag"]]
    both = held.join(first, on=FIGURE, how="inner").join(last.add_prefix("last_"), on=FIGURE)
    return both.assign(
        moved=(both["value"] - both["first"]) * both["size"],
        to_come=(both["last_value"] - both["value"]) * both["size"],
    )


def _of(measure: str, group: str, figures: DataFrame) -> list[dict[str, object]]:
    """The rows of one measure, or of one indicator; none where no figure of it was published again."""
    later = figures[figures["lag"] > 0]
    if later.empty:
        return []
    slope, p = drift(later["lag"], later["moved"])
    said = {"measure": measure, "group": group, "slope": slope, "slope_p": p}
    return [{**said, **_row(int(lag), figures)} for lag in sorted(figures["lag"].unique())]


def _row(lag: int, figures: DataFrame) -> dict[str, object]:
    """How far figures had moved by a lag, and the band of what came after it."""
    at = figures[figures["lag"].eq(lag)]
    still = moved(at.loc[at["last_lag"] > lag, "to_come"])
    is_settled = still.band_lower > -ONE and still.band_upper < ONE
    found = asdict(moved(at["moved"]))
    return {
        "lag": lag, **found, "band_lower": still.band_lower, "band_upper": still.band_upper,
        "status": SETTLED if is_settled else PROVISIONAL,
    }  # fmt: skip
