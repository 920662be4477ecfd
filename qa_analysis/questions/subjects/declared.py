"""What a subject says of itself, once: its figures, its sentence, its caveat, and what its table and picture show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qa_analysis.measures.figure import Figure
from qa_analysis.month.month import Month
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.opening import Held
from qa_analysis.questions.scope import Scope

Answered = tuple[Scope, list[Figure]]


@dataclass(frozen=True)
class Subject:
    """One thing that may be asked about. `drawn` are the measures that its picture may show, the first there is."""

    rows: Callable[[Asked, Held], Answered]
    sentence: Callable[[Scope, Month], str]
    caveat: str
    names: Mapping[str, str] = field(default_factory=dict)  # of its measures, as a table's heading
    drawn: Mapping[str, str] = field(default_factory=dict)  # and what the axis says
    is_told_as_a_whole: bool = False  # and split in the table alone
