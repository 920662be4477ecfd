"""council.yaml: what the council says of itself, in the folder of its extracts, checked word by word."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from qa_analysis.cadence import parse_stretch
from qa_analysis.council import MARKED, SUPERVISED_EVERY, Own
from qa_analysis.data.reading.council_plans import PLAN_KEYS, PlanChecks
from qa_analysis.data.reading.strict_yaml import is_called, written_in
from qa_analysis.dates import parse_month
from qa_analysis.errors import WrongUse
from qa_analysis.framework import Rules

FILE_NAME: Final = "council.yaml"
TOP_KEYS: Final = (
    "name", "newsletter", "marking", "first_cycle", "audit_cycles", "breaks", "breaks_in_grading",
    "indicator_breaks", "indicator_areas", "posts", *SUPERVISED_EVERY, *PLAN_KEYS,
    "synthetic",
)  # fmt: skip
MOST_DAYS: Final = 366  # between two supervisions: more is a slip of the pen
LONGEST: Final = 80  # letters of a name: it stands in a header, beside a title


def read_own(folder: Path, rules: Rules) -> Own:
    """What council.yaml of a folder says; where there is none, nothing.

    Raises:
        WrongUse: a key or a post in it does not exist, a cycle is no month, a name is too long, or it is no YAML.
    """
    written = written_in(folder, FILE_NAME)
    return Own() if written is None else _Checker(rules).own(written)


def is_council_file(name: str) -> bool:
    """Whether a file's name is that of the council file, in any case and with either ending."""
    return is_called(name, FILE_NAME)


class _Checker(PlanChecks):
    """Turns what was written into settings, refusing every word that means nothing."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(FILE_NAME, rules)
        self.posts = tuple(rules.council.posts)
        self.key_areas = tuple(rules.key_areas)

    def own(self, written: Any) -> Own:
        """The whole file."""
        content = self.mapping(written, "", TOP_KEYS)
        breaks = self._breaks(content["breaks"]) if "breaks" in content else None
        return Own(
            name=self._name(content.get("name", ""), "name"),
            newsletter=self._name(content.get("newsletter", ""), "newsletter"),
            marking=self._names(content.get("marking", {}), "marking", MARKED),
            posts=self._names(content.get("posts", {}), "posts", self.posts),
            first_cycle=self._cycle(first, "first_cycle") if (first := content.get("first_cycle")) else "",
            audit_cycles=self._cadence(content.get("audit_cycles", {})),
            breaks=breaks,
            breaks_in_grading=self._grading(content, breaks),
            indicator_breaks=self._of_indicators(content.get("indicator_breaks", {})),
            indicator_areas=self._areas(content.get("indicator_areas", {})),
            **{name: self._days(content[name], name) for name in SUPERVISED_EVERY if content.get(name)},
            plans=self.plans(content),
            synthetic=self.one_of(content.get("synthetic", ""), ("true", "false"), "synthetic") == "true",
        )

    def _names(self, written: Any, place: str, allowed: tuple[str, ...]) -> Mapping[str, str]:
        """Names by what they are of."""
        said = self.mapping(written, place, allowed)
        return MappingProxyType({key: self._name(value, f"{place}, {key}") for key, value in said.items() if value})

    def _of_indicators(self, written: Any) -> Mapping[str, Mapping[str, str]]:
        """What changed in each indicator, by its code and the month from which it counts."""
        said = self.mapping(written, "indicator_breaks")
        return MappingProxyType(
            {code: self._breaks(breaks, f"indicator_breaks, {code}") for code, breaks in said.items()}
        )

    def _areas(self, written: Any) -> Mapping[str, str]:
        """The key area that each indicator speaks of, by its code."""
        said = self.mapping(written, "indicator_areas")
        return MappingProxyType(
            {code: self.known(self.text(area, f"indicator_areas, {code}"), self.key_areas, f"indicator_areas, {code}")
             for code, area in said.items()}
        )  # fmt: skip

    def _breaks(self, written: Any, place: str = "breaks") -> Mapping[str, str]:
        """What changed, by the cycle it changed with, in their order."""
        said = self.mapping(written, place)
        named = {self._cycle(cycle, place): self._name(name, f"{place}, {cycle}") for cycle, name in said.items()}
        if blank := sorted(cycle for cycle, name in named.items() if not name):
            raise WrongUse(f"{self.at(place)}, {blank[0]}: say in a few words what changed with that cycle.")
        return MappingProxyType(dict(sorted(named.items())))

    def _cadence(self, written: Any) -> Mapping[str, str]:
        """How often there is a cycle, by the month or the day from which it holds, in their order."""
        said = self.mapping(written, "audit_cycles")
        try:
            held = {since: self.text(every, f"audit_cycles, {since}") for since, every in said.items()}
            days = {since: parse_stretch(since, every).since for since, every in held.items()}
        except WrongUse as problem:
            raise WrongUse(f"{self.at('audit_cycles')}: {problem}") from None
        return MappingProxyType({since: held[since] for since in sorted(held, key=days.__getitem__)})

    def _grading(self, content: Mapping[str, Any], breaks: Mapping[str, str] | None) -> tuple[str, ...] | None:
        """The breaks after which grades mean something else: of the council's own all, unless it says which."""
        if breaks is None and "breaks_in_grading" in content:
            raise WrongUse(f"{self.at('breaks_in_grading')}: name the breaks first, under breaks.")
        if breaks is None:
            return None
        if "breaks_in_grading" not in content:
            return tuple(breaks.values())
        named = self.texts(content["breaks_in_grading"], "breaks_in_grading")
        return tuple(self.known(name, tuple(breaks.values()), "breaks_in_grading") for name in named)

    def _cycle(self, written: Any, place: str) -> str:
        """A month written as one."""
        text = self.text(written, place)
        try:
            return parse_month(text)
        except WrongUse as problem:
            raise WrongUse(f"{self.at(place)}: {problem}") from None

    def _days(self, written: Any, place: str) -> int:
        """A number of days."""
        text = self.text(written, place)
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_DAYS):
            raise WrongUse(f"{self.at(place)}: write a whole number of days from 1 to {MOST_DAYS}.")
        return int(text)

    def _name(self, written: Any, place: str) -> str:
        """A name as a header can hold it."""
        name = self.text(written, place)
        if len(name) > LONGEST or not name.isprintable():
            raise WrongUse(f"{self.at(place)}: {len(name)} letters. Write a name of one line, up to {LONGEST} letters.")
        return name
