"""An answer's figures as a table that is read, not searched: what, for whom, how many, how sure."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import agreeing, at_first
from qa_analysis.framework import Rules
from qa_analysis.measures.figure import Figure, figures_of, joined
from qa_analysis.measures.themes.in_audits import POLARITIES
from qa_analysis.questions.subjects.every import SUBJECTS
from qa_analysis.telling.claims import in_words
from qa_analysis.telling.wording import in_points, interval, percent, share_of

STRENGTH = "A strength"  # before what is for development
SIDE_BY_SIDE = 10  # groups that fit beside each other in a table
CROSSED = ("findings", "prompts", "views")  # of a group and a prompt
PLACED = ("service_area", "team", "month", "age_band", "case_status", "auditor_role")
SIDES: Final[Mapping[str, str]] = MappingProxyType({"strength": STRENGTH, "development": "For development"})
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "good_or_better": "Good or better",
        "good_or_better_less_others": "Difference from the others",
        "grade_count": "Audits graded",
        "run_chart": "Usual range",
        "loop_difference": "Change",
        "loop_verdict": "Verdict",
        "loop_superiority": "Chance that an audit now is graded above one then",
        "detectable_rise": "Smallest rise reliably shown",
        "family_contact_attempted": "A family was contacted",
        "family_contact_attempted_where_appropriate": "A family was contacted, where that was appropriate",
        "family_engaged": "A family member spoke with us",
        "family_contacts": "Contacts",
        "family_views": "Views",
        "agreement_exact": "Upheld",
        "agreement_within_one": "Changed by at most one grade",
        "gwet_ac1": "Agreement beyond chance (AC1)",
        "gwet_ac2_linear": "Agreement beyond chance, allowing for near misses (AC2)",
        "moderation_unchanged": "Upheld",
        "moderation_lowered": "Lowered",
        "moderation_raised": "Raised",
        "moderation_direction": "Direction",
        "moderation_pairs": "Auditor’s and panel’s grade",
        "actions_open": "Open",
        "actions_overdue": "Overdue",
        "actions_overdue_safeguarding": "Overdue, about safeguarding",
        "actions_completed": "Completed",
        "actions_unsigned": "Completed, not signed off",
        "completed_in_40_calendar_days": "Completed within 40 calendar days",
        "completed_in_40_working_days": "Completed within 40 working days",
        "audits_completed": "Audits",
        "open_records_never_audited": "Open records of a team without an audit",
        **{measure: title for subject in SUBJECTS.values() for measure, title in subject.names.items()},
    }
)


def read_table(figures: DataFrame, titles: Mapping[str, str], question: str, *, by: str) -> DataFrame:
    """The figures in words: one row per group and a column per measure, or one row per figure of the whole.

    The pairs of grades are left to the picture.
    """
    found = [figure for figure in figures_of(figures) if figure.measure != "moderation_pairs"]
    if question == "trend":
        by_cycle = [figure for figure in found if figure.measure in ("good_or_better", "run_chart")]
        cells = [(month_name(figure.period), NAMES[figure.measure], _cell(figure)) for figure in by_cycle]
        return _crossed(cells, "Cycle")
    if question == "findings" and by not in PLACED:
        cells = [(*_finding(figure, titles), _cell(figure)) for figure in found]
        return _crossed(sorted(cells, key=lambda cell: cell[1] != STRENGTH), "What was found")
    if question == "change":
        return _crossed([(_group(figure, titles), _at(figure), _cell(figure)) for figure in found], "Grade of")
    if any(len(figure.group) > 1 for figure in found) and question in CROSSED:
        return _crossed_by_group(found, titles)
    if by:
        return _crossed([(_group(figure, titles), NAMES[figure.measure], _cell(figure)) for figure in found], "Of")
    return DataFrame([[_what(figure, titles), _cell(figure)] for figure in found], columns=["What", "Figure"])


def _crossed(cells: Sequence[tuple[str, str, str]], corner: str) -> DataFrame:
    """Cells by their row and column, in the order met; a column that only the whole has is left to the sentence."""
    names, columns = (list(dict.fromkeys(cell[part] for cell in cells)) for part in (0, 1))
    held = {(name, column): text for name, column, text in cells}
    several = [column for column in columns if len(names) < 2 or any((name, column) in held for name in names[1:])]
    return DataFrame(
        [[name, *(held.get((name, column), "") for column in several)] for name in names], columns=[corner, *several]
    )


def _crossed_by_group(found: Sequence[Figure], titles: Mapping[str, str]) -> DataFrame:
    """What was found or answered, by group. Of one prompt a row per group; else a row per prompt, a column per group.

    Where the groups are too many to stand beside each other, a row per group and prompt.
    """
    split = [figure for figure in found if len(figure.group) > 1]
    groups, prompts = ({name(figure, titles) for figure in split} for name in (_of_group, _prompt))
    if len(prompts) == 1 or len({figure.group[1] for figure in split}) == 1:
        ordered = sorted(found, key=lambda figure: figure.group[0] if len(figure.group) > 1 else "")
        return _crossed([(_of_group(figure, titles), _measured(figure), _cell(figure)) for figure in ordered], "Of")
    main = split[0].measure
    if len(groups) <= SIDE_BY_SIDE:
        shown = [figure for figure in found if figure.measure == main]
        return _crossed([(_prompt(one, titles), _of_group(one, titles), _cell(one)) for one in shown], "Prompt")
    return _crossed(
        [(f"{_of_group(one, titles)}: {_prompt(one, titles)}", NAMES[one.measure], _cell(one)) for one in found], "Of"
    )


def _of_group(figure: Figure, titles: Mapping[str, str]) -> str:
    """The group of a figure that is of a group and a prompt; the whole where it is of a prompt alone."""
    if len(figure.group) < 2 or figure.by[0] == "theme_code":
        return "All"
    name = figure.group[0]
    return month_name(name) if figure.by[0] == "month" and name[:1].isdigit() else at_first(titles.get(name, name))


def _measured(figure: Figure) -> str:
    """What was counted; of a finding, on which side it was found."""
    return SIDES[figure.group[-1]] if figure.by[-1] == "polarity" else NAMES[figure.measure]


def _prompt(figure: Figure, titles: Mapping[str, str]) -> str:
    """A prompt of a group; found on a side, as it is called there."""
    if figure.by[-1] == "polarity":
        title, side = _finding(figure, titles)
        return f"{title} ({side.lower()})"
    return titles.get(figure.group[-1], figure.group[-1])


def _finding(figure: Figure, titles: Mapping[str, str]) -> tuple[str, str]:
    """A prompt as it is called on the side on which it was found (or a key area), and which side that was."""
    code, polarity = figure.group[-2:]
    return titles.get(joined((code, polarity)), titles.get(code, code)), SIDES[polarity]


def finding_titles(figures: DataFrame, titles: Mapping[str, str]) -> dict[str, str]:
    """What each finding of a picture is called, by its group; a key area or a council's own code with its side."""
    return {
        group: titles.get(group) or f"{titles.get(code, code)} ({SIDES[polarity].lower()})"
        for group in figures["group"]
        for code, _, polarity in [group.rpartition("+")]
    }


def _at(figure: Figure) -> str:
    """A measure, or the months of a share."""
    if figure.measure != "good_or_better":
        return NAMES[figure.measure]
    return " to ".join(month_name(month) for month in figure.period.split("/"))


def _what(figure: Figure, titles: Mapping[str, str]) -> str:
    return NAMES[figure.measure] + (f": {_group(figure, titles)}" if figure.group else "")


def group_titles(rules: Rules) -> dict[str, str]:
    """The titles of key areas and audit themes by their code, and of prompts by their code and the side found."""
    called = {joined((code, side)): theme.called(side) for code, theme in rules.codebook.items() for side in POLARITIES}
    prompts = {code: f"{code} {label}" for code, label in rules.prompts.items()}
    return {**rules.themes, **rules.key_areas, **prompts, **called, "development": "for development"}


def _group(figure: Figure, titles: Mapping[str, str]) -> str:
    """The group in people's words; the whole where there is none."""
    named = [
        month_name(part) if name == "month" and part[:1].isdigit() else titles.get(part, part)
        for name, part in zip(figure.by, figure.group, strict=True)
    ]
    return ", ".join([at_first(named[0]), *named[1:]]) if named else "All"


def _cell(figure: Figure) -> str:
    """A count, a share or another estimate, with its interval and what may be said of it."""
    note = figure.note
    if figure.measure == "loop_verdict":
        return at_first(in_words(figure))
    if note and (figure.unit == "p-value" or figure.measure == "open_records_never_audited"):
        return at_first(note)
    return f"{_number(figure)}{f': {note}' if note else ''}"


def _number(figure: Figure) -> str:
    if not figure.is_given:
        return "not defined"
    if figure.method == "count":
        return f"{figure.value:,.0f}"
    if figure.measure == "run_chart":
        return interval(figure) if figure.lower == figure.lower else "no limits yet"
    if figure.unit == "share" and figure.numerator != figure.numerator:  # estimated, and not counted
        return f"{percent(figure.value)} ({interval(figure)}) of {figure.denominator:,}"
    if figure.unit == "share":
        return share_of(figure) if figure.denominator else "none"
    return _estimate(figure, figure.unit)


def _estimate(found: Figure, unit: str) -> str:
    if unit == "difference of shares":
        size = agreeing(abs(round(100 * found.value)), "percentage point", "percentage points")
        bounds = f" (range {in_points(found.lower)} to {in_points(found.upper)})" if found.lower == found.lower else ""
        return f"{in_points(found.value)} {size}{bounds}"
    if unit == "probability":
        return f"{percent(found.value)} ({interval(found)})" if found.lower == found.lower else percent(found.value)
    if unit == "p-value":
        return f"p = {found.value:.2f}" if found.value >= 0.01 else "p under 0.01"
    if unit == "days":
        known = found.lower == found.lower and found.upper == found.upper
        return f"{found.value:.0f}" + (f" ({found.lower:.0f} to {found.upper:.0f})" if known else "")
    return f"{found.value:.2f} ({found.lower:.2f} to {found.upper:.2f})"
