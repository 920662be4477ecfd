"""The parts of council.yaml that add to the framework: plan, policies, tags, targets, sign-off and recipients."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from qa_analysis.data.reading.strict_yaml import Checks
from qa_analysis.errors import WrongUse
from qa_analysis.framework import Rules
from qa_analysis.plans import Plans, Policy, Priority, Receiver

PLAN_KEYS: Final = (
    "improvement_plan", "policies", "theme_tags", "promise_targets", "report_owner", "signed_off_by", "recipients",
)  # fmt: skip
OF_PRIORITY: Final = ("priority", "measures", "themes", "target")
OF_POLICY: Final = ("name", "version", "dated", "clauses")
OF_RECIPIENT: Final = ("recipient", "reports", "called", "outside")
NOT_RULES: Final = ("cadence", "council", "version", "review_due", "own")
LONGEST: Final = 160  # letters of a priority or a clause


class PlanChecks(Checks):
    """Turns what was written into plans, refusing every rule and theme that does not exist.

    Whether a measure exists is asked where measures are known (month/plans_checked.py), and whether a report does where
    reports are (reports/recipients.py).
    """

    def __init__(self, file: str, rules: Rules) -> None:
        super().__init__(file)
        self.themes = (*rules.codebook, *rules.themes)
        self.rule_names = tuple(one.name for one in fields(rules) if one.name not in NOT_RULES)

    def plans(self, content: Mapping[str, Any]) -> Plans:
        """Every part that the file has."""
        return Plans(
            improvement_plan=tuple(self._priorities(content.get("improvement_plan"))),
            policies=tuple(self._policies(content.get("policies"))),
            theme_tags=MappingProxyType(self._tags(content.get("theme_tags", {}))),
            promise_targets=MappingProxyType(self._targets(content.get("promise_targets", {}))),
            report_owner=self._line(content.get("report_owner", ""), "report_owner"),
            signed_off_by=self._line(content.get("signed_off_by", ""), "signed_off_by"),
            recipients=tuple(self._recipients(content.get("recipients"))),
        )

    def _priorities(self, written: Any) -> list[Priority]:
        found = []
        for place, one in self._entries(written, "improvement_plan", OF_PRIORITY, needed="priority"):
            measures = self.texts(one.get("measures"), f"{place}, measures")
            themes = self.texts(one.get("themes"), f"{place}, themes")
            target = self._share(one["target"], f"{place}, target") if one.get("target") else None
            known = tuple(self.known(code, self.themes, f"{place}, themes") for code in themes)
            found.append(Priority(self._line(one["priority"], place), measures, known, target))
        return found

    def _policies(self, written: Any) -> list[Policy]:
        found = []
        for place, one in self._entries(written, "policies", OF_POLICY, needed="name"):
            clauses = self.mapping(one.get("clauses", {}), f"{place}, clauses", self.rule_names)
            said = {rule: self._line(clause, f"{place}, {rule}") for rule, clause in clauses.items()}
            version = self._line(one.get("version", ""), f"{place}, version")
            day = self._day(one.get("dated", ""), f"{place}, dated")
            found.append(Policy(self._line(one["name"], place), version, day, MappingProxyType(said)))
        return found

    def _recipients(self, written: Any) -> list[Receiver]:
        found: dict[str, Receiver] = {}
        for place, one in self._entries(written, "recipients", OF_RECIPIENT, needed="recipient"):
            name = self._line(one["recipient"], place)
            if name in found:
                raise WrongUse(f'{self.at(place)}: "{name}" is there twice. Write it once, with all of its reports.')
            reports = self.texts(one["reports"], f"{place}, reports") if "reports" in one else None
            called = self._line(one.get("called", ""), f"{place}, called")
            outside = self.one_of(one.get("outside", ""), ("true", "false"), f"{place}, outside")
            found[name] = Receiver(name, reports, called, is_outside=outside != "false")
        return [*found.values()]

    def _entries(
        self, written: Any, name: str, keys: Collection[str], *, needed: str
    ) -> list[tuple[str, dict[str, Any]]]:
        """The entries of a list, each with its place in the file and the key that it cannot do without."""
        if not written:
            return []
        if not isinstance(written, list):
            raise WrongUse(f"{self.at(name)}: a list is needed here, each entry beginning with - {needed}:")
        entries = [(f"{name} {number}", one) for number, one in enumerate(written, start=1)]
        checked = [(place, self.mapping(one, place, keys)) for place, one in entries]
        if lacking := [place for place, one in checked if not one.get(needed)]:
            raise WrongUse(f"{self.at(lacking[0])}: say its {needed}.")
        return checked

    def _tags(self, written: Any) -> dict[str, tuple[str, ...]]:
        """The tags of each theme."""
        said = self.mapping(written, "theme_tags", self.themes)
        named = {code: self.texts(tags, f"theme_tags, {code}") for code, tags in said.items()}
        return {code: tuple(self._line(tag, f"theme_tags, {code}") for tag in tags) for code, tags in named.items()}

    def _targets(self, written: Any) -> dict[str, float]:
        said = self.mapping(written, "promise_targets")
        return {code: self._share(share, f"promise_targets, {code}") for code, share in said.items()}

    def _share(self, written: Any, place: str) -> float:
        """A share, as 80% or as 0.8."""
        text = self.text(written, place)
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            share = -1.0
        if not 0 < share <= 1:
            raise WrongUse(f"{self.at(place)}: write a percentage such as 80%.")
        return share

    def _day(self, written: Any, place: str) -> str:
        """A day as it was written, or nothing."""
        text = self.text(written, place)
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            raise WrongUse(f"{self.at(place)}: write the day as 2023-04-01.") from None

    def _line(self, written: Any, place: str) -> str:
        """A text that a cell of a table can hold."""
        text = self.text(written, place)
        if len(text) > LONGEST or not text.isprintable():
            raise WrongUse(f"{self.at(place)}: {len(text)} letters. Write one line, up to {LONGEST} letters.")
        return text
