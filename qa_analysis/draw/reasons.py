"""Why a record cannot be selected, and the smallest change that would free enough of them."""

from collections import Counter
from typing import Final

from pandas import DataFrame

from qa_analysis.english import agreeing, counted
from qa_analysis.framework import Rules

NO_NUMBER: Final = "no number"
TWICE: Final = "the same record in another row"
RESTRICTED: Final = "restricted record"
OUTSIDE: Final = "outside the theme"
SIBLING: Final = "brother or sister in the frame"
RESTING: Final = "cycles_ago"  # of a child audited lately: how many cycles ago


def audited_lately(rules: Rules) -> str:
    """The reason of a record whose child has had an audit lately."""
    return f"child audited in the last {rules.draw_child_rest_months} months"


def freed(records: DataFrame, lacking: int, rules: Rules) -> str:
    """The smallest change that would let so many more records be selected, in a sentence or two."""
    rested = records.loc[records["exclusion"].eq(audited_lately(rules)), RESTING].sort_values(ascending=False)
    if rested.empty:
        return f"{_why(records)} {_otherwise(records)}".strip()
    freeing = int(rested.iloc[min(lacking, len(rested)) - 1]) - 1
    more = int((rested > freeing).sum())
    return (
        f"{_why(records)} With {counted(freeing, 'month')} between the audits of one child (draw_child_rest_months of "
        f"framework.yaml, now {rules.draw_child_rest_months}), {counted(more, 'more record')} could be."
    )


def _why(records: DataFrame) -> str:
    """Why the others cannot be selected, the commonest reason first."""
    reasons = Counter(records.loc[records["exclusion"].ne(""), "exclusion"])
    ordered = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    said = "; ".join(f"{reason} ({number:,})" for reason, number in ordered)
    return f"The others cannot be: {said}." if said else ""


def _otherwise(records: DataFrame) -> str:
    """What else would help, where no child has had an audit lately."""
    outside = int(records["exclusion"].eq(OUTSIDE).sum())
    able = int(records["exclusion"].eq("").sum())
    if outside:
        return (
            f"If the theme were about {agreeing(outside, 'its', 'their')} case status too (theme_statuses of "
            f"framework.yaml), {counted(outside, 'more record')} could be."
        )
    return f"Ask for {able:,} (--size {able})." if able else "Restricted records are chosen by those who may open them."
