"""What a council adds to the framework: its Improvement Plan, policies, tags of themes, targets, recipients, sign-off.

None of it has a default: what a council does not say is said to be missing, in one line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final


@dataclass(frozen=True)
class Priority:
    """One priority of the Improvement Plan, and the measures and themes that tell of it."""

    name: str
    measures: tuple[str, ...] = ()  # names of measures, or codes of promises of the framework
    themes: tuple[str, ...] = ()
    target: float | None = None  # the share that the council aims at, of each of its measures that is one

    def written(self) -> dict[str, Any]:
        """The priority as JSON can hold it."""
        held = {"priority": self.name, "measures": list(self.measures), "themes": list(self.themes)}
        return held if self.target is None else {**held, "target": self.target}


@dataclass(frozen=True)
class Policy:
    """One policy that rules rest on: its version and day, and the clause behind each rule of framework.yaml."""

    name: str
    version: str = ""
    dated: str = ""
    clauses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def written(self) -> dict[str, Any]:
        """The policy as JSON can hold it."""
        return {"name": self.name, "version": self.version, "dated": self.dated, "clauses": dict(self.clauses)}


@dataclass(frozen=True)
class Receiver:
    """Who receives reports, by the framework's name or one of the council's own, and what differs from the framework.

    Whoever the council adds counts as outside Children's Services unless it says otherwise: that is the safe mistake.
    """

    name: str
    reports: tuple[str, ...] | None = None  # by name; None: those that the framework names for this recipient
    called: str = ""
    is_outside: bool = True

    def written(self) -> dict[str, Any]:
        """The recipient as JSON can hold it."""
        held: dict[str, Any] = {"recipient": self.name, "called": self.called, "is_outside": self.is_outside}
        return held if self.reports is None else {**held, "reports": list(self.reports)}


@dataclass(frozen=True)
class Plans:
    """All that a council adds, each part empty where it says nothing."""

    improvement_plan: tuple[Priority, ...] = ()
    policies: tuple[Policy, ...] = ()
    theme_tags: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))  # by theme's code
    promise_targets: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))  # by promise's code
    report_owner: str = ""
    signed_off_by: str = ""
    recipients: tuple[Receiver, ...] = ()

    def written(self) -> dict[str, Any]:
        """What was said, as JSON can hold it; nothing where nothing was."""
        parts = {
            "improvement_plan": [one.written() for one in self.improvement_plan],
            "policies": [one.written() for one in self.policies],
            "theme_tags": {code: list(tags) for code, tags in self.theme_tags.items()},
            "promise_targets": dict(self.promise_targets),
            "report_owner": self.report_owner,
            "signed_off_by": self.signed_off_by,
            "recipients": [one.written() for one in self.recipients],
        }
        return {name: part for name, part in parts.items() if part}


NO_PLANS: Final = Plans()


def plans_of(written: Mapping[str, Any]) -> Plans:
    """What was kept with a month."""
    return Plans(
        improvement_plan=tuple(
            Priority(one["priority"], tuple(one["measures"]), tuple(one["themes"]), one.get("target"))
            for one in written.get("improvement_plan", ())
        ),
        policies=tuple(
            Policy(one["name"], one["version"], one["dated"], MappingProxyType(dict(one["clauses"])))
            for one in written.get("policies", ())
        ),
        theme_tags=MappingProxyType({code: tuple(tags) for code, tags in written.get("theme_tags", {}).items()}),
        promise_targets=MappingProxyType(dict(written.get("promise_targets", {}))),
        report_owner=written.get("report_owner", ""),
        signed_off_by=written.get("signed_off_by", ""),
        recipients=tuple(_receiver(one) for one in written.get("recipients", ())),
    )


def _receiver(one: Mapping[str, Any]) -> Receiver:
    reports = tuple(one["reports"]) if "reports" in one else None
    return Receiver(one["recipient"], reports, one["called"], one["is_outside"])
