"""What council.yaml adds to the framework, and one clear line where it says what cannot be."""

from pathlib import Path

import pytest

from qa_analysis.council import Own, own_of
from qa_analysis.data.reading.council_file import read_own
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for
from qa_analysis.month.plans_checked import refuse_unknown_measures
from qa_analysis.plans import Plans

FILE = """
improvement_plan:
  - {priority: Good practice, measures: [good_or_better, actions-in-time], themes: ["1.4"], target: 60%}
  - {priority: Stability}
policies:
  - {name: Supervision Policy, version: "2022", dated: 2022-09-01, clauses: {observations_a_year: section 4}}
theme_tags: {"1.4": [training plan], neglect: People Strategy}
promise_targets: {actions-in-time: 0.9}
report_owner: Service Manager
signed_off_by: Principal Social Worker
"""


def said(folder: Path, text: str) -> Own:
    (folder / "council.yaml").write_text(text, encoding="utf-8")
    return read_own(folder, rules_for("2023-06"))


def test_plans_are_read_and_kept_with_the_month(tmp_path: Path) -> None:
    own = said(tmp_path, FILE)
    first, second = own.plans.improvement_plan
    assert (first.name, first.measures, first.themes, first.target) == (
        "Good practice", ("good_or_better", "actions-in-time"), ("1.4",), 0.6
    )  # fmt: skip
    assert (second.measures, second.target) == ((), None)
    assert dict(own.plans.policies[0].clauses) == {"observations_a_year": "section 4"}
    assert dict(own.plans.theme_tags) == {"1.4": ("training plan",), "neglect": ("People Strategy",)}
    assert dict(own.plans.promise_targets) == {"actions-in-time": 0.9}
    assert (own.plans.report_owner, own.plans.signed_off_by) == ("Service Manager", "Principal Social Worker")
    assert own_of(own.written()) == own
    refuse_unknown_measures(own)


def test_a_council_that_says_nothing_adds_nothing_and_keeps_nothing() -> None:
    assert Own().plans == Plans()
    assert "plans" not in Own().written()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("improvement_plan: {priority: x}", "council.yaml, improvement_plan: a list is needed"),
        ("improvement_plan: [{measures: [good_or_better]}]", "council.yaml, improvement_plan 1: say its priority."),
        ("improvement_plan: [{priority: x, themes: [neglct]}]", 'improvement_plan 1, themes: "neglct" is not known. '
                                                               'Did you mean "neglect"?'),
        ("improvement_plan: [{priority: x, target: 120%}]", "improvement_plan 1, target: write a percentage"),
        ("improvement_plan: [{priority: x, target: much}]", "improvement_plan 1, target: write a percentage"),
        ("policies: [{name: x, clauses: {notice_day: y}}]", 'policies 1, clauses: "notice_day" is not known. Did you '
                                                            'mean "notice_days"?'),
        ("policies: [{name: x, dated: 1 April}]", "policies 1, dated: write the day as 2023-04-01."),
        ("theme_tags: {nothing: x}", 'theme_tags: "nothing" is not known.'),
        ("promise_targets: {notice-given: 0}", "promise_targets, notice-given: write a percentage"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(WrongUse) as problem:
        said(tmp_path, text)
    assert line in str(problem.value) and "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("improvement_plan: [{priority: x, measures: [good_or_bettr]}]",
         'council.yaml, improvement_plan 1, measures: "good_or_bettr" is not known. Did you mean "good_or_better"?'),
        ("improvement_plan: [{priority: x, measures: [zzz]}]",
         'council.yaml, improvement_plan 1, measures: "zzz" is not known. Here may stand: "a measure of '
         'docs/methods.md".'),
        ("promise_targets: {notice-givn: 0.5}",
         'council.yaml, promise_targets: "notice-givn" is not known. Did you mean "notice-given"?'),
    ],
)  # fmt: skip
def test_a_measure_that_does_not_exist_is_refused_in_one_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(WrongUse) as problem:
        refuse_unknown_measures(said(tmp_path, text))
    assert str(problem.value) == line
