"""Moderation in sentences: one claim each, with its number, denominator and interval."""

import pandas as pd

from qa_analysis.dates import month_name, span_name
from qa_analysis.english import counted, with_minus
from qa_analysis.measures.figure import TOO_FEW_CHANGES, Figure, figures_of, joined
from qa_analysis.measures.moderation.panel_direction import MILDER, STRICTER
from qa_analysis.measures.moderation.panel_practice import AUDITOR_SAT
from qa_analysis.measures.populations import EVERY_ROUTE, random_third
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import interval, percent, points, share_of

WHY_THEY_DIFFER = (
    "The three differ because disputed and referred audits are moderated more often, and as a rule upheld less often: "
    "put together with the random third they pull the naive figure away from what holds for all audits. Weighting lets "
    "each decision drawn at random stand for the audits it was drawn from, and each referred one for itself, so it "
    "should agree with the random third and be a little surer."
)
DIRECTIONS = {
    MILDER: "Over the year the panel lowers more grades than it raises: auditors are the milder side.",
    STRICTER: "Over the year the panel raises more grades than it lowers: auditors are the stricter side.",
    TOO_FEW_CHANGES: "Too few grades were changed to say whether the panel tends to raise or lower.",
}
NO_DIRECTION = "The changes of the year show no clear direction."


def upheld_sentences(month: Month) -> list[str]:
    """The month: upheld, lowered and raised, crossed the Good line, moved two grades."""
    found = month.figure("moderation_unchanged", population=EVERY_ROUTE)
    required = month.count("moderation_required")
    if found is None or not found.denominator:
        return [f"The panel has not yet graded an audit of this cycle; {counted(required, 'was', 'were')} due."]
    lowered, raised = (month.figure(f"moderation_{way}", population=EVERY_ROUTE) for way in ("lowered", "raised"))
    crossed, far = month.count("moderation_crossed_good"), month.count("moderation_moved_two")
    done = month.count("moderation_done")
    return [
        f"The panel upheld {found.numerator} of {counted(found.denominator, 'grade')}, "
        f"lowered {lowered.numerator if lowered else 0} and raised {raised.numerator if raised else 0}.",
        f"{crossed} crossed the line between good and requires improvement; {far} moved by two grades or more.",
        f"A third of the cycle's audits is {required}; the panel has made {counted(done, 'decision')} on them.",
    ]


def direction_title(month: Month) -> str:
    """Which way the panel moved grades, said as a finding only where there is enough to say it."""
    lowered, raised = (_of_year(month, f"moderation_{way}") for way in ("lowered", "raised"))
    if lowered is None or raised is None or not lowered.denominator:
        return "Auditors and panel"
    return f"The panel lowered {counted(lowered.numerator, 'grade')} drawn at random and raised {raised.numerator}"


def direction_sentences(month: Month) -> list[str]:
    """Whether the year's changes have a direction, and how far grades move on the whole."""
    index, shift, tested = (_of_year(month, f"moderation_{name}") for name in ("optimism", "mean_steps", "direction"))
    if not (index and shift and tested and shift.denominator):
        return ["No grade of the random third was looked at this year."]
    sentences = [DIRECTIONS.get(tested.verdict, NO_DIRECTION)]
    changed = f"Of {counted(index.denominator, 'change')} {counted(index.numerator, 'was', 'were')} downwards"
    sentences.append(f"{changed}." if index.is_doubtful else f"{changed} ({percent(index.value)}, {interval(index)}).")
    if not shift.is_doubtful:
        way = "downwards" if shift.value >= 0 else "upwards"
        sentences.append(
            f"On the whole a grade drawn at random moves {abs(shift.value):.2f} of a grade {way} "
            f"({_signed(shift.lower)} to {_signed(shift.upper)}, downwards counted as plus)."
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
        "moderations for a card of their own."
    )
    if spread.is_doubtful:
        return [f"Auditors cannot be told apart: {spread.note}. {rests}"]
    return [
        f"Auditors differ from one another by about {spread.value:.2f} of a grade (standard deviation, as far as "
        f"{counted(spread.denominator, 'random moderation')} can tell). {rests} The cards are for the auditor and the "
        "Quality Assurance Manager alone."
    ]


def difference_sentences(month: Month) -> list[str]:
    """Grades upheld blind against not blind, and since against before auditors were widened, where there is enough."""
    said = []
    for found in figures_of(month.held.of("agreement_difference")):
        first, second = joined(found.group).split(" less ")
        if found.is_doubtful:
            said.append(f"Upheld {first} against {second}: too few to compare.")
            continue
        low, high = (with_minus(f"{100 * bound:+.0f}") for bound in (found.lower, found.upper))
        clear = "" if found.lower > 0 or found.upper < 0 else ", no clear difference"
        more = "more" if found.value >= 0 else "less"
        said.append(f"Upheld {first} against {second}: {points(found.value)} {more} often ({low} to {high}{clear}).")
    return said


def view_sentences(month: Month) -> list[str]:
    """What the panel would have said of all, for the month and the year, or why that cannot be told."""
    return [_view(month, month.month, month_name(month.month)), _view(month, month.year, year_label(month))]


def _view(month: Month, period: str, words: str) -> str:
    graded, view = (month.figure(name, period=period) for name in ("good_or_better", "good_or_better_adjusted"))
    if view is None or graded is None or not graded.denominator:
        return f"{words}: no headline audit has an overall grade."
    said = f"{words}: auditors graded {share_of(graded, 'headline audit')} good or better"
    if view.is_doubtful or not view.is_given:
        return f"{said}; {view.note}."
    return f"{said}; had the panel looked at all of them we estimate {percent(view.value)} ({interval(view)})."


def practice_sentences(month: Month) -> list[str]:
    """Who sat, what reached the panel, why grades moved and how soon, over the year; the month's where it matters."""
    return [*_reach(month), *_make_up(month), *_reasons(month), *_pace(month)]


def _reach(month: Month) -> list[str]:
    words = {
        "disputed_moderated": ("disputed audit", "disputed audits"),
        "concern_moderated": ("audit with an immediate concern", "audits with an immediate concern"),
    }
    said = []
    for measure, nouns in words.items():
        found = month.figure(measure, period=month.year)
        if found is None or not found.denominator:
            said.append(f"No {nouns[1]} were recorded in the year.")
            continue
        missed = found.denominator - found.numerator
        said.append(
            f"{found.numerator} of {counted(found.denominator, *nouns)} in the year reached the panel by any route; "
            f"{missed or 'none'} did not."
        )
    return [*said, "The framework sends disputed audits to the panel; of immediate concerns it does not say so."]


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
        f"Standing members who sat, by decisions: {counted}. The framework names the members and no quorum.",
        f"Decisions with a guest: {guests}.",
        f"Decisions on which somebody of the auditor's own role sat, and independence should be asked after: {sat}.",
    ]


def _reasons(month: Month) -> list[str]:
    found = month.figures("moderation_reason", by="reason_about", period=month.year).set_index("group")["value"]
    if not found.sum():
        return ["No grade was changed in the year."]
    listed = ", ".join(f"{reason} {tally:.0f}" for reason, tally in found.items() if tally)
    return [f"What changed grades were about, practice or the form, over the year: {listed}."]


def _pace(month: Month) -> list[str]:
    words = {
        "days_audit_to_panel_median": "from audit to panel",
        "days_panel_to_feedback_median": "from panel to feedback",
    }
    said = []
    for measure, span in words.items():
        found = month.figure(measure, period=month.year)
        if found and found.denominator:
            days = counted(found.value, "day")
            said.append(f"The middle decision of the year took {days} {span} ({found.denominator} dated).")
    waiting = month.count("moderation_not_fed_back", period=month.year)
    return [*said, f"Decisions of the year not yet fed back to the auditor: {waiting}."]


def year_label(month: Month) -> str:
    """The year of cycles in words."""
    return span_name(month.year)


def _of_year(month: Month, measure: str) -> Figure | None:
    return month.figure(measure, period=month.year, population=random_third(month.rules))


def _signed(value: float) -> str:
    return "not known" if pd.isna(value) else with_minus(f"{value:+.2f}")
