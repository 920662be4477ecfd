"""What may be said of a change, and when it may not be said without more."""

from dataclasses import replace
from typing import Any

import pytest
from small import found, tables

from qa_analysis.framework import rules_for
from qa_analysis.measures.closing_the_loop.verdicts import (
    EMBEDDED,
    IMPROVING,
    LITTLE,
    NOT_THE_SAME_AUDITORS,
    SAME_AUDITORS_DOUBT,
    SUSTAINED,
    UNCLEAR,
    WORSE,
    Claim,
    verdict,
    verdicts,
)
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, joined
from qa_analysis.stats.proportions import newcombe

RULES = rules_for("2024-06")
TARGET = replace(RULES, good_or_better_target=0.6)
NOW, THEN = "2024-06", "2023-12"


@pytest.mark.parametrize(
    ("sides", "rules", "before", "expected"),
    [
        ((9, 9, 0, 40), RULES, "", TOO_FEW_TO_JUDGE),
        ((40, 40, 9, 9), RULES, "", TOO_FEW_TO_JUDGE),
        ((12, 40, 30, 40), RULES, "", WORSE),
        ((30, 40, 12, 40), RULES, "", IMPROVING),
        ((30, 40, 12, 40), TARGET, "", EMBEDDED),
        ((20, 40, 5, 40), TARGET, "", IMPROVING),  # up, and not at the target
        ((130, 200, 130, 200), TARGET, IMPROVING, SUSTAINED),
        ((28, 40, 30, 40), TARGET, EMBEDDED, UNCLEAR),  # the 90% interval reaches below the margin
        ((200, 400, 200, 400), RULES, "", LITTLE),
        ((18, 40, 16, 40), RULES, "", UNCLEAR),
    ],
)
def test_the_rules_are_tried_in_order(sides: tuple[int, int, int, int], rules: Any, before: str, expected: str) -> None:
    assert verdict(sides, newcombe(*sides).p, rules, before=before) == expected


def test_the_margin_is_tried_on_the_narrower_interval() -> None:
    # 2 x 300 audits at 50%: the 90% interval is within ten points (-6.7 to 6.7), as is the 95% one (-8.0 to 8.0);
    # at 2 x 180 only the first is (-8.7 to 8.7 against -10.3 to 10.3).
    assert [verdict((n // 2, n, n // 2, n), 1.0, RULES) for n in (300, 180, 120)] == [LITTLE, LITTLE, UNCLEAR]


def council(
    grade_now: str, grade_then: str, *, audits: int = 40, is_moderated: bool = False, **changes: dict[str, Any]
) -> Any:
    """Audits of one cycle now and one then, each side all of one grade but for six; the same auditors unless said."""
    sides = (("now", NOW, grade_now), ("then", THEN, grade_then))
    rows = [
        {
            "cycle_month": cycle, "audited_on": f"{cycle}-10", "auditor_id": f"au-{n % 5}",
            "overall_grade": grade if n >= 6 else "good", **changes.get(name, {}),
        }
        for name, cycle, grade in sides
        for n in range(audits)
    ]  # fmt: skip
    moderations = [
        {"audit_id": f"audits-{n}", "overall_grade": row["overall_grade"], "moderated_on": f"{row['cycle_month']}-20"}
        for n, row in enumerate(rows, start=1)
        if is_moderated
    ]
    return tables(NOW, audits=rows, moderations=moderations)


def overall(held: Any) -> Figure:
    return found(verdicts(held), "loop_verdict", by="")


def said(held: Any) -> tuple[str, tuple[str, ...]]:
    claim = overall(held)
    return claim.verdict, claim.reasons


def test_a_clear_change_by_the_same_auditors_is_said_without_more() -> None:
    assert said(council("good", "inadequate")) == (IMPROVING, ())
    assert said(council("inadequate", "good")) == (WORSE, ())


def test_a_change_seen_by_new_auditors_alone_is_not_said_without_more() -> None:
    held = council("inadequate", "good", now={"auditor_id": "new"})
    assert said(held) == (WORSE, (NOT_THE_SAME_AUDITORS,))


def test_where_the_same_auditors_see_no_change_that_is_said() -> None:
    stay = [
        {"cycle_month": cycle, "audited_on": f"{cycle}-09", "auditor_id": "stays", "overall_grade": "good"}
        for cycle in (NOW, THEN)
        for _ in range(15)
    ]
    come = [
        {"cycle_month": NOW, "audited_on": "2024-06-09", "auditor_id": "comes", "overall_grade": "inadequate"}
        for _ in range(25)
    ]
    leave = [
        {"cycle_month": THEN, "audited_on": "2023-12-09", "auditor_id": "leaves", "overall_grade": "good"}
        for _ in range(25)
    ]
    assert said(tables(NOW, audits=[*stay, *come, *leave])) == (WORSE, (SAME_AUDITORS_DOUBT,))


def test_a_break_between_the_two_stands_in_the_way_of_the_claim() -> None:
    rows = [
        {"cycle_month": cycle, "audited_on": f"{cycle}-09", "overall_grade": grade}
        for cycle, grade in (("2023-01", "good"), ("2022-07", "inadequate"))
        for _ in range(30)
    ]
    assert said(tables("2023-01", audits=rows)) == (IMPROVING, ("managers began to audit in December 2022",))


def test_another_form_stands_in_the_way_too() -> None:
    held = council("good", "inadequate", now={"form_version": "3"}, then={"form_version": "2"})
    assert said(held) == (IMPROVING, ("the audit form changed in June 2024",))


def test_what_the_panel_sees_too_is_said_so() -> None:
    forms = {"now": {"form_version": "3"}, "then": {"form_version": "2"}}
    unseen, seen = (overall(council("good", "inadequate", is_moderated=looked, **forms)) for looked in (False, True))
    assert unseen.note == "improving, not directly comparable: the audit form changed in June 2024"
    assert seen.note == f"{unseen.note}; moderated grades show the same"
    assert [Claim.of(figure).is_borne_out for figure in (unseen, seen)] == [False, True]
    assert (seen.verdict, seen.reasons) == (unseen.verdict, unseen.reasons)


def test_other_themes_stand_in_the_way_and_the_panel_cannot_help_with_those() -> None:
    held = council("good", "inadequate", is_moderated=True, now={"theme_code": "neglect"})
    assert overall(held).note == "improving, not directly comparable: most audits were on other themes"


def test_a_comparison_that_shows_nothing_clear_is_qualified_too() -> None:
    held = council("good", "good", now={"form_version": "3"}, then={"form_version": "2"})
    assert said(held) == (LITTLE, ("the audit form changed in June 2024",))


def test_every_reason_stands_in_the_words_and_the_verdict_stays_one_word() -> None:
    claim = Claim(WORSE, ("managers began to audit in December 2022", "the audit form changed"), is_borne_out=True)
    figure = claim.on(Figure(measure="loop_verdict", period="2023-06", population="three cycles pooled"))
    assert (figure.verdict, figure.reasons) == (WORSE, claim.reasons)
    assert figure.note == (
        "worse, not directly comparable: managers began to audit in December 2022; the audit form changed; "
        "moderated grades show the same"
    )


def test_a_claim_that_nothing_stands_against_is_its_word_alone() -> None:
    assert Claim(IMPROVING, is_borne_out=True).note == IMPROVING


def test_areas_are_judged_together_by_holm() -> None:
    rows = verdicts(council("good", "inadequate"))
    assert [joined(row.group) for row in rows] == ["", *RULES.key_areas]
    p = newcombe(40, 40, 6, 40).p
    assert found(rows, "loop_verdict", by="").value == pytest.approx(7 * p)
    assert found(rows, "loop_verdict", group="assessment").note == LITTLE


def test_without_an_earlier_period_there_is_no_verdict() -> None:
    assert verdicts(tables(audits=[{}] * 12)) == []
