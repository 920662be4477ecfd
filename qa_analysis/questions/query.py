"""Questions that no report foresaw, asked in a line and answered with their caveat.

    from qa_analysis.questions.query import open_questions

    qa = open_questions(data="extracts")
    qa.grades(by="team", since="2023-01")

Every answer comes from the measures of the month's reports; docs/questions.md shows ten.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypedDict, Unpack

from qa_analysis.dates import months_after, months_between
from qa_analysis.disclosure.places import ANSWERS_VARIABLE, DATA_VARIABLE, PUBLISHED_VARIABLE, is_published
from qa_analysis.errors import DisclosureFailed, WrongUse
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.questions.answer import Answer, answered, refused
from qa_analysis.questions.asked import (
    Asked,
    NoAnswer,
    accepted,
    chosen,
    cycle,
    grouping,
    span,
    within,
)
from qa_analysis.questions.dimensions import one_of
from qa_analysis.questions.kinds import QUESTIONS, Question, usual_route
from qa_analysis.questions.narrowing import PANEL
from qa_analysis.questions.opening import Held, hold, hold_published
from qa_analysis.questions.rows import NARROWING, ROWS
from qa_analysis.questions.saved import note, questions_in
from qa_analysis.questions.together import Memory

REMEMBERED = 200  # answers kept, so that going back to one is at once
SPOKEN = {"area": "key area", "role": "auditor’s role", "status": "case status", "age": "age band"}
ONE_OF_ITS_KIND = {  # a filter that leaves one group of a split
    "area": "key_area", "age": "age_band", "status": "case_status", "role": "auditor_role", "level": "level",
    "subject": "subject",
}  # fmt: skip
YEAR = 12  # cycles looked at where no period is given
TREND_CYCLES = 24  # as many as the run chart of the reports shows


class Words(TypedDict, total=False):
    """What narrows a question. Months are written 2023-06; names as the data have them, in any capitals."""

    by: str
    since: str
    until: str
    month: str
    service: str
    team: str
    theme: str
    area: str
    route: str
    polarity: str
    age: str
    status: str
    role: str
    prompt: str
    subject: str
    kind: str
    level: str
    safeguarding: str
    now: str
    then: str


class Questions:
    """The questions, one method each, narrowed by a period, a place and what `kinds.QUESTIONS` lists for each."""

    def __init__(self, held: Held, answers: Path = Path("answers")) -> None:
        self.held, self.answers = held, answers
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._answer)

    def grades(self, **words: Unpack[Words]) -> Answer:
        """How was practice graded? by: service, team, theme, area, route."""
        return self.ask("grades", **words)

    def trend(self, **words: Unpack[Words]) -> Answer:
        """Are grades changing over time?"""
        return self.ask("trend", **words)

    def change(self, **words: Unpack[Words]) -> Answer:
        """Is practice better than it was before? now and then: a cycle, or a range such as 2023-04/2023-06."""
        return self.ask("change", **words)

    def findings(self, **words: Unpack[Words]) -> Answer:
        """What do auditors find? by: prompt, area, service, team, month. polarity: strength, development."""
        return self.ask("findings", **words)

    def prompts(self, **words: Unpack[Words]) -> Answer:
        """How do auditors answer the prompts? by: prompt, role (of the auditor), service, team, month."""
        return self.ask("prompts", **words)

    def views(self, **words: Unpack[Words]) -> Answer:
        """What did families say, and what did the audit find? by: prompt, area, service."""
        return self.ask("views", **words)

    def supervision(self, **words: Unpack[Words]) -> Answer:
        """Was the audit discussed in the next supervision? by: service, team, month. kind: below good."""
        return self.ask("supervision", **words)

    def observations(self, **words: Unpack[Words]) -> Answer:
        """What do observations show? by: kind, trigger, role (of the observer), subject, team, month."""
        return self.ask("observations", **words)

    def complaints(self, **words: Unpack[Words]) -> Answer:
        """What complaints and compliments came? by: kind, service, team, subject, month."""
        return self.ask("complaints", **words)

    def alerts(self, **words: Unpack[Words]) -> Answer:
        """What practice alerts were raised? by: kind, team, subject, role (of whoever raised it), month."""
        return self.ask("alerts", **words)

    def learning(self, **words: Unpack[Words]) -> Answer:
        """Who came to the learning, and what followed? by: team, service, kind, subject, month."""
        return self.ask("learning", **words)

    def days(self, **words: Unpack[Words]) -> Answer:
        """How long do actions take? by: service, team, role (of the owner), level, prompt, month."""
        return self.ask("days", **words)

    def families(self, **words: Unpack[Words]) -> Answer:
        """Are families part of the audit? by: service, team, theme, route."""
        return self.ask("families", **words)

    def agreement(self, **words: Unpack[Words]) -> Answer:
        """Does the panel agree with our auditors? by: service, team, theme, area. route: how it was moderated."""
        return self.ask("agreement", **words)

    def direction(self, **words: Unpack[Words]) -> Answer:
        """Which way does the panel move grades? by and route as for agreement."""
        return self.ask("direction", **words)

    def actions(self, **words: Unpack[Words]) -> Answer:
        """Where do actions stand? by: service, team, role (of the owner), age (how long open), level, prompt, month."""
        return self.ask("actions", **words)

    def overdue(self, **words: Unpack[Words]) -> Answer:
        """Which actions are overdue? by: service, team, role (of the owner)."""
        return self.ask("overdue", **words)

    def coverage(self, **words: Unpack[Words]) -> Answer:
        """Who was audited, and who was not? by: service, team, theme, route."""
        return self.ask("coverage", **words)

    def save(self, answer: Answer) -> Path:
        """Keeps an answer as a page of its own in the folder of answers, once it is certain to name nobody."""
        from qa_analysis.questions.saving import save  # what renders a page takes a second to load

        if answer.told is None:
            return save(answer, self.answers, self.held.data, self.held.tables.rules.council)
        scope, _ = answer.told
        try:
            self._of_saved().take(scope.asked, scope, self.held)
        except NoAnswer as stopped:
            raise DisclosureFailed(f"The answer was not saved. {stopped.why} {stopped.enough}") from None
        path = save(answer, self.answers, self.held.data, self.held.tables.rules.council)
        note(self.answers, scope.asked)
        return path

    def ask(self, question: str, **words: object) -> Answer:
        """Any question by its name. What cannot be answered is an answer that says why, and what would be enough."""
        given = {word: str(value) for word, value in words.items() if value not in ("", None)}
        line = f"qa.{question}({', '.join(f'{word}={value!r}' for word, value in given.items())})".replace("'", '"')
        try:
            return self._remembered(understood(question, given, self.held)).called(line)
        except NoAnswer as stopped:
            return refused(question, stopped, self.held).called(line)

    def _answer(self, asked: Asked) -> Answer:
        """The answer, where together with those given before it tells of nobody.

        Raises:
            NoAnswer: there is too little to answer it from, or it does.
        """
        answer = answered(asked, self.held)
        if answer.told is not None:
            self._memory.take(asked, answer.told[0], self.held)
        return answer

    @cached_property
    def _memory(self) -> Memory:
        """What this opening has told, and the saved answers before it."""
        return self._of_saved()

    def _of_saved(self) -> Memory:
        """What the answers saved so far tell, as far as today's data answer their questions."""
        memory = Memory(self.held.tables.rules)
        for asked in questions_in(self.answers):
            with suppress(NoAnswer):
                scope, _ = ROWS[asked.question](asked, self.held)
                memory.take(asked, scope, self.held)
        return memory


def open_questions(data: str = "", as_at: str = "") -> Questions:
    """A folder of extracts, or of a published month, open to questions.

    The newest cycle says the day the numbers are true for.

    Raises:
        WrongUse: no folder is given, or the day is none.
        InputRefused, ContractBroken: as in docs/errors.md.
    """
    given, published = data or os.environ.get(DATA_VARIABLE, ""), os.environ.get(PUBLISHED_VARIABLE, "")
    answers, day = Path(os.environ.get(ANSWERS_VARIABLE, "answers")), _day(as_at)
    if published and not data:
        return Questions(hold_published(Path(published), day, data=Path(given) if given else None), answers)
    if not given:
        raise WrongUse("Give the folder of extracts: data in the cell above, or qa-analysis explore --data FOLDER.")
    if is_published(Path(given)):
        return Questions(hold_published(Path(given), day), answers)
    return Questions(hold(Path(given), day), answers)


def understood(question: str, given: Mapping[str, str], held: Held) -> Asked:
    """A question with its words, put into those of the data.

    Raises:
        NoAnswer: a word or a value is not known; the nearest is offered.
    """
    accepted([question], QUESTIONS, "The notebook")
    kind = QUESTIONS[question]
    accepted(given, kind.words, question)
    routes = held.choices["panel route" if question in PANEL else "route"]
    values: dict[str, Any] = {
        word: chosen(SPOKEN.get(word, word), given.get(word, ""), held.choices_of(word, question))
        for word in NARROWING
        if word in kind.words
    }
    asked = Asked(
        question,
        by=grouping(given["by"], kind.by, question) if "by" in given else kind.by_itself,
        route=chosen("route", given.get("route", ""), routes) or usual_route(kind, held.tables.rules),
        **values,
    )
    for word, column in ONE_OF_ITS_KIND.items():
        if getattr(asked, word) and asked.by == column and "by" in given:
            what = one_of(column)
            raise NoAnswer(f"One {what} is not split by {what}.", "Leave out one of the two.")
    return _when(asked, kind, given, held)


def _when(asked: Asked, kind: Question, given: Mapping[str, str], held: Held) -> Asked:
    """The question with its period: twelve cycles unless another is given; all actions; two cycles for a change."""
    if kind.name == "change":
        now, then = _windows(given, held)
        return replace(asked, now=now, then=then, first=now[0], last=now[-1])
    if kind.is_whole and not {"since", "until", "month"} & set(given):
        return asked
    cycles = _period(given, held, long=TREND_CYCLES if kind.name == "trend" else YEAR)
    if kind.name == "trend":
        cycles = cycles[-TREND_CYCLES:]
    return replace(asked, first=cycles[0], last=cycles[-1])


def _period(given: Mapping[str, str], held: Held, *, long: int) -> tuple[str, ...]:
    if "month" in given:
        if "since" in given or "until" in given:
            raise NoAnswer("month is one cycle, since and until are a range.", "Give one or the other.")
        return span(given["month"], held.cycles)
    last = cycle(given["until"]) if "until" in given else held.tables.month
    first = cycle(given["since"]) if "since" in given else months_after(min(last, held.cycles[-1]), 1 - long)
    return within(first, last, held.cycles)


def _windows(given: Mapping[str, str], held: Held) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cycles of now and of then: the newest quarter, and as many six months before, unless others are given."""
    quarter = within(months_after(held.cycles[-1], 1 - POOLED_CYCLES), held.cycles[-1], held.cycles)
    now = span(given["now"], held.cycles) if "now" in given else quarter
    if "then" in given:
        then = span(given["then"], held.cycles)
        if set(now) & set(then):
            raise NoAnswer("The two periods share a month.", "Choose two that do not.")
        return now, then
    last = held.tables.rules.cycle_before(now[-1])
    return now, within(months_after(last, 1 - len(months_between(now[0], now[-1]))), last, held.cycles)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUse(f'"{text}" is not a day. Write it as year, month and day, such as 2023-07-10.') from None
