"""The tables of closing the loop, ready to be shown. One row per what its name says."""

from math import isnan

import pandas as pd
from pandas import DataFrame

from qa_analysis.english import at_first, counted
from qa_analysis.measures.audits.breaks import NOT_COMPARABLE
from qa_analysis.measures.closing_the_loop.ledger import ORPHAN
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure
from qa_analysis.measures.populations import ALL_AUDITS, LEAD, POOLED, SAME_THEME
from qa_analysis.month.month import Month
from qa_analysis.telling.claims import in_short
from qa_analysis.telling.wording import by_cadence, change_in_points, in_points, percent, points, signed

NOT_KNOWN = "not known"
CHANGE, SAME, PANEL = "Change", "By the same auditors", "By the panel's standard"
IN_POINTS = (CHANGE, SAME, PANEL)


def verdict_table(month: Month) -> DataFrame:
    """The change and the verdict, beside what the same auditors and the panel show. One row per grade."""
    rows = []
    for title, by, group in graded_areas(month):
        change, said, same, panel = (
            month.figure(name, by=by, group=group, population=LEAD)
            for name in ("loop_difference", "loop_verdict", "loop_same_auditors", "loop_difference_adjusted")
        )
        if change and said:
            rows.append([title, moved_by(change), at_first(_starred(said)), moved_by(same), moved_by(panel)])
    return pd.DataFrame(rows, columns=["Grade of", CHANGE, "Verdict", SAME, PANEL])


def _starred(said: Figure) -> str:
    """A claim in a cell, with an asterisk where something qualifies it, which is said beneath the table."""
    return in_short(said).replace(f", {NOT_COMPARABLE}", "*")


def three_ways(month: Month) -> DataFrame:
    """The change of the overall grade as each comparison sees it. One row per comparison."""
    names = {
        POOLED: by_cadence(month, "Three cycles pooled"),
        ALL_AUDITS: "This cycle",
        SAME_THEME: "This cycle, same audit theme",
    }
    rows = []
    for population, title in names.items():
        change, better, rise = (
            month.figure(name, population=population)
            for name in ("loop_difference", "loop_superiority", "detectable_rise")
        )
        if change and better and rise:
            rows.append([title, f"{change.denominator}", moved_by(change), _chance(better), _rise(rise)])
    return pd.DataFrame(
        rows,
        columns=[
            "Comparison",
            "Audits, both",
            CHANGE,
            "Chance of a better grade now",
            "Smallest rise usually detected",
        ],
    )


def split_table(month: Month) -> DataFrame:
    """The change of the overall grade split into mix and remainder. One row per factor."""
    rows = []
    for factor in month.figures("loop_remainder", by="factor", population=LEAD)["group"]:
        mix, rest = (
            month.figure(f"loop_{part}", by="factor", group=factor, population=LEAD) for part in ("mix", "remainder")
        )
        if mix and rest:
            title = at_first(factor)
            rows.append([title, changed_by(mix.value), changed(rest), mix.note or "none"])
    return pd.DataFrame(rows, columns=["Held constant", "Due to the mix", "Remainder", "Not comparable"])


def planner_table(month: Month) -> DataFrame:
    """How many audits a side would usually show a rise from the share of six months ago. One row per rise."""
    found = month.figures("audits_needed", by="rise", population=LEAD)
    rows = [[f"{points(float(row['group']))}", f"{row['value']:.0f}"] for _, row in found.iterrows()]
    return pd.DataFrame(rows, columns=["A rise of", "Audits needed in each period"])


def ledger_table(month: Month) -> DataFrame:
    """Each theme from raised to audited again. One row per theme, in the order they were raised."""
    raised = month.figures("ledger_raised", by="theme_code")
    rows = []
    for _, row in raised.iterrows():
        theme = str(row["group"])
        count = {
            name: month.figure(f"ledger_{name}", by="theme_code", group=theme)
            for name in ("decisions", "actions", "learning", "revisit", "change", "orphan")
        }
        orphan, revisit = count["orphan"], count["revisit"]
        rows.append(
            [month.rules.themes.get(theme, theme), f"{row['note']}, {counted(row['value'], 'audit')}",
             *(_tally(count[name]) for name in ("decisions", "actions", "learning")),
             at_first(revisit.note) if revisit else "", _after(count["change"]),
             "yes" if orphan and orphan.verdict == ORPHAN else "no"]
        )  # fmt: skip
    columns = [
        "Audit theme",
        "Raised",
        "Decided",
        "Wider actions",
        "Learning",
        "Audited again",
        "Change",
        "No response recorded",
    ]
    return pd.DataFrame(rows, columns=columns)


def graded_areas(month: Month) -> list[tuple[str, str, str]]:
    """The overall grade and the key areas: title, and how the measures name them."""
    return [("Overall grade", "", ""), *((title, "key_area", area) for area, title in month.rules.key_areas.items())]


def changed(figure: Figure | None) -> str:
    """A change with its interval: "up 12 points, −8 to +31"; why there is none otherwise."""
    if figure is None or not figure.is_given:
        return NOT_KNOWN if figure is None else _first(figure.note) or NOT_KNOWN
    return change_in_points(figure)


def moved_by(figure: Figure | None) -> str:
    """The same in a cell of percentage points: "+12 (−8 to +31)"."""
    if figure is None or not figure.is_given:
        return changed(figure)
    return f"{in_points(figure.value)} ({signed(figure)})"


def changed_by(value: float) -> str:
    """A part of a change, without an interval: "up 3 points"."""
    if isnan(value):
        return NOT_KNOWN
    return f"{'up' if value >= 0 else 'down'} {points(value)}"


def _after(change: Figure | None) -> str:
    if change is None:
        return "not yet"
    if change.verdict == TOO_FEW_TO_JUDGE or not change.is_given:
        return change.verdict or _first(change.note)
    return f"{change_in_points(change)}{f', {NOT_COMPARABLE}' if change.reasons else ''}"


def _first(note: str) -> str:
    """A note cut to its first part: what stands after a colon is for the tables."""
    return note.split(":")[0]


def _tally(figure: Figure | None) -> str:
    return "not supplied" if figure is None else f"{figure.value:.0f}"


def _chance(figure: Figure) -> str:
    if not figure.is_given:
        return NOT_KNOWN
    return f"{percent(figure.value)} ({percent(figure.lower)} to {percent(figure.upper)})"


def _rise(figure: Figure) -> str:
    return points(figure.value) if figure.is_given else NOT_KNOWN
