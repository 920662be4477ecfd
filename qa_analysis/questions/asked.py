"""What was asked, put into the data's own words: titles, capitals and short names are understood, misspellings met."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from qa_analysis.dates import month_name, months_between, parse_month
from qa_analysis.english import listed
from qa_analysis.errors import WrongUse
from qa_analysis.questions.dimensions import called, short_name

PERIOD = ("since", "until", "month")
OF_AUDITS = ("theme", "route", "age", "status", "role")  # what an audit is known by, beside its place
COMMON = (*PERIOD, "service", "team", "theme", "area", "route", "age", "status", "role")
HEADLINE_ROUTES, EVERY = "headline", "every"  # how routes are asked for together
FIRST_RULES = "2022-06"  # before the data are read nobody knows their newest cycle; words for grades have not changed
NEAREST, LISTED = 3, 12  # names offered for one that is not known; a longer list is not read
Choices = Mapping[str, str]  # a value as the data have it, and its title


class NoAnswer(Exception):  # it never leaves the questions: it becomes the answer that says so
    """Why a question has no answer, and what would be enough."""

    def __init__(self, why: str, enough: str) -> None:
        super().__init__(why)
        self.why, self.enough = why, enough


@dataclass(frozen=True)
class Asked:
    """One question with its filters, each a value of the data or blank. Equal questions are equal."""

    question: str
    by: str = ""
    first: str = ""  # the first cycle of the period; blank: the question has no period
    last: str = ""
    service: str = ""
    team: str = ""
    theme: str = ""
    area: str = ""
    route: str = ""
    polarity: str = ""
    age: str = ""  # the child's, in bands
    status: str = ""
    role: str = ""  # the auditor's
    prompt: str = ""  # of the audit tool: what was found or answered, never what the audit was about
    subject: str = ""  # what a complaint, an alert, an observation or a learning event was about
    kind: str = ""
    level: str = ""  # of an action
    safeguarding: str = ""  # yes or no
    now: tuple[str, ...] = ()  # the cycles compared, of a change alone
    then: tuple[str, ...] = ()

    def without(self, place: str) -> "Asked":
        """The same question of every service, team or theme."""
        left_out: dict[str, Any] = {place: ""}
        return replace(self, **left_out)

    @property
    def cycles(self) -> tuple[str, ...]:
        """Every cycle of the period."""
        return months_between(self.first, self.last) if self.first else ()


def accepted(given: Iterable[str], known: Iterable[str], question: str) -> None:
    """Stop at a word that the question does not know.

    Raises:
        NoAnswer: naming the nearest word and all there are.
    """
    words = tuple(known)
    for word in given:
        if word not in words:
            meant = get_close_matches(word, words, n=1)
            hint = f"Did you mean {meant[0]}? " if meant else ""
            raise NoAnswer(f"{question} has no option called “{word}”.", f"{hint}Its options are {', '.join(words)}.")


def chosen(kind: str, given: str, choices: Choices) -> str:
    """The value that was meant, whatever its capitals, by its code, its title or the first words of one alone.

    Raises:
        NoAnswer: it is none of the choices; the nearest names are offered.
    """
    if not given.strip():
        return ""
    names = {name.casefold(): value for value, title in choices.items() for name in (title, value)}
    wanted = given.strip().casefold()
    if wanted in names:
        return names[wanted]
    begun = {
        value for name, value in names.items() if re.match(rf"{re.escape(wanted)}[^\w]|{re.escape(wanted)}_", name)
    }
    if len(begun) == 1:
        return begun.pop()
    close = dict.fromkeys(names[name] for name in get_close_matches(wanted, names, n=NEAREST))
    if close:
        raise NoAnswer(f"There is no {kind} “{given}”.", f"Did you mean {listed([choices[v] for v in close], ' or ')}?")
    raise NoAnswer(f"There is no {kind} “{given}”.", f"There are: {_listed(list(choices.values()))}.")


def grouping(given: str, allowed: tuple[str, ...], question: str) -> str:
    """The column to split by.

    Raises:
        NoAnswer: the question is not split that way.
    """
    wanted = given.strip().casefold().replace("_", " ").replace("’", "'")
    column = next((one for one in allowed if wanted in called(one)), "" if not wanted else given)
    if column and column not in allowed:
        raise NoAnswer(
            f"{question} is not split by “{given}”.",
            f"It can be split by {listed([short_name(name) for name in allowed], ' or ')}."
            if allowed
            else "It is answered as a whole: choose a service or a team instead.",
        )
    return column


def cycle(given: str) -> str:
    """A cycle, written 2023-06 or June 2023.

    Raises:
        NoAnswer: it is no month.
    """
    text = given.strip()
    with suppress(ValueError):
        text = datetime.strptime(text, "%B %Y").strftime("%Y-%m")
    try:
        return parse_month(text)
    except WrongUse:
        raise NoAnswer(f"“{given}” is not a month.", "Write it as year and month, such as 2023-06.") from None


def span(given: str, held: tuple[str, ...]) -> tuple[str, ...]:
    """A cycle or a range of cycles, such as 2023-04/2023-06, as far as the data hold it.

    Raises:
        NoAnswer: it is neither, or lies outside the data.
    """
    first, _, last = given.partition("/")
    return within(cycle(first), cycle(last or first), held)


def within(first: str, last: str, held: tuple[str, ...]) -> tuple[str, ...]:
    """The cycles from first to last that lie in the span of the data.

    Raises:
        NoAnswer: none does.
    """
    cycles = months_between(max(first, held[0]), min(last, held[-1]))
    if cycles:
        return cycles
    if first > last and held[0] <= first <= held[-1]:
        raise NoAnswer(f"{month_name(first)} comes after {month_name(last)}.", "Change one of the two.")
    raise NoAnswer(
        f"There is no audit cycle in {month_name(first)}{f' or up to {month_name(last)}' if last > first else ''}.",
        f"The data hold {month_name(held[0])} to {month_name(held[-1])}.",
    )


def _listed(names: list[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")
