"""Moderation in sentences: one claim each, with its number, denominator and interval."""

import pandas as pd

from qa_analysis.dates import month_name, span_name
from qa_analysis.english import agreeing, counted, listed, with_minus
from qa_analysis.measures.figure import TOO_FEW_CHANGES, Figure, figures_of, joined
from qa_analysis.measures.moderation.panel_direction import MILDER, STRICTER
from qa_analysis.measures.moderation.panel_practice import AUDITOR_SAT
from qa_analysis.measures.populations import EVERY_ROUTE, random_third
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import cases, interval, or_none, percent, percent_of, points, signed

WHY_THEY_DIFFER = (
    "The three differ because disputed and referred audits are moderated more often, and are usually upheld less "
    "often. Counted together with the random third, they make the unadjusted figure misleading for all audits. In the "
    "weighted figure each randomly selected audit represents the audits it was selected from, and each referred one "
    "only itself, so it should be close to the random third, with a slightly narrower range."
)
DIRECTIONS = {
    MILDER: "Over the year the panel lowered more grades than it raised: auditors tend to grade more generously than "
    "the panel.",
    STRICTER: "Over the year the panel raised more grades than it lowered: auditors tend to grade less generously than "
    "the panel.",
    TOO_FEW_CHANGES: "Too few grades were changed to say whether the panel tends to raise or lower them.",
}
ROUTES = {
    "random third": "selected at random", "dispute": "disputed", "immediate concern": "for an immediate concern",
    "calibration": "for calibration", "other": "by another route",
}  # fmt: skip
NO_DIRECTION = "The panel's changes over the year show no clear direction."


def upheld_sentences(month: Month) -> list[str]:
    """The month: upheld, lowered and raised, crossed the Good line, changed by two grades."""
    found = month.figure("moderation_unchanged", population=EVERY_ROUTE)
    required = month.count("moderation_required")
    if found is None or not found.denominator:
        return [f"The panel has not yet graded an audit of this cycle; {counted(required, 'was', 'were')} due."]
    if found.is_withheld:
        return ["The panel moderated too few audits of this cycle to show how.", due_sentence(month)]
    lowered, raised = (month.figure(f"moderation_{way}", population=EVERY_ROUTE) for way in ("lowered", "raised"))
    crossed, far = month.count("moderation_crossed_good"), month.count("moderation_moved_two")
    return [
        f"The panel upheld {found.numerator} of {counted(found.denominator, 'grade')}, "
        f"lowered {lowered.numerator if lowered else 0} and raised {raised.numerator if raised else 0}.",
        f"Changes across the line between good and requires improvement: {crossed}. Changes by two grades or more: "
        f"{far}.",
        due_sentence(month),
    ]


def due_sentence(month: Month) -> str:
    """How many audits were due for moderation, how many the panel moderated, and by which routes."""
    required, done = month.count("moderation_required"), month.count("moderation_done")
    routes = month.figures("moderation_done", by="route")
    sizes = [
        f"{row['value']:.0f} {ROUTES.get(row['group'], row['group'])}" for _, row in routes.iterrows() if row["value"]
    ]
    due = f"{counted(required, 'audit')} (one third) {agreeing(required, 'was', 'were')} due for moderation."
    if len(sizes) == 1:
        return f"{due} The panel moderated {sizes[0]}."
    return f"{due} The panel moderated {done}{f': {listed(sizes)}' if sizes else ''}."


def direction_title(month: Month) -> str:
    """Which way the panel moved grades, said as a finding only where there is enough to say it."""
    lowered, raised = (_of_year(month, f"moderation_{way}") for way in ("lowered", "raised"))
    if lowered is None or raised is None or not lowered.denominator > 0:
        return "Auditors and panel"
    graded = counted(lowered.denominator, "randomly selected audit")
    return f"Of {graded} the panel graded {or_none(lowered.numerator)} lower and {or_none(raised.numerator)} higher"


def direction_sentences(month: Month) -> list[str]:
    """Whether the year's changes have a direction, and by how much grades change on average."""
    index, shift, tested = (_of_year(month, f"moderation_{name}") for name in ("optimism", "mean_steps", "direction"))
    if not (index and shift and tested and shift.denominator > 0):
        return ["No randomly selected audit was moderated this year."]
    sentences = [DIRECTIONS.get(tested.verdict, NO_DIRECTION)]
    if index.is_withheld:
        return [*sentences, "Too few grades were changed to show which way."]
    changed = f"Of {counted(index.denominator, 'change')} {counted(index.numerator, 'was', 'were')} to a lower grade"
    sentences.append(f"{changed}." if index.is_doubtful else f"{changed} ({percent(index.value)}, {interval(index)}).")
    if not shift.is_doubtful:
        way = "lower" if shift.value >= 0 else "higher"
        sentences.append(
            f"On average the panel's grade is {abs(shift.value):.2f} of a grade {way} than the auditor's "
            f"(range {_signed(shift.lower)} to {_signed(shift.upper)}; plus means lower)."
        )
    return sentences


def spread_sentences(month: Month) -> list[str]:
    """How far auditors differ from one another, without naming or ranking any."""
    auditors, spread = month.count("auditors", period=month.year), _of_year(month, "auditor_spread")
    told = month.count("auditors_with_a_card", period=month.year)
    if spread is None or not spread.denominator:
        return []
    rests = (
        f"{counted(auditors, 'person', 'people')} audited in the year; {counted(told, 'has', 'have')} enough random "
        "moderations for their own calibration card."
    )
    if spread.is_doubtful:
        return [f"The data do not show whether auditors grade differently from one another: {spread.note}. {rests}"]
    return [
        f"Auditors differ from one another by about {spread.value:.2f} of a grade (standard deviation, estimated from "
        f"{counted(spread.denominator, 'random moderation')}). {rests} The cards are for the auditor and the Quality "
        "Assurance Manager alone."
    ]


def difference_sentences(month: Month) -> list[str]:
    """Grades upheld blind against not blind, and since against before auditors were widened, where there is enough."""
    said = []
    for found in figures_of(month.held.of("agreement_difference")):
        first, second = joined(found.group).split(" less ")
        if found.is_doubtful:
            said.append(f"Upheld {first} against {second}: too few to compare.")
            continue
        clear = "" if found.lower > 0 or found.upper < 0 else ", no clear difference"
        more = "more" if found.value >= 0 else "less"
        said.append(f"Upheld {first} against {second}: {points(found.value)} {more} (range {signed(found)}{clear}).")
    return said


def view_sentences(month: Month) -> list[str]:
    """How the panel would have graded all audits, for the month and the year, or why that cannot be estimated."""
    return [_view(month, month.month, month_name(month.month)), _view(month, month.year, year_label(month))]


def _view(month: Month, period: str, words: str) -> str:
    graded, view = (month.figure(name, period=period) for name in ("good_or_better", "good_or_better_adjusted"))
    if view is None or graded is None or not graded.denominator:
        return f"{words}: no headline audit has an overall grade."
    said = f"{words}: auditors graded {percent_of(graded, 'headline audit')} good or better{cases(graded)}."
    if view.is_doubtful or not view.is_given:
        return f"{said} How the panel would have graded all of them cannot be estimated: {view.note}."
    return (
        f"{said} If every audit had been moderated, we estimate {percent(view.value)} would be good or better "
        f"({interval(view)})."
    )


def practice_sentences(month: Month) -> list[str]:
    """Who sat, what reached the panel, why grades were changed and how soon, over the year."""
    return [*_reach(month), *_make_up(month), *_reasons(month), *_pace(month)]


def _reach(month: Month) -> list[str]:
    words = {
        "disputed_moderated": ("disputed audit", "disputed audits"),
        "concern_moderated": ("audit with an immediate concern", "audits with an immediate concern"),
    }
    said = []
    for measure, nouns in words.items():
        found = month.figure(measure, period=month.year)
        if found is None:
            said.append(f"How many {nouns[1]} there were in the year is not known: that was not recorded.")
            continue
        if not found.denominator:
            said.append(f"No {nouns[1]} were recorded in the year.")
            continue
        if found.is_withheld:
            said.append(f"The number of {nouns[1]} in the year is too small to show.")
            continue
        missed = found.denominator - found.numerator
        said.append(
            f"The panel moderated {found.numerator} of {counted(found.denominator, *nouns)} in the year, by any route. "
            f"Not yet moderated: {or_none(missed)}."
        )
    return [*said, "The framework sends disputed audits to the panel. It does not say so of immediate concerns."]


def _make_up(month: Month) -> list[str]:
    sizes = month.figures("panel_members", by="standing members", period=month.year)
    if not sizes["value"].sum():
        return ["No panel sat in the year."]
    standing = len(month.rules.panel_roles)
    counted = ", ".join(
        f"{row['group']} of {standing}: {row['value']:.0f}" if row["group"].isdigit()
        else f"{row['group']}: {row['value']:.0f}"
        for _, row in sizes.iterrows()
        if row["value"]
    )  # fmt: skip
    guests = month.count("panel_with_guest", period=month.year)
    sat = month.count("panel_independence", by="auditor's role", group=AUDITOR_SAT, period=month.year)
    return [
        f"Decisions by number of standing members present: {counted}. The framework names the members but sets no "
        "quorum.",
        f"Decisions with a guest: {guests}.",
        f"Decisions where somebody in the auditor's own role sat, so independence should be checked: {sat}.",
    ]


def _reasons(month: Month) -> list[str]:
    found = month.figures("moderation_reason", by="reason_about", period=month.year).set_index("group")["value"]
    if not found.sum():
        return ["No grade was changed in the year."]
    reasons = ", ".join(f"{reason} {tally:.0f}" for reason, tally in found.items() if tally)
    return [f"Reasons for changing grades, practice or the form, over the year: {reasons}."]


def _pace(month: Month) -> list[str]:
    words = {
        "days_audit_to_panel_median": "from audit to panel",
        "days_panel_to_feedback_median": "from panel to feedback",
    }
    said = []
    for measure, span in words.items():
        found = month.figure(measure, period=month.year)
        if found and found.denominator > 0:
            days = counted(found.value, "day")
            said.append(f"Median time {span}: {days} ({found.denominator} dated).")
    waiting = month.count("moderation_not_fed_back", period=month.year)
    return [*said, f"Decisions of the year not yet fed back to the auditor: {waiting}."]


def year_label(month: Month) -> str:
    """The year of cycles in words."""
    return span_name(month.year)


def _of_year(month: Month, measure: str) -> Figure | None:
    return month.figure(measure, period=month.year, population=random_third(month.rules))


def _signed(value: float) -> str:
    return "not known" if pd.isna(value) else with_minus(f"{value:+.2f}")
