"""Whatever holds one period against another says which break lies between: of themes as of grades."""

from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from small import tables

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_between
from qa_analysis.measures.audits.breaks import FORM_CHANGED, OTHER_THEMES, across, breaks_between, known_breaks
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.catalogue import declared, of_month
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure

NOW, BREAK = "2025-06", "2025-01"  # the form changes between the cycles now and those of six months before
EACH = 40
WITHIN_ONE_PERIOD: Mapping[str, str] = {  # differences that are of one period, or that a break does not touch
    "good_or_better_less_others": "a group less the others of the same cycles",
    "theme_by_grade": "audits below good less the others of the same year",
    "family_grade_difference": "audits with a family less the others of the same year",
    "agreement_difference": "groups of the same decisions; the widening itself is what it tells of",
    "good_or_better_auditors_less_panel": "auditors less the panel on the same audits",
    "detectable_rise": "what a comparison could show, and none itself",
    "staff_survey_change": "statements worded alike; no audit is in it",
    "loop_difference_adjusted": "the panel's standard is the same whoever audits on whatever form",
}  # fmt: skip


def council(*, form_then: str = "2") -> Tables:
    """Fifteen cycles; from a month on another form, and on it handover is a theme and grades are lower."""
    cycles = months_between(months_after(NOW, -14), NOW)
    audits = [
        {"cycle_month": cycle, "audited_on": f"{cycle}-10", "auditor_id": f"auditor-{n % 5}", "service_area": "North",
         "form_version": "3" if cycle >= BREAK else form_then, "case_status": "open", "team": "NS"[n % 2],
         "theme_code": _theme(cycle, n),
         "overall_grade": "good" if n < (10 if cycle >= BREAK else 30) else "inadequate"}
        for cycle in cycles for n in range(EACH)
    ]  # fmt: skip
    findings = [
        {"audit_id": f"audits-{number}", "theme_code": "4.4", "polarity": polarity}
        for number, audit in enumerate(audits, start=1)
        for polarity in ("development", "strength")
        if audit["cycle_month"] >= "2025-04" and number % 2
    ]
    learning = [{"kind": "training", "held_on": "2025-03-01", "theme_code": "neglect", "team": "N", "attended": 3}]
    answers = [
        {
            "audit_id": f"audits-{number}",
            "prompt_code": "4.4",
            "answer": "no" if audit["cycle_month"] >= BREAK else "yes",
        }
        for number, audit in enumerate(audits, start=1)
    ]
    seen = [{"audit_id": f"audits-{n}", "overall_grade": audits[n - 1]["overall_grade"]} for n in range(1, 300, 2)]
    held = {"audits": audits, "findings": findings, "learning_events": learning, "moderations": seen}
    return tables(NOW, audit_answers=answers, **held)


def _theme(cycle: str, number: int) -> str:
    """Half of two months' audits are on a theme of their own, so that one is audited again this month."""
    return "neglect" if cycle in ("2024-12", NOW) and number % 4 < 2 else "supervision"


@cache
def figures() -> tuple[Figure, ...]:
    """That council's figures of every measure that compares periods, with those made beside them."""
    return tuple(made(council()))


def made(held: Tables) -> Iterator[Figure]:
    for maker in of_month():
        if maker.declaration.makes & set(COMPARING):
            yield from maker.function(held)


COMPARING = sorted(name for name, measure in declared().items() if measure.compares_periods)


@pytest.mark.parametrize("measure", COMPARING)
def test_a_comparison_across_a_break_carries_it_among_its_reasons(measure: str) -> None:
    found = [row for row in figures() if row.measure == measure and row.verdict != TOO_FEW_TO_JUDGE]
    said = [row for row in found if row.is_given or measure == "shared_verdict"]  # which has a word and no number
    assert said, "the council above should have such a figure"
    assert [row.group for row in said if "the audit form changed in January 2025" not in row.reasons] == []


def test_every_difference_either_says_that_it_compares_periods_or_why_it_does_not() -> None:
    differences = {
        name for name, measure in declared().items() if measure.unit in ("difference of shares", "probability")
    }
    assert differences - set(COMPARING) == set(WITHIN_ONE_PERIOD)


def test_without_a_break_no_comparison_carries_a_reason_of_that_kind() -> None:
    alike = [row for row in made(council(form_then="3")) if row.measure in COMPARING]
    assert alike and not [row for row in alike if any(FORM_CHANGED in reason for reason in row.reasons)]


def test_a_theme_that_comes_with_a_new_form_is_emerging_with_that_reserve() -> None:
    [found] = [row for row in figures() if row.measure == "theme_emergence" and row.group == ("4.4", "development")]
    assert (found.verdict, found.reasons) == ("emerging", ("the audit form changed in January 2025",))


def test_the_form_that_comes_back_is_no_new_one_and_the_first_is_none() -> None:
    forms = dict(zip(months_between("2025-01", "2025-06"), "223232", strict=True))
    held = tables(NOW, audits=[{"cycle_month": cycle, "form_version": form} for cycle, form in forms.items()])
    assert [found.cycle for found in known_breaks(held) if found.name == FORM_CHANGED] == ["2025-03"]


def test_two_changes_of_one_month_are_said_together() -> None:
    forms = {"2022-11": "1", "2022-12": "2"}
    audits = [{"cycle_month": cycle, "audited_on": f"{cycle}-10", "form_version": forms[cycle]} for cycle in forms]
    held = tables("2022-12", audits=audits)
    now, then = (headline_audits(held, months=(cycle,)) for cycle in ("2022-12", "2022-11"))
    assert breaks_between(held, now, then) == ("managers began to audit and the audit form changed in December 2022",)


@pytest.mark.parametrize(("theme", "said"), [("neglect", (OTHER_THEMES,)), ("supervision", ()), (None, ())])
def test_other_themes_are_a_break_where_most_audits_now_are_on_what_nobody_looked_at_then(
    theme: str | None, said: tuple[str, ...]
) -> None:
    held = council(form_then="3")
    now, then = (headline_audits(held, months=(cycle,)) for cycle in (NOW, "2024-12"))
    now, then = now.assign(theme_code="supervision"), then.assign(theme_code=theme)
    assert breaks_between(held, now, then) == said


def test_a_figure_without_a_number_is_left_with_its_own_reason() -> None:
    nothing = Figure(measure="loop_difference", period=NOW, population="all audits", note="no cases")
    assert across(nothing, ("the audit form changed",)) is nothing
