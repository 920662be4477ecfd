"""The tables of the themes report, ready to be shown. One row per what its name says."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import months_after, months_up_to, period_of
from qa_analysis.measures.closing_the_loop.windows import POOLED_CYCLES
from qa_analysis.measures.figure import TOO_FEW
from qa_analysis.measures.populations import POOLED, SUGGESTED
from qa_analysis.measures.themes.course import CYCLES_BEFORE
from qa_analysis.measures.themes.impact import KINDS
from qa_analysis.measures.themes.links import BY_CHANCE, NO_DIFFERENCE
from qa_analysis.measures.themes.phrases import SIDES
from qa_analysis.month.month import Figure, Month, figure_of
from qa_analysis.telling.prompts import codes_of, learn_from, prevalent, prompt_title
from qa_analysis.telling.wording import interval, percent, points, share_of, signed

MOST_ROWS = 10
PREVALENCE = "theme_code+polarity"


def findings_table(month: Month) -> DataFrame:
    """Strengths and areas for development. One row per key area."""
    found = month.figures("finding_count", by="key_area+polarity").set_index("group")["value"]
    rows = [
        [title, int(found.get(f"{area}+strength", 0)), int(found.get(f"{area}+development", 0))]
        for area, title in month.rules.key_areas.items()
    ]
    return pd.DataFrame(rows, columns=["Key area", "Strengths", "For development"])


def prevalence_table(month: Month, polarity: str, *, most: int = MOST_ROWS) -> DataFrame:
    """The most frequent themes now, six months ago and over the year, with what may be said of the change."""
    earlier = months_after(month.month, -month.rules.revisit_months)
    change = notes(month, "theme_change", POOLED)
    rows = [
        [
            prompt_title(month, code),
            *(cell(theme(month, code, polarity, period=period)) for period in (month.month, earlier, month.year)),
            change.get(f"{code}+{polarity}", "too few to compare").capitalize(),
        ]
        for code in prevalent(month, polarity, most)["code"]
    ]
    return pd.DataFrame(rows, columns=["Theme", "Now", "Six months ago", "Twelve cycles", "Three cycles pooled"])


def strengths_table(month: Month, *, most: int = MOST_ROWS) -> DataFrame:
    """The most frequent strengths, with the teams to learn from where two or more qualify for any of them."""
    shown = prevalence_table(month, "strength", most=most)
    teams = [", ".join(learn_from(month, code)) for code in prevalent(month, "strength", most)["code"]]
    return shown.assign(**{"Where to learn from": [named or "–" for named in teams]}) if any(teams) else shown


def course_table(month: Month, note: str, measure: str, polarity: str) -> DataFrame:
    """The themes that the rules call emerging, fading or persistent."""
    recent, before = windows(month)
    rows = [
        [
            prompt_title(month, code),
            cell(theme(month, code, polarity, period=recent)),
            cell(theme(month, code, polarity, period=before)),
            f"{cycles.value:.0f} of {cycles.denominator}" if cycles else "none",
        ]
        for code in courses(month, note, measure, polarity)
        for cycles in [month.figure("theme_cycles", by=PREVALENCE, group=f"{code}+{polarity}", period=month.year)]
    ]
    return pd.DataFrame(rows, columns=["Theme", "Last three cycles", "Twelve cycles before", "Cycles of the year"])


def pairs_table(month: Month) -> DataFrame:
    """Pairs of areas for development that come together more or less often than by chance."""
    found = month.figures("theme_pair_lift", by="theme_code+theme_code", period=month.year)
    rows = []
    for _, row in found[found["note"] != BY_CHANCE].sort_values("value", ascending=False, kind="stable").iterrows():
        left, right = row["group"].split("+")
        both = month.count("theme_pair", by=row["by"], group=row["group"], period=month.year)
        overlap = month.figure("theme_pair_jaccard", by=row["by"], group=row["group"], period=month.year)
        rows.append(
            [prompt_title(month, left), prompt_title(month, right), f"{both}", share_of(overlap) if overlap else "",
             f"{row['value']:.1f} times ({row['lower']:.1f} to {row['upper']:.1f})", row["note"].capitalize()]
        )  # fmt: skip
    return pd.DataFrame(
        rows, columns=["Theme", "With", "Audits with both", "Of those with either", "As often as by chance", "Link"]
    )


def separating_table(month: Month) -> DataFrame:
    """Themes clearly more common on one side of the Good line. One row per theme."""
    found = month.figures("theme_by_grade", by=PREVALENCE, period=month.year)
    found = found[~found["note"].isin([NO_DIFFERENCE, ""]) & ~found["note"].str.startswith("too few")]
    found = found.sort_values("value", ascending=False, key=abs, kind="stable").head(MOST_ROWS)
    rows = []
    for _, row in found.iterrows():
        code, _, polarity = row["group"].partition("+")
        gap = figure_of(row)
        rows.append(
            [prompt_title(month, code), "Strength" if polarity == "strength" else "For development",
             row["note"].capitalize(), f"{points(gap.value)} ({signed(gap)})"]
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["Theme", "Found as", "Where", "Difference"])


def phrases_table(month: Month) -> DataFrame:
    """The words and phrases most typical of either side. One row per phrase."""
    found = month.figures("phrase_log_odds", by="phrase", period=month.year)
    rows = []
    for _, row in found.iterrows():
        sides = [
            month.figure("phrase_share", by="side+phrase", group=f"{side}+{row['group']}", period=month.year)
            for side in SIDES
        ]
        rows.append(
            [
                row["group"],
                *(share_of(side) if side else "" for side in sides),
                row["note"].removeprefix("typical of ").capitalize(),
            ]
        )
    return pd.DataFrame(rows, columns=["Word or phrase", "Audits below good", "Audits good or better", "Typical of"])


def wording_table(month: Month) -> DataFrame:
    """Findings and actions by wording, now and over the year. One row per wording."""
    rows = []
    for kind in KINDS:
        cells = [
            month.figure(measure, by="wording", group=kind, period=period)
            for measure in ("finding_wording", "action_wording")
            for period in (month.month, month.year)
        ]
        rows.append([WORDINGS[kind], *map(cell, cells)])
    return pd.DataFrame(
        rows, columns=["Speaks of", "Findings, month", "Findings, year", "Actions, month", "Actions, year"]
    )


WORDINGS = {
    "impact": "Impact on the child", "compliance": "Whether it was done", "both": "Both", "neither": "Neither",
}  # fmt: skip


def services_table(month: Month, code: str, polarity: str = "development") -> DataFrame:
    """How common one theme is in each service over the year. One row per service."""
    found = month.figures("theme_prevalence", by=f"service_area+{PREVALENCE}", period=month.year)
    found = found[found["group"].str.endswith(f"+{code}+{polarity}")]
    rows = [[row["group"].removesuffix(f"+{code}+{polarity}"), share_of(figure_of(row))] for _, row in found.iterrows()]
    return pd.DataFrame(rows, columns=["Service", "Audits with it"])


def suggested_table(month: Month) -> DataFrame:
    """Codes suggested for findings that nobody coded, where such figures exist. One row per theme and polarity."""
    table = month.measures
    chosen = (table["measure"] == "suggested_theme_count") & (table["population"] == SUGGESTED)
    found = table[chosen & (table["period"] == month.month) & (table["by"] == PREVALENCE)]
    rows = []
    for _, row in found.sort_values("value", ascending=False, kind="stable").head(MOST_ROWS).iterrows():
        code, _, polarity = row["group"].partition("+")
        rows.append([prompt_title(month, code), polarity.capitalize(), f"{row['value']:.0f}"])
    return pd.DataFrame(rows, columns=["Suggested theme", "Found as", "Findings"])


def windows(month: Month) -> tuple[str, str]:
    """The last three cycles and the twelve before them, as the measures write them."""
    before = months_after(month.month, -POOLED_CYCLES)
    return period_of(months_up_to(month.month, POOLED_CYCLES)), period_of(months_up_to(before, CYCLES_BEFORE))


def quarters(month: Month) -> tuple[str, str]:
    """The last three cycles and the three of six months before, as the measures write them."""
    then = months_after(month.month, -month.rules.revisit_months)
    return period_of(months_up_to(month.month, POOLED_CYCLES)), period_of(months_up_to(then, POOLED_CYCLES))


def theme(month: Month, code: str, polarity: str, *, period: str) -> Figure | None:
    """How common a theme is in a period."""
    return month.figure("theme_prevalence", by=PREVALENCE, group=f"{code}+{polarity}", period=period)


def courses(month: Month, note: str, measure: str, polarity: str) -> list[str]:
    """The codes that a rule calls so, in the framework's order."""
    period = month.year if measure == "theme_cycles" else month.month
    found = month.figures(measure, by=PREVALENCE, period=period)
    return codes_of(found[found["note"] == note], polarity)


def notes(month: Month, measure: str, population: str) -> dict[str, str]:
    """What may be said of each theme. One entry per group."""
    return dict(month.figures(measure, by=PREVALENCE, population=population)[["group", "note"]].itertuples(index=False))


def cell(found: Figure | None) -> str:
    """A share in a table's cell; the count alone where there is too little."""
    if found is None or not found.denominator:
        return "none"
    if found.note == TOO_FEW:
        return f"{found.numerator} of {found.denominator}"
    return f"{found.numerator:,} of {found.denominator:,} ({percent(found.value)}, {interval(found)})"
