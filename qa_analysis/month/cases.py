"""The cases behind a year's figures, by the words of the questions: one workbook that a number can be traced to.

The words are here, so that an answer says how to filter the workbook without being able to open it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FILE: Final = "cases-of-the-year.xlsx"
FOR: Final = "Quality Assurance Manager"
AUDITS, FINDINGS, ANSWERS, PANEL = "Audits", "Findings", "Prompts answered no", "Panel"
ACTIONS, OBSERVATIONS, COMPLAINTS, ALERTS = "Actions", "Observations", "Complaints", "Alerts"
HEADINGS: Final[Mapping[str, str]] = MappingProxyType(  # the word of a question -> the heading of its column
    {
        "service": "Service", "team": "Team", "theme": "Theme", "route": "Route", "age": "Age band",
        "status": "Case status", "role": "Auditor's role", "area": "Key area", "prompt": "Prompt", "subject": "Subject",
        "kind": "Kind", "level": "Level", "safeguarding": "Safeguarding", "polarity": "Strength or development",
    }
)  # fmt: skip
MONTH: Final = "Month"
_OF_AUDITS: Final = ("service", "team", "theme", "route", "age", "status", "role")
WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(  # the words that each sheet can be filtered by
    {
        AUDITS: _OF_AUDITS,
        FINDINGS: (*_OF_AUDITS, "area", "prompt", "polarity", "safeguarding"),
        ANSWERS: (*_OF_AUDITS, "area", "prompt"),
        PANEL: (*_OF_AUDITS,),
        ACTIONS: (*_OF_AUDITS, "area", "prompt", "level", "safeguarding"),
        OBSERVATIONS: ("subject", "kind"),
        COMPLAINTS: ("service", "team", "subject", "kind"),
        ALERTS: ("team", "subject", "kind"),
    }
)
SHEET_OF: Final[Mapping[str, str]] = MappingProxyType(  # the question -> the sheet that holds its cases
    {
        **dict.fromkeys(("grades", "trend", "change", "families", "views", "supervision", "coverage"), AUDITS),
        "findings": FINDINGS, "prompts": ANSWERS, "agreement": PANEL, "direction": PANEL,
        **dict.fromkeys(("actions", "overdue", "days"), ACTIONS), "observations": OBSERVATIONS,
        "complaints": COMPLAINTS, "alerts": ALERTS,
    }
)  # fmt: skip
