"""Closing the loop in sentences: one claim each, with its number, denominator and interval."""

from qa_analysis.english import agreeing, counted
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.reports.close_the_loop.tables import changed, graded_areas
from qa_analysis.telling.claims import reserve, reserve_of, title_of
from qa_analysis.telling.wording import compared_periods, last_cycles, missing_before, or_none, points, share_of, were

HOW_JUDGED = (
    "All verdicts rest on one comparison, which was chosen before any grades were known: the last three cycles against "
    "the same three cycles six months earlier. Its seven grades are tested together (Holm), so the chance of any false "
    "verdict is at most one in twenty. A change is stated without qualification only where nothing else changed "
    "between the two periods (such as the auditors or the form) and the auditors who audited in both periods also show "
    "it. “No clear evidence of change” does not mean that nothing changed."
)
NO_VERDICT_OF_A_THEME = (
    "No verdict is given for single themes. Each rests on few audits from two single cycles, and among many themes "
    "some would appear to change by chance alone. Where the range runs from minus to plus, the audits do not show "
    "which way the theme moved. Where it does not, the theme is worth looking into; this is an early sign, not a "
    "verdict."
)


def verdict_title(month: Month) -> str:
    """What the comparison found, said as a finding."""
    return title_of({title: claim for title, by, group in graded_areas(month) if (claim := _claim(month, by, group))})


def periods(month: Month) -> str:
    """The two periods compared, in words."""
    return " against ".join(compared_periods(month))


def between(month: Month) -> list[str]:
    """What changed in the way of auditing between the two periods; nothing where nothing did."""
    reasons = month.figures("loop_break", by="reason", population=LEAD)["group"].tolist()
    return [f"{reserve(reasons)}."] if reasons else []


def starred(month: Month) -> list[str]:
    """The same beneath a table whose cells have an asterisk for it."""
    return [f"* {said}" for said in between(month)]


def unlike_sentences(month: Month) -> list[str]:
    """What else changed between the two periods, each said once."""
    said = [
        *(between(month) or ["Nothing recorded changed the way of grading between the two periods."]),
        *missing_before(month),
    ]
    now, then = (
        month.figure("loop_audits_by_same_auditors", by="side", group=side, population=LEAD) for side in ("now", "then")
    )
    if now and then:
        said.append(
            f"Auditors who audited in both periods completed {share_of(now, 'audit')} now and "
            f"{share_of(then, 'audit')} then."
        )
    children = month.count("loop_same_children", population=LEAD)
    said.append(f"Children audited in both periods: {children}.")
    overlap = month.figure("loop_reviews_overlapping", population=LEAD)
    if overlap and overlap.denominator > 0:
        looks = agreeing(overlap.numerator, "looks", "look")
        said.append(
            f"In the later period {share_of(overlap, 'review')} {looks} back into months that the earlier audits also "
            "covered, so some of the same practice may be counted twice."
        )
    return [*said, *_picked(month)]


def _picked(month: Month) -> list[str]:
    """Regression to the mean, where a theme was picked because it looked bad."""
    chosen = month.figure("loop_picked_for_weakness", population=LEAD)
    if chosen is None or not chosen.numerator:
        return []
    return [
        f"In the earlier period {share_of(chosen, 'audit')} {were(chosen)} of a theme chosen because it looked weak. "
        "Such a theme often looks better next time without any real change (regression to the mean), so a rise is "
        "weaker evidence than it seems."
    ]


def split_sentence(month: Month) -> str:
    """What is left of the overall change where both periods have the same mix of cases."""
    change = month.figure("loop_difference", population=LEAD)
    rest = month.figure("loop_remainder", by="factor", group="service and case status", population=LEAD)
    if change is None or rest is None:
        return "Services and case status were not recorded, so the change cannot be split."
    return (
        f"Change in the overall grade: {changed(change)}. With services and case status held constant: {changed(rest)}."
    )


def ledger_sentences(month: Month) -> list[str]:
    """How many audit themes were followed up, and which were not."""
    done, due, overdue = (month.count(f"revisits_{state}") for state in ("done", "due", "overdue"))
    found = month.figures("ledger_orphan", by="theme_code")
    unanswered = [month.rules.themes.get(str(code), str(code)) for code in found.loc[found["value"] > 0, "group"]]
    said = [
        f"Of the audit themes of {last_cycles(month)}, {or_none(done)} {agreeing(done, 'has', 'have')} been audited "
        f"again, {or_none(due)} {agreeing(due, 'is', 'are')} due and {or_none(overdue)} "
        f"{agreeing(overdue, 'is', 'are')} overdue."
    ]
    if unanswered:
        said.append(f"No decision, wider action or learning has been recorded yet for: {', '.join(unanswered)}.")
    return [*said, *_learning(month)]


def _learning(month: Month) -> list[str]:
    """Teams that took part in learning beside those that did not."""
    found = figures_of(month.figures("learning_change", by="learning"))
    if not found:
        return []
    parts = [
        f"{teams}: {changed(one) if one.verdict != TOO_FEW_TO_JUDGE else TOO_FEW_TO_JUDGE}"
        for one in found
        for teams in one.group
    ]
    held = f" {reserve_of(found)}." if reserve_of(found) else ""
    return [
        f"Change in the themes audited again this cycle: {'; '.join(parts)}.{held} Teams were not randomly chosen to "
        "attend, so a difference between them does not show that the learning caused it."
    ]


def planner_sentence(month: Month) -> str:
    """What this many audits could have shown."""
    rise, change = month.figure("detectable_rise", population=LEAD), month.figure("loop_difference", population=LEAD)
    if rise is None or change is None or not rise.is_given:
        return "A sample of this size would not reliably show any rise."
    return (
        f"A sample of this size ({counted(change.denominator, 'audit')} in the two periods together) would only "
        f"reliably show a rise of {points(rise.value)} or more, four times in five."
    )


def _claim(month: Month, by: str, group: str) -> Figure | None:
    return month.figure("loop_verdict", by=by, group=group, population=LEAD)
