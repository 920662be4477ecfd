"""What answers are split by: the column of the data, the word people write for it, and what it is called in a sentence.

`theme` is what an audit was about, `prompt` a question of the audit tool, `subject` what a complaint, an alert, an
observation or a learning event was about, which may be either: the three are never one word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Dimension:
    """One way to split an answer."""

    column: str
    word: str  # as it is written after by=
    one: str
    many: str
    also: tuple[str, ...] = ()  # what else people write

    @property
    def choice(self) -> str:
        """What a drop-down offers."""
        return self.one


_ALL = (
    Dimension("service_area", "service", "service", "services", ("service area",)),
    Dimension("team", "team", "team", "teams"),
    Dimension("theme_code", "theme", "theme", "themes", ("audit theme",)),
    Dimension("prompt", "prompt", "prompt", "prompts"),
    Dimension("subject", "subject", "subject", "subjects"),
    Dimension("key_area", "area", "key area", "key areas"),
    Dimension("route", "route", "route", "routes"),
    Dimension("month", "month", "month", "months"),
    Dimension("age_band", "age", "age band", "age bands", ("age of child",)),
    Dimension("case_status", "status", "case status", "case statuses"),
    Dimension("auditor_role", "role", "auditor’s role", "auditors’ roles", ("auditor role", "auditor's role")),
    Dimension("owner_role", "role", "owner’s role", "owners’ roles", ("owner", "owner role", "owner's role")),
    Dimension("observer_role", "role", "observer’s role", "observers’ roles", ("observer role", "observer's role")),
    Dimension("raised_by_role", "role", "role of whoever raised it", "roles of those who raised them"),
    Dimension("age", "age", "how long open", "ages", ("how long open",)),
    Dimension("level", "level", "level", "levels"),
    Dimension("kind", "kind", "kind", "kinds"),
    Dimension("trigger", "trigger", "what led to it", "reasons", ("what led to it",)),
)
DIMENSIONS: Final[Mapping[str, Dimension]] = MappingProxyType({one.column: one for one in _ALL})


def called(column: str) -> tuple[str, ...]:
    """What people may write for a column, in small letters."""
    known = DIMENSIONS[column]
    return tuple(
        word.replace("’", "'") for word in (known.word, known.one, known.many, column.replace("_", " "), *known.also)
    )


def short_name(column: str) -> str:
    """The word people write for a column: "service" for service_area."""
    return DIMENSIONS[column].word if column in DIMENSIONS else column


def one_of(column: str) -> str:
    """What one group is called: "key area" for key_area."""
    return DIMENSIONS[column].one


def many_of(column: str) -> str:
    """What several groups are called."""
    return DIMENSIONS[column].many
