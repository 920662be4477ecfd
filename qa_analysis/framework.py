"""The rules of the framework in force in a cycle, read from data_contracts/framework.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml

from qa_analysis.cadence import Cadence, cadence_of
from qa_analysis.council import SAYS_NOTHING, Council, Own, usual_council
from qa_analysis.dates import months_after, months_between, months_up_to, parse_month
from qa_analysis.errors import WrongUse
from qa_analysis.limits import Floor, Tolerance, floors, tolerance
from qa_analysis.protection import Protection, protection
from qa_analysis.retention import Retention, retention_of
from qa_analysis.survey_rules import calendar_month, coded_questions, first_days, survey_floor

FIRST_MONTH = "2022-06"  # of the framework's first rules, for whoever asks of no month
MANAGERS = "managers"  # the audience of the whole month, and of questions of one's own
TEXTS = ("label", "strength", "development", "definition", "in_short", "in_practice")  # of a theme, which it must have
CHECKED = {
    "staff_survey_month": calendar_month, "staff_survey_floor": survey_floor, "staff_survey_standards": coded_questions,
    "practice_week": first_days, "practice_week_month": calendar_month,
}  # fmt: skip
_SAFELY = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a third of a second sooner, whenever anything starts
NOT_APPLICABLE = "not applicable"  # an area the audit could not judge: leaves the denominator and is counted


@dataclass(frozen=True)
class Theme:
    """One code of the codebook: what it is called, what it means, and wordings such as an auditor might use."""

    label: str  # the framework's prompt, shortened: for lists that speak of neither side
    strength: str  # what it is called where it was done well
    development: str  # what it is called where it was lacking
    definition: str
    examples: tuple[str, ...]
    in_short: str  # the strength within a sentence that everyone may read
    in_practice: str  # what to do differently, in one plain sentence to whoever does the work
    seeds: tuple[str, ...] = ()  # phrases that point to it, well done or lacking: a star for any ending, a ? if weakly
    compliance: bool = False  # met by presence, timeliness or completion alone: counted, never offered as good practice

    @property
    def wordings(self) -> tuple[str, ...]:
        """Everything that tells the theme in words, for whoever learns to recognise it."""
        return (self.label, self.definition, *self.examples)

    def called(self, polarity: str) -> str:
        """What the theme is called where it was found: as a strength, marked where it is compliance, or lacking."""
        if polarity == "development":
            return self.development
        return f"{self.strength} (compliance)" if self.compliance else self.strength


@dataclass(frozen=True)
class Rules:
    """Every quantity of the framework for one cycle; each field is a rule of framework.yaml."""

    set_aside: Tolerance
    retention: Retention
    first_cycle: str
    cadence_months: int  # of the framework; what holds in a council is `cadence`
    cadence: Cadence
    cut_off_day: int
    complaint_days: Mapping[str, Sequence[int]]  # working days by stage or step: usual, and longest if extended
    complaint_year_begins: int  # the calendar month
    report_days: int | None  # after the data are taken; none: until those of the next cycle are
    rolling_cycles: int
    headline_routes: tuple[str, ...]
    notice_days: int
    lookback_months: int
    revisit_months: int
    conversation_mode: str
    conversation_minutes: int
    breaks: Mapping[str, str]
    breaks_in_grading: tuple[str, ...]
    picked_for_weakness: tuple[str, ...]
    auditor_roles: tuple[str, ...]
    roles_to_be_ready: tuple[str, ...]
    own_line_up_to: str
    audits_each: int | None
    pair_cycles: int
    induction_months: int
    induction_alongside: str
    list_last_days: int
    reviewing_officers: Mapping[str, str]  # by case status
    draw_size: int
    draw_child_rest_months: int
    draw_worker_rest_cycles: int
    draw_fewest: Mapping[str, int]  # by column of the caseload
    theme_statuses: Mapping[str, Sequence[str]]  # of a theme that is about some records only
    grades: tuple[str, ...]
    good_grades: tuple[str, ...]
    grade_synonyms: Mapping[str, str]
    key_areas: Mapping[str, str]
    codebook: Mapping[str, Theme]
    themes: Mapping[str, str]
    theme_areas: Mapping[str, str]  # the key area an audit theme lies in, where it lies in one
    field_words: tuple[str, ...]  # with a capital, and no name of a person
    opening_words: tuple[str, ...]  # ordinary ones with which a sentence begins
    impact_words: tuple[str, ...]
    compliance_words: tuple[str, ...]
    better_words: tuple[str, ...]
    worse_words: tuple[str, ...]
    cannot_tell_words: tuple[str, ...]
    moderation_share: Fraction
    moderation_random_route: str
    panel_roles: tuple[str, ...]
    hours_of_an_audit: float | None
    hours_of_a_decision: float | None  # of each member of the panel
    action_days: int
    action_calendar: Literal["working", "calendar"]
    action_sign_off_role: str
    concern_sign_off_role: str
    management_ranks: Mapping[str, int]
    supervision_every_days: int | None  # from one to the next; None: the council has not said
    supervision_every_days_newly_qualified: int | None
    observations_a_year: int
    observations_of_direct_work: int
    observations_of_supervision: int
    observed_roles: tuple[str, ...]  # words in the name of a role
    first_line_roles: tuple[str, ...]
    observation_kinds_apart: tuple[str, ...]
    observations_of_newly_qualified: int | None  # in the assessed and supported year
    observers_of_newly_qualified: tuple[str, ...]
    observation_return_months: tuple[int, ...]
    practice_week: Mapping[str, str]  # by year: its first day
    practice_week_month: int
    senior_leader_roles: tuple[str, ...]
    elected_member_roles: tuple[str, ...]
    staff_survey_month: int  # the calendar month of a wave that is named by its year
    staff_survey_floor: int  # forms, beside one whose answers a reader knows
    employer_standards: tuple[str, ...]  # in the order of their numbers
    staff_survey_standards: Mapping[str, int]  # by question: the number of the standard it asks about
    confidence: float
    percentage_from: int
    verdict_from: int
    floor: Mapping[str, Floor]  # by audience
    suggestion_sure_from: float
    change_margin: float
    good_or_better_target: float | None
    shared_edition: Protection
    council: Council
    version: str
    review_due: str  # the month in which the framework itself is to be reviewed
    own: Own  # what the council says in council.yaml: already in the fields above, kept to be asked again

    @property
    def question_children_from(self) -> int:
        """How many children an answer to a question rests on at least: what managers may be told."""
        return self.floor[MANAGERS].children

    @property
    def question_people_from(self) -> int:
        """On the work of how many people it rests at least."""
        return self.floor[MANAGERS].people

    @cached_property
    def grade_columns(self) -> Mapping[str, str]:
        """The column that holds each key area's grade, by key area."""
        return MappingProxyType({area: f"grade_{area}" for area in self.key_areas})

    @cached_property
    def prompts(self) -> Mapping[str, str]:
        """The label of each of the framework's prompts, by code: the codebook without what lies in no key area."""
        return MappingProxyType({code: theme.label for code, theme in self.codebook.items() if self.area_of(code)})

    def area_of(self, code: str) -> str | None:
        """The key area a prompt belongs to: 3.10 to the third. None for a code of no area, such as impact or 7.1."""
        return self._numbered.get(code.split(".")[0]) if code in self.codebook else None

    def area_of_subject(self, code: str) -> str | None:
        """The key area of what a record is about, a prompt or an audit theme; none of one that cuts across areas."""
        return self.area_of(code) or self.theme_areas.get(code)

    @cached_property
    def _numbered(self) -> Mapping[str, str]:
        """The key areas by their number in the framework."""
        return {str(number): area for number, area in enumerate(self.key_areas, start=1)}

    def of(self, month: str) -> "Rules":
        """The rules of another cycle of the same council."""
        return replace(rules_for(month, own=self.own).since(self.first_cycle, month), cadence=self.cadence)

    def since(self, first_cycle: str, month: str) -> "Rules":
        """These rules for a council that began with a cycle: its year is no longer, and no break lies before it."""
        return replace(
            self,
            first_cycle=first_cycle,
            rolling_cycles=max(1, min(self.rolling_cycles, len(months_between(first_cycle, month)))),
            breaks=MappingProxyType({cycle: name for cycle, name in self.breaks.items() if cycle > first_cycle}),
        )

    def cycles_up_to(self, last: str, cycles: int) -> tuple[str, ...]:
        """So many cycles, the last of them the one given, none before the council's first; none where that is later."""
        return months_between(max(self.first_cycle, months_after(last, 1 - cycles)), last)

    def cycle_before(self, month: str) -> str:
        """The cycle that a cycle is compared with: of six months before, or the last before those where none was then.

        What is compared lies six months back at least, however long cycles are.
        """
        return self.cadence.up_to(months_after(month, -self.revisit_months))

    def months_of(self, cycle: str) -> tuple[str, ...]:
        """The months that a cycle stands for: those after the cycle before, up to its own."""
        (before,) = self.cadence.before(cycle)
        return months_between(months_after(before, 1), cycle)

    def revisit_due(self, cycle: str) -> str:
        """The first cycle in which what was audited in a cycle can be audited again: six months on, or soon after."""
        return self.cadence.from_month(months_after(cycle, self.revisit_months))

    def place_cycles(self, month: str) -> tuple[str, ...]:
        """The cycles that a service or a team is told of over, to the end of a step; none before there are so many."""
        floor = self.floor[MANAGERS]
        cycles = months_up_to(months_after(month, -(int(month[-2:]) % floor.step)), floor.cycles)
        return cycles if cycles[0] >= self.first_cycle else ()

    def is_past_review(self, month: str) -> bool:
        """Whether the framework was to be reviewed before a cycle: its rules still hold until others are written."""
        return month > self.review_due

    def as_at(self, month: str) -> date:
        """The day a cycle's numbers are true for unless a run says otherwise."""
        year, number = map(int, months_after(month, 1).split("-"))
        return date(year, number, self.cut_off_day)


def resource(name: Literal["data_contracts", "docs", "notebooks"]) -> Path:
    """Where a folder that ships with the package lies: beside it in a checkout, inside it once installed."""
    package = Path(__file__).parent
    installed = package / name
    return installed if installed.is_dir() else package.parent / name


def rules_for(month: str, *, own: Own = SAYS_NOTHING, path: Path | None = None) -> Rules:
    """The rules in force in one cycle, with what a council says of itself; before the framework began, its first rules.

    Raises:
        WrongUse: the month is not a month, or framework.yaml misspells or misses a rule.
    """
    parse_month(month)
    book = _book(path or resource("data_contracts") / "framework.yaml")
    in_force = {name: _in_force(name, versions, month) for name, versions in book["rules"].items()}
    typed = {name: _typed(name, value) for name, value in in_force.items()}
    return _of_council(
        Rules(
            **typed,
            cadence=cadence_of(book["rules"]["cadence_months"], own.audit_cycles),
            version=str(book["version"]),
            review_due=parse_month(book["review_due"]),
            own=own,
        )
    )


def _of_council(rules: Rules) -> Rules:
    """The rules with what the council says of itself in place of the framework's."""
    own = rules.own
    return replace(
        rules,
        council=own.over(rules.council),
        first_cycle=own.first_cycle or rules.first_cycle,
        breaks=rules.breaks if own.breaks is None else own.breaks,
        breaks_in_grading=rules.breaks_in_grading if own.breaks_in_grading is None else own.breaks_in_grading,
        supervision_every_days=own.supervision_every_days or rules.supervision_every_days,
        supervision_every_days_newly_qualified=(
            own.supervision_every_days_newly_qualified or rules.supervision_every_days_newly_qualified
        ),
    )


def versions_of_rules() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every version of every rule as framework.yaml writes it, oldest first, by the rule's name."""
    rules: Mapping[str, Sequence[Mapping[str, Any]]] = _book(resource("data_contracts") / "framework.yaml")["rules"]
    return rules


def usual_words() -> Council:
    """A council of which nothing is known, in the framework's neutral words."""
    return usual_council(_book(resource("data_contracts") / "framework.yaml")["rules"]["council"][-1]["value"])


@cache
def _book(path: Path) -> Mapping[str, Any]:
    """The whole rule book, checked for misspelt or missing rules."""
    book: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_SAFELY)
    known = {field.name for field in fields(Rules)} - {"version", "review_due", "own", "cadence"}
    unknown, missing = sorted(set(book["rules"]) - known), sorted(known - set(book["rules"]))
    if unknown or missing:
        raise WrongUse(
            f"{path.name}: "
            + "; ".join(
                [f'rule "{name}" is not known, check its spelling' for name in unknown]
                + [f'rule "{name}" is missing' for name in missing]
            )
        )
    for name, versions in book["rules"].items():
        _check_versions(path, name, versions)
    return MappingProxyType(book)


def _check_versions(path: Path, name: str, versions: list[dict[str, Any]]) -> None:
    """Every version has its dates in order and its source sentence."""
    for version in versions:
        if stray := set(version) - {"valid_from", "value", "source", "decision"}:
            raise WrongUse(f'{path.name}: rule "{name}" has the unknown entry "{min(stray)}"')
        if not version.get("source"):
            raise WrongUse(f'{path.name}: rule "{name}" does not say which sentence it comes from (source)')
    starts = [parse_month(version["valid_from"]) for version in versions]
    if starts != sorted(set(starts)):
        raise WrongUse(f'{path.name}: the versions of rule "{name}" are not in the order of valid_from')


def _in_force(name: str, versions: list[dict[str, Any]], month: str) -> Any:
    """The value of the newest version that holds in the month; before the first one, the first."""
    started = [version for version in versions if version["valid_from"] <= month]
    return (started or versions[:1])[-1]["value"]


def _typed(name: str, value: Any) -> Any:
    """The value as a frozen one."""
    if name == "moderation_share":
        return Fraction(value)
    if name == "grade_synonyms":
        return MappingProxyType({word.casefold(): grade for grade, words in value.items() for word in words})
    if name == "shared_edition":
        return protection(value)
    if name == "floor":
        return floors(value, MANAGERS)
    if name == "set_aside":
        return tolerance(value)
    if name == "retention":
        return retention_of(value)
    if name == "council":
        return usual_council(value)
    if name in CHECKED:
        return CHECKED[name](value)
    if name == "codebook":
        return MappingProxyType({code: _theme(code, entry) for code, entry in value.items()})
    if isinstance(value, dict):
        return MappingProxyType(dict(value))
    return tuple(value) if isinstance(value, list) else value


def _theme(code: Any, entry: Mapping[str, Any]) -> Theme:
    """One entry of the codebook.

    Raises:
        WrongUse: its code is a number (3.10 would become 3.1), a part is missing, a wording with a colon is no text, or
            what is lacking is called what is good.
    """
    if not isinstance(code, str):
        raise WrongUse(f'framework.yaml: write the code {code} of the codebook in quotation marks, "{code}"')
    if missing := [part for part in (*TEXTS, "examples") if not entry.get(part)]:
        raise WrongUse(f'framework.yaml: the codebook does not give the {missing[0]} of "{code}"')
    texts, examples = {part: entry[part] for part in TEXTS}, tuple(entry["examples"])
    if strays := [text for text in (*texts.values(), *examples) if not isinstance(text, str)]:
        raise WrongUse(f'framework.yaml: "{code}" holds a wording that is no text; quote it: {strays[0]}')
    seeds = tuple(seed.strip() for seed in str(entry.get("seeds", "")).split(",") if seed.strip())
    theme = Theme(**texts, examples=examples, seeds=seeds, compliance=entry.get("compliance", False))
    if not isinstance(theme.compliance, bool):
        raise WrongUse(f'framework.yaml: compliance of "{code}" is true or false, not {theme.compliance}')
    if theme.development.casefold() in (theme.strength.casefold(), theme.label.casefold()):
        raise WrongUse(
            f'framework.yaml: "{code}" is called the same as a strength and for development; say in development what '
            "is lacking"
        )
    return theme
