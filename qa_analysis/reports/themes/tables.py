"""The tables of the themes report, ready to be shown. One row per what its name says."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import months_after, period_of
from qa_analysis.english import at_first, in_letters
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import POOLED, SUGGESTED
from qa_analysis.measures.themes.course import CYCLES_BEFORE
from qa_analysis.measures.themes.impact import KINDS
from qa_analysis.measures.themes.in_audits import POLARITIES
from qa_analysis.measures.themes.links import BELOW_GOOD, BY_CHANCE, GOOD, PAIR
from qa_analysis.measures.themes.phrases import SIDES, TYPICAL_OF
from qa_analysis.month.month import Month
from qa_analysis.telling.claims import in_short
from qa_analysis.telling.prompts import PROMPT, codes_of, learn_from, prevalent, prompt_title
from qa_analysis.telling.wording import all_cycles, by_cadence, difference_of, share_of

MOST_ROWS = 10
PREVALENCE = PROMPT


NOT_RECORDED = "not recorded"
FOUND_AS = {"strength": "Strengths", "development": "For development", NOT_RECORDED: "Not said which"}


def findings_table(month: Month) -> DataFrame:
    """Strengths and areas for development. One row per key area, and one for findings that do not say which.

    Findings that say neither have a column of their own, where there are any.
    """
    found = figures_of(month.figures("finding_count", by=("key_area", "polarity")))
    tallies = {figure.group: int(figure.value) for figure in found}
    ways = [way for way in (*POLARITIES, NOT_RECORDED) if way in POLARITIES or any(way == one for _, one in tallies)]
    areas = {**month.rules.key_areas, NOT_RECORDED: at_first(NOT_RECORDED)}
    rows = [
        [title, *(tallies.get((area, way), 0) for way in ways)]
        for area, title in areas.items()
        if area != NOT_RECORDED or any(area == one for one, _ in tallies)
    ]
    return pd.DataFrame(rows, columns=["Key area", *(FOUND_AS[way] for way in ways)])


def prevalence_table(month: Month, polarity: str, *, most: int = MOST_ROWS) -> DataFrame:
    """The most frequent themes now, six months ago and over the year, with what may be said of the change.

    What lies before the council's first cycle has no column.
    """
    earlier = month.rules.cycle_before(month.month)
    periods = {"Now": month.month}
    if earlier >= month.rules.first_cycle:
        periods["Six months ago"] = earlier
    if len(month.cycles) > 1:
        periods[at_first(all_cycles(month))] = month.year
    change = notes(month, "theme_change", POOLED)
    rows = [
        [
            prompt_title(month, code, polarity),
            *(cell(theme(month, code, polarity, period=period)) for period in periods.values()),
            at_first(change.get((code, polarity), "too few to compare")),
        ]
        for code in prevalent(month, polarity, most)["code"]
    ]
    return pd.DataFrame(rows, columns=["Theme", *periods, by_cadence(month, "Three cycles pooled")])


def strengths_table(month: Month, *, most: int = MOST_ROWS) -> DataFrame:
    """The most frequent strengths, with the teams to learn from where two or more qualify for any of them."""
    shown = prevalence_table(month, "strength", most=most)
    teams = [", ".join(learn_from(month, code)) for code in prevalent(month, "strength", most)["code"]]
    return shown.assign(**{"Where to learn from": [named or "–" for named in teams]}) if any(teams) else shown


def course_table(month: Month, word: str, measure: str, polarity: str) -> DataFrame:
    """The themes that the rules call emerging, fading or persistent."""
    recent, before = windows(month)
    rows = [
        [
            prompt_title(month, code, polarity),
            cell(theme(month, code, polarity, period=recent)),
            cell(theme(month, code, polarity, period=before)),
            f"{cycles.value:.0f} of {cycles.denominator}" if cycles else "none",
        ]
        for code in courses(month, word, measure, polarity)
        for cycles in [month.figure("theme_cycles", by=PREVALENCE, group=(code, polarity), period=month.year)]
    ]
    lately, before_them = "Last three cycles", at_first(f"{cycles_before(month)} cycles before")
    return pd.DataFrame(
        rows,
        columns=["Theme", by_cadence(month, lately), by_cadence(month, before_them), "Cycles of the year"],
    )


def pairs_table(month: Month) -> DataFrame:
    """Pairs of areas for development that come together more or less often than by chance."""
    found = month.figures("theme_pair_lift", by=PAIR, period=month.year)
    linked = found[found["verdict"] != BY_CHANCE].sort_values("value", ascending=False, kind="stable")
    rows = []
    for lift in figures_of(linked):
        left, right = lift.group
        both = month.count("theme_pair", by=PAIR, group=lift.group, period=month.year)
        overlap = month.figure("theme_pair_jaccard", by=PAIR, group=lift.group, period=month.year)
        rows.append(
            [*(prompt_title(month, code, "development") for code in (left, right)), f"{both}",
             share_of(overlap) if overlap else "",
             f"{lift.value:.1f} ({lift.lower:.1f} to {lift.upper:.1f})", lift.note.capitalize()]
        )  # fmt: skip
    return pd.DataFrame(
        rows,
        columns=["Theme", "With", "Audits with both", "Of audits with either", "Times as often as by chance", "Link"],
    )


def separating_table(month: Month) -> DataFrame:
    """Themes clearly more common on one side of the Good line. One row per theme."""
    found = month.figures("theme_by_grade", by=PREVALENCE, period=month.year)
    found = found[found["verdict"].isin([BELOW_GOOD, GOOD])]
    found = found.sort_values("value", ascending=False, key=abs, kind="stable").head(MOST_ROWS)
    rows = []
    for gap in figures_of(found):
        code, polarity = gap.group
        rows.append(
            [prompt_title(month, code, polarity), "Strength" if polarity == "strength" else "For development",
             gap.note.capitalize(), difference_of(gap)]
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["Theme", "Found as", "Where", "Difference"])


def phrases_table(month: Month) -> DataFrame:
    """The words and phrases most typical of either side. One row per phrase."""
    found = month.figures("phrase_log_odds", by="phrase", period=month.year)
    rows = []
    for odds in figures_of(found):
        sides = [
            month.figure("phrase_share", by=("side", "phrase"), group=(side, *odds.group), period=month.year)
            for side in SIDES
        ]
        whose = f"Audits {odds.verdict.removeprefix(TYPICAL_OF).strip()}"
        rows.append([*odds.group, *(share_of(side) if side else "" for side in sides), whose])
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
        rows, columns=["Mentions", "Findings, month", "Findings, year", "Actions, month", "Actions, year"]
    )


WORDINGS = {
    "impact": "Impact on the child", "compliance": "Whether it was done", "both": "Both", "neither": "Neither",
}  # fmt: skip


def services_table(month: Month, code: str, polarity: str = "development") -> DataFrame:
    """How common one theme is in each service over the year. One row per service."""
    found = month.figures("theme_prevalence", by=("service_area", *PREVALENCE), period=month.place_year)
    rows = [
        [service, share_of(figure)]
        for figure in figures_of(found)
        for service, *prompt in [figure.group]
        if prompt == [code, polarity]
    ]
    return pd.DataFrame(rows, columns=["Service", "Audits with it"])


def suggested_table(month: Month) -> DataFrame:
    """Codes suggested for findings that nobody coded, where such figures exist. One row per theme and polarity."""
    found = month.figures("suggested_theme_count", by=PREVALENCE, population=SUGGESTED)
    rows = []
    for figure in figures_of(found.sort_values("value", ascending=False, kind="stable").head(MOST_ROWS)):
        code, polarity = figure.group
        rows.append([prompt_title(month, code, polarity), polarity.capitalize(), f"{figure.value:.0f}"])
    return pd.DataFrame(rows, columns=["Suggested theme", "Found as", "Findings"])


def windows(month: Month) -> tuple[str, str]:
    """The last three cycles and the twelve before them, as the measures write them."""
    before, cycles_of = months_after(month.month, -POOLED_CYCLES), month.rules.cycles_up_to
    return period_of(cycles_of(month.month, POOLED_CYCLES)), period_of(cycles_of(before, CYCLES_BEFORE))


def cycles_before(month: Month) -> str:
    """How many cycles the last three are held against: "twelve", or fewer where the council has not audited so long."""
    before = month.rules.cycles_up_to(months_after(month.month, -POOLED_CYCLES), CYCLES_BEFORE)
    return in_letters(len(before)) if before else "no"


def quarters(month: Month) -> tuple[str, str]:
    """The last three cycles and the three of six months before, as the measures write them."""
    then, cycles_of = month.rules.cycle_before(month.month), month.rules.cycles_up_to
    return period_of(cycles_of(month.month, POOLED_CYCLES)), period_of(cycles_of(then, POOLED_CYCLES))


def theme(month: Month, code: str, polarity: str, *, period: str) -> Figure | None:
    """How common a theme is in a period."""
    return month.figure("theme_prevalence", by=PREVALENCE, group=(code, polarity), period=period)


def courses(month: Month, word: str, measure: str, polarity: str) -> list[str]:
    """The codes that a rule calls so, in the framework's order."""
    period = month.year if measure == "theme_cycles" else month.month
    found = month.figures(measure, by=PREVALENCE, period=period)
    return codes_of(found[found["verdict"] == word], polarity)


def notes(month: Month, measure: str, population: str) -> dict[tuple[str, ...], str]:
    """What may be said of each theme. One entry per group."""
    found = month.figures(measure, by=PREVALENCE, population=population)
    return {figure.group: in_short(figure) for figure in figures_of(found)}


def cell(found: Figure | None) -> str:
    """A share in a table's cell; the count alone where there is too little."""
    if found is None or not found.denominator:
        return "no audits"
    return share_of(found)
