"""The questions that may be asked: their words, how each may be split, and what narrows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from qa_analysis.framework import Rules
from qa_analysis.questions.asked import COMMON, EVERY, HEADLINE_ROUTES

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

    @property
    def words(self) -> tuple[str, ...]:
        """Every word the question knows."""
        return ("by", *self.filters) if self.by else self.filters


_PLACES = ("service_area", "team", "theme_code", "key_area")
_WITHOUT_AREA = tuple(word for word in COMMON if word != "area")

QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType(
    {
        question.name: question
        for question in (
            Question("grades", "How was practice graded?", (*_PLACES, "route")),
            Question("trend", "Are grades changing over time?", ()),
            Question("change", "Is practice better than it was before?", ("key_area",),
                     filters=("now", "then", "service", "team", "theme", "area", "route")),
            Question("findings", "What strengths and areas for development do auditors find?",
                     ("theme_code", "key_area"), by_itself="theme_code", filters=(*COMMON, "polarity"),
                     rests_on="findings"),
            Question("families", "Are families part of the audit?", ("service_area", "team", "theme_code", "route"),
                     route=EVERY, filters=_WITHOUT_AREA),
            Question("agreement", "Does the panel agree with our auditors?", _PLACES, route=RANDOM,
                     rests_on="moderations"),
            Question("direction", "Does the panel raise or lower grades?", _PLACES, route=RANDOM,
                     rests_on="moderations"),
            Question("actions", "How many actions are open, completed and overdue?",
                     ("service_area", "team", "owner_role", "age"), route=EVERY),
            Question("overdue", "Which actions are overdue?", ("service_area", "team", "owner_role"),
                     route=EVERY),
            Question("coverage", "Who was audited, and who was not?", ("service_area", "team", "theme_code", "route"),
                     route=EVERY, by_itself="service_area", filters=_WITHOUT_AREA),
        )
    }
)  # fmt: skip


def usual_route(question: Question, rules: Rules) -> str:
    """The route a question is about unless another is asked for."""
    return rules.moderation_random_route if question.route == RANDOM else question.route
