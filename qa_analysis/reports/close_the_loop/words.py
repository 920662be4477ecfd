"""Closing the loop in sentences: one claim each, with its number, denominator and interval."""

from qa_analysis.english import agreeing, counted
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.reports.close_the_loop.tables import changed, graded_areas
from qa_analysis.telling.claims import reserve, reserve_of, title_of
from qa_analysis.telling.wording import compared_periods, or_none, points, share_of, were

HOW_JUDGED = (
    "One comparison carries the verdicts and was named before any grade was in: the last three cycles against the "
    "three of six months before. Its seven grades are judged together (Holm), so that all of them err at most one time "
    "in twenty. A change is claimed without more only where nothing stands between the two periods (other auditors, "
    "another form) and where the auditors who audited in both see it too. “No clear evidence of change” does not mean "
    "that nothing changed."
)
NO_VERDICT_OF_A_THEME = (
    "No verdict word stands beside a theme: each rests on few audits of two single cycles, and with a word for every "
    "theme some would be called changed by chance alone. Where the interval runs from minus to plus, the audits leave "
    "open which way the theme moved; where it does not, look into it: it is a sign, not yet a finding."
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


def unlike_sentences(month: Month) -> list[str]:
    """What else changed between the two periods, each said once."""
    said = between(month) or ["No break in the way of auditing lies between the two periods."]
    now, then = (
        month.figure("loop_audits_by_same_auditors", by="side", group=side, population=LEAD) for side in ("now", "then")
    )
    if now and then:
        said.append(
            f"People who audited in both periods did {share_of(now, 'audit')} now and {share_of(then, 'audit')} then."
        )
    children = month.count("loop_same_children", population=LEAD)
    said.append(f"Children audited in both periods: {children}.")
    overlap = month.figure("loop_reviews_overlapping", population=LEAD)
    if overlap and overlap.denominator:
        looks = agreeing(overlap.numerator, "looks", "look")
        said.append(
            f"{share_of(overlap, 'review')} of the later period {looks} back into months that the earlier audits saw, "
            "so part of the same practice may be counted twice."
        )
    return [*said, *_picked(month)]


def _picked(month: Month) -> list[str]:
    """Regression to the mean, where a theme was picked because it looked bad."""
    chosen = month.figure("loop_picked_for_weakness", population=LEAD)
    if chosen is None or not chosen.numerator:
        return []
    return [
        f"{share_of(chosen, 'audit')} of the earlier period {were(chosen)} of a theme picked because it looked weak. "
        "Such a theme tends to look better the next time by itself (regression to the mean), so a rise is weaker "
        "evidence than it looks."
    ]


def split_sentence(month: Month) -> str:
    """What is left of the overall change where both periods have the same mix of cases."""
    change = month.figure("loop_difference", population=LEAD)
    rest = month.figure("loop_remainder", by="factor", group="service and case status", population=LEAD)
    if change is None or rest is None:
        return "Services and case status were not recorded, so the change cannot be split."
    return (
        f"The overall grade changed by: {changed(change)}. With services and case status held still, what remains is: "
        f"{changed(rest)}."
    )


def ledger_sentences(month: Month) -> list[str]:
    """How many loops were closed, and which were left open."""
    done, due, overdue = (month.count(f"revisits_{state}") for state in ("done", "due", "overdue"))
    found = month.figures("ledger_orphan", by="theme_code")
    nobodys = [month.rules.themes.get(str(code), str(code)) for code in found.loc[found["value"] > 0, "group"]]
    said = [
        f"Of the themes of the last twelve cycles {or_none(done)} {agreeing(done, 'was', 'were')} audited again; "
        f"{or_none(due)} {agreeing(due, 'is', 'are')} due and {or_none(overdue)} overdue."
    ]
    if nobodys:
        said.append(f"Nobody's so far, with no decision, wider action or learning: {', '.join(nobodys)}.")
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
        f"Change of the themes audited again this cycle, {'; '.join(parts)}.{held} Teams were not "
        "drawn to take part, so a difference between them is no proof that the learning made it."
    ]


def planner_sentence(month: Month) -> str:
    """What this many audits could have shown."""
    rise, change = month.figure("detectable_rise", population=LEAD), month.figure("loop_difference", population=LEAD)
    if rise is None or change is None or not rise.is_given:
        return "With this many audits no rise would usually be noticed."
    return (
        f"With {counted(change.denominator, 'audit')} in the two periods together we would usually, four times in "
        f"five, notice a rise of {points(rise.value)} or more."
    )


def _claim(month: Month, by: str, group: str) -> Figure | None:
    return month.figure("loop_verdict", by=by, group=group, population=LEAD)
