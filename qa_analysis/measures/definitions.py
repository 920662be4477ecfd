"""What each measure counts and does not show, in the words of docs/methods.md: the one place where that is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from qa_analysis.framework import resource

SAYS: Final = ("what it counts", "definition")  # headings of the column that defines
LIMITS: Final = ("limits",)  # of the column that says what a figure does not show

# Names that would read badly as they are; any other is its own words.
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "run_chart": "Good or better, against its usual range",
        "loop_difference": "Good or better now, less six months ago",
        "loop_superiority": "Chance that an audit now is graded better than one then",
        "detectable_rise": "Smallest rise that would usually be noticed",
        "agreement_exact": "Grades upheld",
        "agreement_within_one": "Grades moved by at most one",
        "agreement_difference": "Difference in grades upheld",
        "gwet_ac1": "Gwet's AC1",
        "gwet_ac2_linear": "Gwet's AC2, linear weights",
        "kappa_linear": "Cohen's kappa, linear weights",
        "kappa_quadratic": "Cohen's kappa, quadratic weights",
        "moderation_optimism": "Lowered, of the grades changed",
        "moderation_mean_steps": "Grades moved on average, downwards counted as plus",
        "moderation_direction": "Direction of changes, as a p-value",
        "good_or_better_adjusted": "Good or better by the panel's standard",
        "completed_by_day_40_km": "Completed by day 40, open actions counted",
        "actions_completed_km": "Completed by each day, open actions counted",
        "issues": "Points to mend",
        "shared_audits": "Audits in the shared edition",
        "shared_good_or_better": "Good or better, rounded",
        "shared_verdict": "Clear change since six months ago",
        "shared_theme": "Audits with a theme, rounded",
        "shared_actions_in_time": "Actions done in forty days, rounded",
        "shared_families_spoken_to": "Audits with a family spoken to, rounded",
        "shared_moderated": "Audits the panel graded too, rounded",
    }
)


@dataclass(frozen=True)
class Definition:
    """What a measure counts, and what it does not show."""

    says: str
    limits: str


def title_of(measure: str) -> str:
    """The measure's name as a reader would say it."""
    return TITLES.get(measure) or measure.replace("_", " ").capitalize()


def definition_of(measure: str) -> Definition | None:
    """What docs/methods.md says of a measure, in one row or several; None where it says nothing."""
    found = [definition for names, definition in _rows() if _is_among(measure, names)]
    if not found:
        return None
    return Definition(*("; ".join(filter(None, texts)) for texts in zip(*map(astuple, found), strict=True)))


def _is_among(measure: str, names: tuple[str, ...]) -> bool:
    """Whether a row is about the measure. After a full name, "_overdue" stands for the same beginning and that end."""
    first = names[0].split("_")[0]
    endings = [name for name in names if name.startswith("_")]
    return measure in names or any(measure.startswith(f"{first}_") and measure.endswith(end) for end in endings)


@cache
def _rows() -> tuple[tuple[tuple[str, ...], Definition], ...]:
    """Every row of the tables of measures. One per row: the names it is about, and the definition."""
    path = resource("docs") / "methods.md"
    return tuple(_definitions(path.read_text(encoding="utf-8")))


def _definitions(text: str) -> Iterator[tuple[tuple[str, ...], Definition]]:
    heads: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not cells or set(cells[0]) == {"-"}:
            heads = heads if cells else []
        elif not heads:
            heads = cells
        elif heads[0] == "measure" and (names := tuple(re.findall(r"`(\w+)`", cells[0]))):
            row = dict(zip(heads, map(_plain, cells), strict=False))
            yield names, Definition(_first(row, SAYS), _first(row, LIMITS))


def _first(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if name in row), "")


def _plain(cell: str) -> str:
    return cell.replace("`", "").replace("*", "").replace("\\|", "|")
