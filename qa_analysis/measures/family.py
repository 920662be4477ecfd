"""Which figures belong together, and which of them stand behind which report. Here a new measure finds its worksheet.

A measure belongs to the family with the longest beginning of its name; one that fits none is in "Other figures".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Family:
    """Figures on one subject: what they are about, and how the names of their measures begin."""

    about: str
    beginnings: tuple[str, ...]


OTHER: Final = "Other figures"
FAMILIES: Final[Mapping[str, Family]] = MappingProxyType(
    {
        "Audits": Family(
            "audits completed and planned, services and teams seen and not seen, notice",
            ("audits_", "open_records_", "notice_", "consecutive_month_"),
        ),
        "Grades": Family(
            "auditors' grades overall, by key area, service, team and cycle, and against their usual range",
            ("good_or_better", "grade_count", "run_chart"),
        ),
        "Six months on": Family(
            "grades now against six months ago, with the verdict of the rules",
            ("loop_", "detectable_rise", "audits_needed", "ledger_", "revisits_", "learning_"),
        ),
        "Moderation": Family(
            "what the panel did to auditors' grades, how far they agree, and how moderation was done",
            (
                "moderation_", "agreement_", "gwet_", "kappa_", "panel_", "disputed_", "concern_moderated", "auditor",
                "good_or_better_adjusted", "days_audit_to_panel", "days_panel_to_feedback",
            ),
        ),
        "Findings": Family(
            "strengths and areas for development that auditors wrote down",
            ("finding_", "findings_", "theme_", "safeguarding_", "action_wording", "impact_", "phrase_", "suggest"),
        ),
        "Voices": Family(
            "conversations with key workers, and families' views", ("key_worker_", "family_", "survey_")
        ),
        "Actions": Family(
            "actions agreed, open, overdue, completed and signed off, and how long they took",
            (
                "actions_", "completed_", "days_to_complete", "days_to_sign_off", "sign_offs_", "audits_by_actions",
                "audits_all_actions",
            ),
        ),
        "Immediate concerns": Family(
            "immediate concerns told, written, signed off and discussed, and what is missing",
            ("concern", "days_to_concern"),
        ),
        "Learning session": Family("what the monthly session looks back on, and who is asked", ("session_",)),
        "Decisions": Family("what the Senior Management Team decided", ("decisions_",)),
        "Data quality": Family(
            "points to mend, and how much of the recording is in order", ("issues", "records_in_order", "recorded")
        ),
        "Shared edition": Family(
            "what may be told to everyone: three cycles together, counts rounded and small ones left out", ("shared_",)
        ),
        OTHER: Family("figures on other subjects", ("",)),
    }
)  # fmt: skip


def family_of(measure: str) -> str:
    """The family a measure belongs to."""
    fits = [
        (len(start), name)
        for name, family in FAMILIES.items()
        for start in family.beginnings
        if measure.startswith(start)
    ]
    return max(fits)[1]
