"""Every subject by the name of its question."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from qa_analysis.questions.subjects.alerts import ALERTS
from qa_analysis.questions.subjects.complaints import COMPLAINED
from qa_analysis.questions.subjects.days import DAYS
from qa_analysis.questions.subjects.declared import Subject
from qa_analysis.questions.subjects.findings import FINDINGS
from qa_analysis.questions.subjects.learning import LEARNING
from qa_analysis.questions.subjects.observations import OBSERVATIONS
from qa_analysis.questions.subjects.prompts import PROMPTS
from qa_analysis.questions.subjects.supervision import SUPERVISION
from qa_analysis.questions.subjects.views import VIEWS

SUBJECTS: Final[Mapping[str, Subject]] = MappingProxyType(
    {
        "findings": FINDINGS, "days": DAYS, "prompts": PROMPTS, "supervision": SUPERVISION, "views": VIEWS,
        "observations": OBSERVATIONS, "complaints": COMPLAINED, "alerts": ALERTS, "learning": LEARNING,
    }
)  # fmt: skip
