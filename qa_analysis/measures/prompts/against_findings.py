"""Whether what auditors answered and what they found in the same audit say the same."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import ANSWERED, PROMPT_FINDINGS
from qa_analysis.measures.prompts.answers import DATASET, NO, PROMPT, YES, answered, applicable
from qa_analysis.measures.themes.in_audits import in_order

DEVELOPMENT, STRENGTH = "development", "strength"
UNFOUND: Final = "answered no, without an area for development"
FOUND_THOUGH_YES: Final = "area for development, answered yes"
PRAISED_THOUGH_NO: Final = "strength, answered no"


@declares(
    Measure(
        "prompt_no_without_finding",
        title="Prompts answered no without a finding",
        family=family.PROMPTS,
        counts="answers of no in headline audits of the last twelve cycles for whose prompt the same audit has no area "
        "for development, of all answers of no: all, and by prompt",
        by="prompt_code",
        limits="only where findings were supplied; an auditor writes down the findings that matter most and not one "
        "for each answer; findings that nobody coded are not seen, so the share is a little too high",
        unit="share",
    ),
    Measure(
        "prompt_yes_with_finding",
        title="Areas for development whose prompt was answered yes",
        family=family.PROMPTS,
        counts="areas for development of headline audits of the last twelve cycles, each prompt once in an audit, "
        "whose prompt the same audit answers yes, of those whose prompt it answers yes, partly or no: all, and by "
        "prompt",
        by="prompt_code",
        limits="only where findings were supplied; a finding may be of one thing while the whole was answered",
        unit="share",
    ),
    Measure(
        "prompt_no_with_strength",
        title="Strengths whose prompt was answered no",
        family=family.PROMPTS,
        counts="strengths of headline audits of the last twelve cycles, each prompt once in an audit, whose prompt the "
        "same audit answers no, of those whose prompt it answers yes, partly or no: all, and by prompt",
        by="prompt_code",
        limits="as for areas for development whose prompt was answered yes",
        unit="share",
    ),
    needs=(DATASET, "findings"),
)
def against_findings(tables: Tables) -> list[Figure]:
    """How often answers and findings of the same audit differ. One figure per question and prompt, and one of all."""
    held = answers_and_findings(tables)
    asked = {
        "prompt_no_without_finding": (held[held["answer"] == NO], ~held["is_development"], ANSWERED),
        "prompt_yes_with_finding": (held[held["is_development"]], held["answer"] == YES, PROMPT_FINDINGS),
        "prompt_no_with_strength": (held[held["is_strength"]], held["answer"] == NO, PROMPT_FINDINGS),
    }
    return [
        row
        for measure, (some, differs, population) in asked.items()
        for row in _shares(tables, measure, some.assign(differs=differs[some.index]), population)
    ]


def answers_and_findings(tables: Tables) -> DataFrame:
    """The year's answers that say yes, partly or no, and whether the audit has a finding on the prompt.

    One row per audit and prompt: `is_development` and `is_strength`.
    """
    answers = applicable(answered(tables, tables.rolling_cycles))
    keys = pd.MultiIndex.from_frame(answers[["audit_id", PROMPT]])
    found = tables.findings[tables.findings["audit_id"].isin(answers["audit_id"])]
    sides = {
        side: pd.MultiIndex.from_frame(found.loc[found["polarity"] == side, ["audit_id", "theme_code"]])
        for side in (DEVELOPMENT, STRENGTH)
    }
    return answers.assign(**{f"is_{side}": keys.isin(pairs) for side, pairs in sides.items()})


def differing(tables: Tables) -> DataFrame:
    """The year's answers that the audit's own findings contradict. One row per audit and prompt, with `how`."""
    held = answers_and_findings(tables)
    though_yes = held["is_development"] & (held["answer"] == YES)
    though_no = held["is_strength"] & (held["answer"] == NO)
    how = held["answer"].where(though_yes | though_no).mask(though_yes, FOUND_THOUGH_YES)
    return held.assign(how=how.mask(though_no, PRAISED_THOUGH_NO)).dropna(subset="how")


def _shares(tables: Tables, measure: str, some: DataFrame, population: str) -> Iterator[Figure]:
    """The share that differs: of all, and of each prompt."""
    labels = {"period": period_of(tables.rolling_cycles), "population": population}
    few = tables.rules.percentage_from
    if len(some):
        yield share(measure, int(some["differs"].sum()), len(some), few=few, **labels)
    sizes = some.groupby(PROMPT)["differs"].agg(["sum", "size"])
    counts = {str(code): (int(part), int(whole)) for code, part, whole in sizes.itertuples(name=None)}
    for code in in_order(counts, tables.rules):
        part, whole = counts[code]
        yield share(measure, part, whole, few=few, by=PROMPT, group=code, **labels)
