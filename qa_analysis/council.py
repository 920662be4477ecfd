"""What a council says of itself in council.yaml: its name, its newsletter, its markings, its posts, its first cycle.

`Own` is what the file says, and may say nothing; `Council` is what holds once the framework's neutral words fill in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from qa_analysis.errors import WrongUse
from qa_analysis.plans import NO_PLANS, Plans, plans_of

MARKED: Final = ("month", "shared", "restricted")  # what carries a marking of its own
Marked = Literal["month", "shared", "restricted"]
FOR_WHOM: Final[Mapping[str, str]] = MappingProxyType(
    {
        "month": "for managers",
        "shared": "shared edition: may be shared with the workforce",
        "restricted": "for the person it is addressed to",
    }
)
SUPERVISED_EVERY: Final = ("supervision_every_days", "supervision_every_days_newly_qualified")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Council:
    """A council as its papers name it; each part is its own word, or the framework's neutral one."""

    name: str
    newsletter: str
    marking: Mapping[str, str]  # of the month, of what is shared, of restricted lists
    posts: Mapping[str, str]  # a post of the framework -> what it is called here

    def marked(self, kind: Marked) -> str:
        """The protective marking of the month, of what is shared, or of restricted lists, and for whom that is."""
        return f"{self.marking[kind]} · {FOR_WHOM[kind]}"

    def post(self, name: str) -> str:
        """What a post of the framework is called in this council."""
        return self.posts[name]


@dataclass(frozen=True)
class Own:
    """What council.yaml says; blank where it says nothing. No breaks at all are said by an empty mapping."""

    name: str = ""
    newsletter: str = ""
    marking: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    posts: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    first_cycle: str = ""
    breaks: Mapping[str, str] | None = None
    breaks_in_grading: tuple[str, ...] | None = None
    indicator_breaks: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    indicator_areas: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    audit_cycles: Mapping[str, str] = field(default_factory=lambda: _NOTHING)  # how often, by the day from which
    supervision_every_days: int | None = None
    supervision_every_days_newly_qualified: int | None = None
    plans: Plans = NO_PLANS  # what it adds to the framework, and who signs off
    synthetic: bool = False  # nobody in its records is real, and their texts are made from few patterns

    @property
    def supervised_every(self) -> dict[str, int]:
        """The most days between two supervisions by the rule that says so; none where the council has not said."""
        said = {name: getattr(self, name) for name in SUPERVISED_EVERY}
        return {name: days for name, days in said.items() if days is not None}

    def over(self, usual: Council) -> Council:
        """The council's own words, and the usual ones where it has none."""
        return Council(
            name=self.name or usual.name,
            newsletter=self.newsletter or usual.newsletter,
            marking=MappingProxyType({**usual.marking, **self.marking}),
            posts=MappingProxyType({**usual.posts, **self.posts}),
        )

    def written(self) -> dict[str, Any]:
        """What was said, as JSON can hold it: it is kept with the month."""
        said: dict[str, Any] = {
            "name": self.name, "newsletter": self.newsletter, "marking": dict(self.marking), "posts": dict(self.posts),
            "first_cycle": self.first_cycle,
        }  # fmt: skip
        said |= self.supervised_every
        if self.synthetic:
            said["synthetic"] = True
        if self.audit_cycles:
            said["audit_cycles"] = dict(self.audit_cycles)
        if self.indicator_breaks:
            said["indicator_breaks"] = {code: dict(breaks) for code, breaks in self.indicator_breaks.items()}
        if plans := self.plans.written():
            said["plans"] = plans
        if self.indicator_areas:
            said["indicator_areas"] = dict(self.indicator_areas)
        if self.breaks is not None:
            said["breaks"] = dict(self.breaks)
        if self.breaks_in_grading is not None:
            said["breaks_in_grading"] = list(self.breaks_in_grading)
        return said


SAYS_NOTHING: Final = Own()


def own_of(written: Mapping[str, Any]) -> Own:
    """What was kept with a month; a month of an earlier version kept nothing."""
    grading, plans = written.get("breaks_in_grading"), plans_of(written.get("plans", {}))
    kept = {**written, "plans": plans}
    return Own(**{**kept, **({} if grading is None else {"breaks_in_grading": tuple(grading)})})


def usual_council(entry: Mapping[str, Any]) -> Council:
    """The framework's neutral words.

    Raises:
        WrongUse: framework.yaml leaves one out.
    """
    parts = ("name", "newsletter", "marking", "posts")
    lacking = [part for part in parts if not entry.get(part)]
    lacking += [f"marking of {kind}" for kind in MARKED if entry.get("marking") and not entry["marking"].get(kind)]
    if lacking:
        raise WrongUse(f"framework.yaml: council does not give the {lacking[0]}")
    posts = MappingProxyType({str(post): str(post) for post in entry["posts"]})
    return Council(str(entry["name"]), str(entry["newsletter"]), MappingProxyType(dict(entry["marking"])), posts)
