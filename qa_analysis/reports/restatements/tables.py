"""The tables of what changed in published figures."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import span_name
from qa_analysis.english import at_first, with_minus
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.figure import figures_of, joined, parts
from qa_analysis.measures.performance.direction import INDICATORS
from qa_analysis.measures.performance.figures import BY
from qa_analysis.month.causes import BETWEEN_CAUSES
from qa_analysis.month.month import Month
from qa_analysis.month.settling import OF, SETTLED
from qa_analysis.reports.restatements.words import CAUSES, KINDS, UNKNOWN, cause_of, since_last

SHOWN: Final = 30  # the page stays readable; tables/restated.csv has them all
_MONTH: Final = len("2023-06")


def by_cause(month: Month) -> DataFrame:
    """How many figures each cause changed. One row per cause; a figure with two is in both."""
    held = since_last(month)["cause"].replace("", UNKNOWN).str.split(BETWEEN_CAUSES).explode().value_counts()
    words = {**CAUSES, UNKNOWN: UNKNOWN}
    rows = [[at_first(words[cause]), int(held[cause])] for cause in words if cause in held]
    return DataFrame(rows, columns=["Cause", "Figures changed"])


def figures(changes: DataFrame) -> DataFrame:
    """Each figure as it was and as it is, those of the whole first. One row per figure."""
    shown = changes.sort_values("by", key=lambda by: by.ne(""), kind="stable").head(SHOWN)
    rows = [
        {
            "Figure": figure_name(row), "Period": _period(row["period"]), "Published in": row["published_in"],
            "Then": _shown(row, "then"), "Now": _shown(row, "now"), "What differs": at_first(KINDS[row["kind"]]),
            "Why": cause_of(row["cause"]),
        }
        for row in shown.to_dict("records")
    ]  # fmt: skip
    return DataFrame(rows)


def reworded(month: Month) -> DataFrame:
    """What was said of a figure and what the data would say today. One row per figure whose words differ."""
    held = month.restated[month.restated["said_then"].ne(month.restated["said_now"])]
    rows = [
        {
            "Figure": figure_name(row), "Period": _period(row["period"]), "Published in": row["published_in"],
            "Said then": _quoted(row["said_then"]), "Said today": _quoted(row["said_now"]),
        }
        for row in held.head(SHOWN).to_dict("records")
    ]  # fmt: skip
    return DataFrame(rows)


def rows(month: Month) -> DataFrame:
    """What became of the records behind the newest publication. One row per dataset."""
    headings = {"dataset": "Dataset", "late": "Came late", "changed": "Corrected", "deleted": "No longer there"}
    shown = month.restated_rows[list(headings)].rename(columns=headings)
    numbers = list(headings.values())[1:]
    return shown.assign(
        Dataset=shown["Dataset"].map(at_first), **{name: shown[name].astype("int64") for name in numbers}
    )


def settling(month: Month) -> DataFrame:
    """How far each measure has moved a month after, and from when it hardly does. One row per measure or indicator."""
    names = _indicators(month)
    return DataFrame(
        [
            _settling(f"{title_of(measure)}: {names.get(group, group)}" if group else title_of(measure), held)
            for measure, group, held in _curves(month)
        ]
    )


def _curves(month: Month) -> Iterator[tuple[str, str, DataFrame]]:
    """Each measure, or indicator, with its lags."""
    for (measure, group), held in month.settling.groupby(OF, sort=False):
        yield str(measure), str(group), held


def _indicators(month: Month) -> dict[str, str]:
    """What each indicator is called, by its code."""
    said = figures_of(month.over_time(INDICATORS.months, by=BY))
    return {joined(figure.group): figure.note for figure in said}


def _settling(name: str, held: DataFrame) -> dict[str, str]:
    lags = held[held["lag"] > 0]
    first, settled = lags.iloc[0], held[held["status"].eq(SETTLED)]
    return {
        "Figure": name,
        "Cycles": f"{first['changes']:.0f}",
        "Mean change": _moved(first, "mean"),
        "Median change": _moved(first, "median"),
        "Status": f"Settled after {settled['lag'].iloc[0]:.0f}" if len(settled) else "Provisional",
    }


def _moved(row: "pd.Series[float]", what: str) -> str:
    """A change with its interval, where there are enough to have one."""
    value, lower, upper = (with_minus(f"{row[name]:.1f}") for name in (what, f"{what}_lower", f"{what}_upper"))
    return value if pd.isna(row[f"{what}_lower"]) else f"{value} ({lower} to {upper})"


def figure_name(row: Mapping[Hashable, Any]) -> str:
    """A figure as a reader would name it, with the part that it is of."""
    title = title_of(str(row["measure"]))
    return f"{title}: {', '.join(parts(row['by'], row['group']))}" if row["group"] else title


def title_of(measure: str) -> str:
    """A measure's title; its name, where it is declared no longer."""
    held = declared().get(measure)
    return held.title if held else measure


def _period(period: object) -> str:
    text = str(period)
    return span_name(text) if text[:2] == "20" and len(text) in (_MONTH, 2 * _MONTH + 1) else text


def _shown(row: Mapping[Hashable, Any], when: str) -> str:
    """A number as then or as now: a share by the whole numbers behind it."""
    value, part, whole = (row[name] for name in (when, f"numerator_{when}", f"denominator_{when}"))
    if pd.isna(value):
        return "none"
    if pd.notna(part) and pd.notna(whole):
        return f"{part:.0f} of {whole:.0f}"
    return with_minus(f"{value:.4g}")


def _quoted(words: object) -> str:
    return f"“{words}”" if words else "nothing"
