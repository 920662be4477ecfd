"""Whether the figures are of every service and team that there is, and which are missing by name."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, absent, page, paragraph, table
from qa_analysis.telling.wording import of_whole

DATASET, CALLED = "indicators", "Performance indicators"
LEVELS = {"service": "Services", "team": "Teams"}


def completeness(month: Month) -> Html:
    """Which services and teams are missing from the indicators of the month; a total without one of them is none."""
    if DATASET not in month.supplied:
        return absent(CALLED)
    shown = missing_table(month)
    said = paragraph(completeness_line(month))
    if shown.empty:
        return said
    note = "A total without one of its services or teams is not given: it would look like one of fewer cases."
    return page(said, table(shown, "Figures of the month that are missing"), paragraph(note, kind="note"))


def completeness_line(month: Month) -> str:
    """How many indicators have figures of all services and teams, in one sentence; nothing without indicators."""
    held = _by_indicator(month)
    if DATASET not in month.supplied or not held:
        return ""
    whole = sum(all(not one.note for one in levels.values()) for levels in held.values())
    return (
        f"Indicators with figures of every service and team expected for {month_name(month.month)}: {whole} of "
        f"{len(held)}."
    )


def missing_table(month: Month) -> DataFrame:
    """The indicators without a figure of some service or team. One row per indicator."""
    names = {one.group[0]: one.note for one in figures_of(month.figures("indicator_months", by="indicator"))}
    rows = [
        [
            names.get(code, code),
            *(of_whole(one) if (one := levels.get(level)) else "" for level in LEVELS),
            at_first("; ".join(dict.fromkeys(one.note for one in levels.values() if one.note))),
        ]
        for code, levels in _by_indicator(month).items()
        if any(one.note for one in levels.values())
    ]
    return pd.DataFrame(rows, columns=["Indicator", *LEVELS.values(), "Without a figure"])


def _by_indicator(month: Month) -> dict[str, dict[str, Figure]]:
    """The places that gave each indicator, by its code and their level."""
    held: dict[str, dict[str, Figure]] = {}
    for figure in figures_of(month.figures("indicator_places_in", by=("indicator", "level"))):
        code, level = figure.group
        held.setdefault(code, {})[level] = figure
    return held
