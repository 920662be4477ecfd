"""What an inspection team asks for, in its order, and the published figures that answer it.

The order is that of Ofsted's three questions to leaders (what do you know of practice, how do you know it, what are you
doing about it) as the ILACS guidance puts them, and then of what it says it reads: audits and their learning, what
families say, performance, supervision, complaints, observation. Only figures of the whole council are named here.
"""

from dataclasses import dataclass
from typing import Final

from qa_analysis.measures.populations import POOLED


@dataclass(frozen=True)
class Shown:
    """One measure of a published report: as a whole, or by one dimension, of some populations or of all.

    `most` keeps the largest of each kind only, where a measure has a figure for each of many themes.
    """

    report: str
    measure: str
    by: str = ""
    populations: tuple[str, ...] = ()
    most: int = 0


@dataclass(frozen=True)
class Section:
    """One thing that is asked for: its heading, the question, and what answers it."""

    title: str
    question: str
    shown: tuple[Shown, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports it draws from, each once."""
        return tuple(dict.fromkeys(one.report for one in self.shown))


def _of(report: str, *measures: str | tuple[str, str]) -> tuple[Shown, ...]:
    """Measures of one report; a pair is a measure and what it is divided by."""
    return tuple(Shown(report, *((one,) if isinstance(one, str) else one)) for one in measures)


SECTIONS: Final = (
    Section(
        "How leaders know practice",
        "What do leaders look at, how much of it, and can the records be relied on?",
        (
            *_of("smt-report", "audits_completed", "audits_headline"),
            *_of("data-quality", ("records_in_order", "dataset")),
        ),
    ),
    Section(
        "Audit programme",
        "How are audits chosen, and whose records do they reach?",
        (
            *_of("audit-cycle", "audits_planned", ("audits_completed", "route"), "open_children_audited"),
            *_of("audit-cycle", ("random_audits_test", "compared"), ("plan_reasons", "factor"), "notice_under_7_days"),
        ),
    ),
    Section(
        "Grades and moderation",
        "How good is practice, and does the panel agree?",
        (
            *_of("smt-report", "good_or_better", ("good_or_better", "key_area")),
            *_of("moderation", "moderation_required", "moderation_done", "agreement_exact", "moderation_lowered"),
            *_of("moderation", "good_or_better_adjusted"),
        ),
    ),
    Section(
        "Themes and impact",
        "What do audits keep finding, and what difference does practice make to children?",
        (
            Shown("themes", "theme_prevalence", "theme_code+polarity", most=5),
            *_of("themes", ("impact_on_child", "change"), "impact_statement_missing"),
        ),
    ),
    Section(
        "Actions followed through",
        "Is what audits ask for done, and are immediate concerns answered?",
        (
            *_of("actions", "actions_agreed", "actions_open", "actions_overdue", "actions_overdue_safeguarding"),
            *_of("actions", "completed_in_40_calendar_days", "completed_in_40_working_days", "actions_signed_off"),
            *_of("actions", "actions_rightly_signed_off", "concerns", ("concern_step", "step")),
            *_of("smt-report", "decisions_open", "decisions_overdue"),
        ),
    ),
    Section(
        "Learning closed",
        "Is what was learned looked at again, and has practice changed?",
        (
            Shown("close-the-loop", "loop_difference", populations=(POOLED,)),
            *_of("close-the-loop", "loop_verdict", ("loop_verdict", "key_area")),
            *_of("close-the-loop", "revisits_done", "revisits_due", "revisits_overdue"),
            *_of("learning-session", ("session_invited", "held_on"), ("session_attended", "held_on")),
        ),
    ),
    Section(
        "Families' voices",
        "Who is asked, and what do children and families say?",
        (
            *_of("smt-report", "key_worker_conversation_held", "family_contact_attempted"),
            *_of("smt-report", "family_contact_attempted_where_appropriate", "family_engaged"),
            *_of("themes", ("family_said_views", "views"), ("family_said_change", "change")),
        ),
    ),
    Section(
        "Performance",
        "Which figures have changed, and are conferences, reviews and alerts kept up with?",
        (
            *_of("performance", ("signals", "level"), ("signals_by_chance", "level")),
            *_of("safeguarding-unit", "conferences_in_time", "conferences_overdue"),
            *_of("safeguarding-unit", ("alerts_raised", "formality"), "alerts_answered_in_time", "alerts_overdue"),
        ),
    ),
    Section(
        "Supervision",
        "Is supervision in time and reflective, and are audits talked about in it?",
        (
            *_of("performance", "supervision_in_time", "supervision_not_overdue", "supervision_reflective"),
            *_of("performance", "days_to_next_supervision_median"),
            *_of("close-the-loop", "discussed_in_next_supervision"),
        ),
    ),
    Section(
        "Complaints and compliments",
        "What do people complain of, and are they answered in time?",
        (
            *_of("complaints-compliments", "complaints_received", ("complaints_received", "stage")),
            *_of("complaints-compliments", ("complaints_in_time", "clock+limit"), ("complaints_upheld", "stage")),
            *_of("complaints-compliments", ("complaints_open", "state"), "compliments_received"),
        ),
    ),
    Section(
        "Observation of practice",
        "Is everybody's practice observed as often as the framework asks?",
        (
            *_of("observations", "observations_made", ("observations_made", "kind"), "observations_in_time"),
            *_of("observations", "people_observed_as_required"),
        ),
    ),
)
