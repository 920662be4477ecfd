"""The tables of the moderation report, ready to be shown. One row per what its name says."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.english import at_first, with_minus
from qa_analysis.measures.figure import TOO_FEW, Figure, figures_of, joined
from qa_analysis.measures.populations import (
    EVERY_CYCLE,
    REFERRED,
    WHOLE_MONTH,
    all_routes,
    all_routes_weighted,
    random_third,
)
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import TOO_FEW_TO_SHOW, interval, of_whole, percent, share_of

KAPPA_FROM = 30  # pairs; docs/methods.md, agreement of auditor and panel
NOT_DEFINED = "not defined"


AGREEMENT = ("Upheld", "Lowered", "Raised")


def agreement_table(month: Month, population: str) -> DataFrame:
    """One row for the overall grade and one per key area."""
    areas = {("", ""): "Overall grade"} | {("key_area", area): title for area, title in month.rules.key_areas.items()}
    rows = []
    for (by, group), title in areas.items():
        found = {
            way: month.figure(
                f"moderation_{way}", by=by, group=group, period=month.year, population=random_third(month.rules)
            )
            for way in ("unchanged", "lowered", "raised")
        }
        if (upheld := found["unchanged"]) and upheld.denominator > 0:
            moved = (found["lowered"], found["raised"])
            rows.append([title, share_of(upheld), *(_tally(figure) if figure else "" for figure in moved)])
    return pd.DataFrame(rows, columns=["Grade of", *AGREEMENT])


def month_lines(month: Month) -> DataFrame:
    """The month's share upheld: the random third, the referred, and the whole month."""
    names = {
        month.rules.moderation_random_route: "Random third",
        REFERRED: "Referred or disputed",
        WHOLE_MONTH: "Whole month (estimate)",
    }
    rows = []
    for population, words in names.items():
        found = month.figure("agreement_exact", population=population)
        counted = "" if population == WHOLE_MONTH or not found else _upheld(found)
        beside = [month.figure(name, population=population) for name in ("gwet_ac1", "gwet_ac2_linear")]
        rows.append([words, counted, _share(found), *map(_coefficient, beside)])
    return pd.DataFrame(rows, columns=["Audits", "Upheld", "Share", "AC1", "AC2, linear"])


def _upheld(found: Figure) -> str:
    return of_whole(found) if found.denominator else "none moderated"


def _tally(found: Figure) -> str:
    return TOO_FEW_TO_SHOW if found.is_withheld else f"{found.numerator}"


def _whole(found: Figure | None) -> str:
    if found is None:
        return "0"
    return f"{found.denominator}" if found.denominator >= 0 else TOO_FEW_TO_SHOW


def year_lines(month: Month) -> DataFrame:
    """The year's share upheld and AC1: the random third, all routes unadjusted, all routes weighted."""
    names = {
        random_third(month.rules): "Random third",
        all_routes(month.rules): "All routes, unadjusted",
        all_routes_weighted(month.rules): "All routes, weighted",
    }
    rows = []
    for population, words in names.items():
        upheld, ac1, ac2 = (
            month.figure(name, period=month.year, population=population)
            for name in ("agreement_exact", "gwet_ac1", "gwet_ac2_linear")
        )
        rows.append([words, _whole(upheld), _share(upheld), _coefficient(ac1), _coefficient(ac2)])
    return pd.DataFrame(rows, columns=["Audits", "Decisions", "Upheld", "AC1", "AC2, linear"])


def agreement_by_area(month: Month) -> DataFrame:
    """Share upheld, within one grade, AC1 and AC2 of the random third. One row for overall and each key area."""
    rows = []
    for title, by, group in _areas(month):
        upheld, near, ac1, ac2 = (
            _of_year(month, name, by, group)
            for name in ("agreement_exact", "agreement_within_one", "gwet_ac1", "gwet_ac2_linear")
        )
        rows.append(
            [title, of_whole(upheld) if upheld else "", _share(upheld), of_whole(near) if near else "",
             _coefficient(ac1), _coefficient(ac2)]
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["Grade of", "Upheld", "Share", "Within one grade", "AC1", "AC2, linear"])


def direction_table(month: Month) -> DataFrame:
    """Lowered, raised, the share of changes downwards, and their direction. One row for overall and each key area."""
    rows = []
    for title, by, group in _areas(month):
        lowered, raised, index, tested = (
            _of_year(month, f"moderation_{name}", by, group) for name in ("lowered", "raised", "optimism", "direction")
        )
        if lowered and raised and index and tested and lowered.denominator > 0:
            rows.append([title, f"{lowered.numerator}", f"{raised.numerator}", _share(index), tested.note.capitalize()])
    return pd.DataFrame(rows, columns=["Grade of", "Lowered", "Raised", "Lowered, of all changes", "Direction"])


def groups_table(month: Month, by: str) -> DataFrame:
    """Upheld, lowered and raised among randomly selected audits. One row per group."""
    measures = ("agreement_exact", "moderation_lowered", "moderation_raised")
    drawn = (random_third(month.rules), random_third(month.rules, EVERY_CYCLE))
    found = {
        (figure.measure, joined(figure.group)): figure
        for measure in measures
        for figure in figures_of(month.over_time(measure, by=by))
        if figure.population in drawn
    }
    rows = []
    for group in (group for measure, group in found if measure == "agreement_exact"):
        upheld, lowered, raised = (found[measure, group] for measure in measures)
        rows.append(
            [at_first(group), of_whole(upheld), _share(upheld), _tally(lowered), _tally(raised)]
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["Group", "Upheld", "Share", "Lowered", "Raised"])


def far_moves(month: Month) -> DataFrame:
    """The month's overall grades changed by two or more. One row per audit route and pair of grades."""
    found = figures_of(month.figures("moderation_moved_two", by=("route", "auditor", "panel")))
    rows = [[*figure.group, f"{figure.value:.0f}"] for figure in found]
    return pd.DataFrame(rows, columns=["Audit route", "Auditor", "Panel", "Decisions"])


def far_moves_by_area(month: Month) -> DataFrame:
    """The month's area grades changed by two or more. One row per key area that has any."""
    found = month.figures("moderation_moved_two", by="key_area").set_index("group")["value"]
    rows = [[title, f"{found[area]:.0f}"] for area, title in month.rules.key_areas.items() if found.get(area, 0)]
    return pd.DataFrame(rows, columns=["Key area", "Decisions"])


def view_table(month: Month) -> DataFrame:
    """Good or better as graded and by the panel's standard, month and year. One row for overall and each key area."""
    rows = []
    for title, by, group in _areas(month):
        shown = [
            _share(month.figure(name, by=by, group=group, period=period))
            for period in (month.month, month.year)
            for name in ("good_or_better", "good_or_better_adjusted")
        ]
        rows.append([title, *shown])
    return pd.DataFrame(rows, columns=["Grade of", "Month, auditors", "Month, panel", "Year, auditors", "Year, panel"])


def appendix_table(month: Month) -> DataFrame:
    """Linear and quadratic kappa of the random third. One row for overall and each key area that has any pair."""
    rows = []
    for title, by, group in _areas(month):
        linear, quadratic = (_of_year(month, f"kappa_{weights}", by, group) for weights in ("linear", "quadratic"))
        if linear and quadratic and linear.denominator > 0:
            rows.append([title, _whole(linear), _kappa(linear), _kappa(quadratic)])
    return pd.DataFrame(rows, columns=["Grade of", "Pairs", "Linear weights", "Quadratic weights"])


def _areas(month: Month) -> list[tuple[str, str, str]]:
    """Overall and the six key areas: title, dimension and group."""
    return [("Overall grade", "", ""), *((title, "key_area", area) for area, title in month.rules.key_areas.items())]


def _of_year(month: Month, measure: str, by: str, group: str) -> Figure | None:
    return month.figure(measure, by=by, group=group, period=month.year, population=random_third(month.rules))


def _share(found: Figure | None) -> str:
    """A share with its interval, or why there is none."""
    if found is None or not found.is_given:
        return found.note if found and found.note else "none"
    if found.is_doubtful:
        return found.note
    return f"{percent(found.value)} ({interval(found)})"


def _coefficient(found: Figure | None) -> str:
    """A coefficient with its interval, or why there is none."""
    if found is None:
        return "not given"
    if found.verdict == TOO_FEW or not found.denominator:
        return TOO_FEW
    if not found.is_given:
        return NOT_DEFINED
    return f"{_number(found.value)} ({_number(found.lower)} to {_number(found.upper)})"


def _kappa(found: Figure) -> str:
    return TOO_FEW if found.denominator < KAPPA_FROM else _coefficient(found)


def _number(value: float) -> str:
    return with_minus(f"{value:.2f}")
