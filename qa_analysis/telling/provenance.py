"""Where a report's figures come from and who stands behind it, in sentences that every report says alike."""

from qa_analysis.dates import month_name
from qa_analysis.month.month import Month


def past_review(month: Month) -> str:
    """That the framework was to be reviewed before this cycle; nothing where it was not."""
    is_past = month.rules.is_past_review(month.month)
    return "The framework that they come from is past the date of its own review." if is_past else ""


def rules_sentence(month: Month) -> str:
    """By which rules the figures were made, and whether those are past their review."""
    said = f"Rules of version {month.rules.version} as in force in {month_name(month.month)}."
    return " ".join(filter(None, (said, past_review(month))))


def sign_off_sentence(month: Month) -> str:
    """Who owns the report and who signed it off, as the council says; nothing where it does not."""
    plans = month.rules.own.plans
    owner = f"Report owner: {plans.report_owner}." if plans.report_owner else ""
    signed = f"Signed off by: {plans.signed_off_by}." if plans.signed_off_by else ""
    return " ".join(filter(None, (owner, signed)))
