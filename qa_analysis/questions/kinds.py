"""The questions that may be asked: their words, how each may be split, and what narrows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from qa_analysis.framework import Rules
from qa_analysis.questions.asked import COMMON, EVERY, HEADLINE_ROUTES, PERIOD

RANDOM = "random"  # stands for the route of the rules by which audits are selected at random for moderation


@dataclass(frozen=True)
class Question:
    """One kind of question."""

    name: str
    asks: str  # as people say it
    by: tuple[str, ...]
    route: str = HEADLINE_ROUTES  # unless another is asked for
    by_itself: str = ""  # how it is split where nothing is said
    filters: tuple[str, ...] = COMMON
    rests_on: str = "audits"  # the dataset without which there is no answer
    is_whole: bool = False  # of everything there is, unless a period is given

    @property
    def words(self) -> tuple[str, ...]:
        """Every word the question knows."""
        return ("by", *self.filters) if self.by else self.filters

    @property
    def has_route(self) -> bool:
        """Whether it is about audits, which were selected one way or another."""
        return "route" in self.filters


_KNOWN = ("month", "age_band", "case_status", "auditor_role")  # what else an audit may be split by
_PLACES = ("service_area", "team", "theme_code", "key_area")
_WITHOUT_AREA = tuple(word for word in COMMON if word != "area")
_OF_ACTIONS = (*COMMON, "prompt", "level", "safeguarding")
_PLACED = (*PERIOD, "service", "team", "subject", "kind")  # what is no audit has a place, a subject and a kind

QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType(
    {
        question.name: question
        for question in (
            Question("grades", "How was practice graded?", (*_PLACES, "route", *_KNOWN)),
            Question("trend", "Are grades changing over time?", ()),
            Question("change", "Is practice better than it was before?", ("key_area", "service_area", "team"),
                     filters=("now", "then", "service", "team", "theme", "area", "route", "age", "status", "role")),
            Question("findings", "What strengths and areas for development do auditors find?",
                     ("prompt", "key_area", "service_area", "team", *_KNOWN), by_itself="prompt",
                     filters=(*COMMON, "prompt", "safeguarding", "polarity"), rests_on="findings"),
            Question("prompts", "How do auditors answer the prompts of the audit tool?",
                     ("prompt", "service_area", "team", *_KNOWN), route=EVERY, by_itself="prompt",
                     filters=(*COMMON, "prompt"), rests_on="audit_answers"),
            Question("families", "Are families part of the audit?",
                     ("service_area", "team", "theme_code", "route", *_KNOWN), route=EVERY, filters=_WITHOUT_AREA),
            Question("views", "What did families say, and what did the audit find?",
                     ("prompt", "key_area", "service_area"), route=EVERY, by_itself="prompt",
                     filters=(*COMMON, "prompt"), rests_on="family_feedback"),
            Question("agreement", "Does the panel agree with our auditors?", (*_PLACES, *_KNOWN), route=RANDOM,
                     rests_on="moderations"),
            Question("direction", "Does the panel raise or lower grades?", (*_PLACES, *_KNOWN), route=RANDOM,
                     rests_on="moderations"),
            Question("supervision", "Was the audit discussed in the next supervision?",
                     ("service_area", "team", "theme_code", *_KNOWN), route=EVERY, filters=(*_WITHOUT_AREA, "kind"),
                     rests_on="supervision"),
            Question("actions", "How many actions are open, completed and overdue?",
                     ("service_area", "team", "owner_role", "age", "month", "level", "prompt", "key_area"),
                     route=EVERY, filters=_OF_ACTIONS, rests_on="actions", is_whole=True),
            Question("overdue", "Which actions are overdue?",
                     ("service_area", "team", "owner_role", "month", "level", "prompt", "key_area"),
                     route=EVERY, filters=_OF_ACTIONS, rests_on="actions", is_whole=True),
            Question("days", "How long do actions take?",
                     ("service_area", "team", "owner_role", "month", "level", "prompt", "key_area"),
                     route=EVERY, filters=_OF_ACTIONS, rests_on="actions", is_whole=True),
            Question("observations", "What do observations of practice show?",
                     ("kind", "trigger", "observer_role", "subject", "service_area", "team", "month"), route=EVERY,
                     by_itself="kind", filters=_PLACED, rests_on="observations"),
            Question("complaints", "What complaints and compliments came?",
                     ("kind", "service_area", "team", "subject", "month"), route=EVERY, by_itself="",
                     filters=_PLACED, rests_on="complaints_compliments"),
            Question("alerts", "What practice alerts were raised, and were they answered?",
                     ("kind", "service_area", "team", "subject", "raised_by_role", "month"), route=EVERY,
                     by_itself="kind", filters=_PLACED, rests_on="practice_alerts"),
            Question("learning", "Who came to the learning, and what followed?",
                     ("team", "service_area", "kind", "subject", "month"), route=EVERY, by_itself="team",
                     filters=_PLACED, rests_on="learning_events"),
            Question("coverage", "Who was audited, and who was not?",
                     ("service_area", "team", "theme_code", "route", *_KNOWN),
                     route=EVERY, by_itself="service_area", filters=_WITHOUT_AREA),
        )
    }
)  # fmt: skip


def usual_route(question: Question, rules: Rules) -> str:
    """The route a question is about unless another is asked for."""
    return rules.moderation_random_route if question.route == RANDOM else question.route
