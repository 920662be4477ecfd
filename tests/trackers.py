"""Trackers as councils keep them, made up for tests, each with what it truly holds.

A Microsoft Forms export has a question a column and stamps of its own; a monthly tracker has a sheet a month, numbered
anew on each. No person in them is real.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from extracts import write_xlsx

GRADES = ("Outstanding", "Good", "Requires Improvement", "Inadequate")
TEAMS = (("Family Safeguarding", "FS East"), ("Family Safeguarding", "FS West"), ("Children Looked After", "CLA 1"))


@dataclass
class Truth:
    """What a tracker holds, cycle by cycle, counted while it is made."""

    audits: dict[str, int] = field(default_factory=dict)
    good: dict[str, int] = field(default_factory=dict)
    moderated: dict[str, int] = field(default_factory=dict)
    upheld: dict[str, int] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)
    strengths: dict[str, int] = field(default_factory=dict)
    developments: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, cycle: str, times: int = 1) -> None:
        """Count so many of a cycle."""
        counted = getattr(self, what)
        counted[cycle] = counted.get(cycle, 0) + times


# A Microsoft Forms export ---------------------------------------------------------------------------------------------

AREAS = (
    "1. Help, Protection and Stability", "2. Recording and Communication", "3. Assessment",
    "4. Relationship based practice and direct work", "5. Multi-agency planning",
    "6. Supervision and management oversight",
)  # fmt: skip
FORMS_HEADINGS = [
    "ID", "Start time", "Completion time", "Email", "Name", "Child LCS ID", "Month of audit", "Theme", "Service",
    "Team", "Allocated worker", "Team Manager", "Auditor", "Auditor role", "How was this case selected?",
    "Date of audit", "Date of conversation with worker", "Family contacted? (Y/N)",
    *(f"{area} - {part}" for area in AREAS for part in ("grade", "evidence")),
    "Overall grade", "Good practice", "Areas for development",
    "Action 1", "By whom 1", "By when 1", "Action 2", "By whom 2", "By when 2", "Moderated?", "Moderated grade",
    "Moderator comments",
]  # fmt: skip


def forms_export(folder: Path) -> Truth:
    """A Microsoft Forms export of four months in the folder, and what it holds."""
    truth, rows = Truth(), [FORMS_HEADINGS]
    for number in range(1, 41):
        done = date(2025, 1, 6) + timedelta(days=3 * number)
        cycle, grade = f"{done:%Y-%m}", GRADES[(number * 7) % 4]
        is_moderated, is_upheld = number % 3 == 0, number % 2 == 0
        rows.append(_form(number, done, grade, is_moderated=is_moderated, is_upheld=is_upheld))
        truth.add("audits", cycle)
        truth.add("good", cycle, int(grade in GRADES[:2]))
        truth.add("strengths", cycle, 2)
        truth.add("developments", cycle, 1)
        truth.add("actions", cycle, 1 + (number % 4 == 0))
        if is_moderated:
            truth.add("moderated", cycle)
            truth.add("upheld", cycle, int(is_upheld or grade == "Good"))
    write_xlsx(folder, "Case audit form(1-40).xlsx", {"Sheet1": rows})
    return truth


def _form(number: int, done: date, grade: str, *, is_moderated: bool, is_upheld: bool) -> list[Any]:
    service, team = TEAMS[number % 3]
    start = datetime(done.year, done.month, done.day, 9, 30)
    areas = [text for place in range(6) for text in (GRADES[(number + place) % 4], "Seen on the file.")]
    second = ["Chronology to be updated", "Worker", done + timedelta(days=30)] if number % 4 == 0 else ["", "", ""]
    panel = ["Yes", "Upheld" if is_upheld else "Good", "Discussed"] if is_moderated else ["No", "", ""]
    return [
        number, start, start + timedelta(hours=2), "anonymous", "", 700100 + number, f"{done:%B %Y}", "Neglect",
        service, team, f"Worker {chr(65 + number % 7)}", f"Manager {number % 3}", f"Auditor {number % 5}",
        "Team Manager",
        ("Picked at random", "Re-audit", "Asked for by manager")[number % 10 // 4], done, done - timedelta(days=1),
        "Yes" if number % 5 else "No", *areas, grade,
        "\u2022 Voice of the child is clear\n\u2022 Visits in time", "Plan is not SMART",
        "Plan to be rewritten", f"Worker {chr(65 + number % 7)}", done + timedelta(days=20), *second, *panel,
    ]  # fmt: skip


# One sheet a month ----------------------------------------------------------------------------------------------------

MONTHLY_HEADINGS = [
    "Ref", "Mosaic ID", "Age", "Service", "Team", "Social worker", "Audited by", "Role of auditor", "Audit date",
    "Selection", "Outcome", "What is working well?", "What needs to improve?", "Moderation date", "Moderation outcome",
    "Required action", "Owner", "Due", "Done",
]  # fmt: skip
SHEETS = {"Sept 24": (2024, 9), "Oct 24": (2024, 10), "Nov 24": (2024, 11)}


def monthly_tracker(folder: Path) -> Truth:
    """A workbook of a sheet a month, numbered anew on each, and what it holds."""
    truth, sheets = Truth(), dict[str, list[list[Any]]]()
    for title, (year, month) in SHEETS.items():
        cycle = f"{year}-{month:02d}"
        rows: list[list[Any]] = [[f"Audits {title}"], [], MONTHLY_HEADINGS]
        for number in range(1, 11):
            done, grade = date(year, month, 2 * number), ("G", "RI", "G", "Inad")[number % 4]
            service, team = TEAMS[number % 3]
            panel = [done + timedelta(days=7), ("RI", "")[number % 2]] if number % 4 == 0 else ["", ""]
            rows.append([
                number, 820000 + 100 * month + number, number + 4, service, team, f"Worker {number % 4}",
                f"Auditor {number % 3}", "Practice Lead", done, "Random", grade, "Direct work",
                "1. Chronology\n2. Supervision", *panel, "Update the plan", "SW", done + timedelta(days=21), "",
            ])  # fmt: skip
            truth.add("audits", cycle)
            truth.add("good", cycle, int(grade == "G"))
            truth.add("moderated", cycle, int(bool(panel[0])))
            truth.add("actions", cycle)
            truth.add("strengths", cycle)
            truth.add("developments", cycle, 2)
        sheets[title] = rows
    write_xlsx(folder, "Audits 2024-25.xlsx", {"Read me": [["One sheet a month."]], **sheets})
    return truth


# Headings under groups ------------------------------------------------------------------------------------------------

GROUPS = [
    "CASE", "", "", "", "", "AUDIT", "", "", "", "GRADES", "", "ACTION 1", "", "", "", "ACTION 2", "", "", "",
    "MODERATION", "", "",
]  # fmt: skip
GROUPED_HEADINGS = [
    "Ref", "LCS No", "Team", "Service", "Allocated SW", "Auditor", "Role", "Date", "Type", "Overall", "Assessment",
    *(("Action", "Owner", "Target", "Completed") * 2), "Date", "Grade", "Notes",
]  # fmt: skip


def grouped_tracker(folder: Path) -> Truth:
    """A tracker whose headings mean something under the heading of their group alone, and what it holds."""
    truth, rows = Truth(), [["Audit log"], GROUPS, GROUPED_HEADINGS]
    for number in range(1, 25):
        done, grade = date(2025, 3, 1) + timedelta(days=2 * number), ("Good", "RI", "Inadequate")[number % 3]
        second = ["Update chronology", "TM", done + timedelta(days=30), ""] if number % 2 else [""] * 4
        panel = [done + timedelta(days=9), "RI", "Discussed"] if number % 3 == 0 else [""] * 3
        rows.append([
            f"QA{number:03}", 500000 + number, f"Team {number % 3}", "Safeguarding", f"Worker {number % 5}",
            f"Auditor {number % 4}", "Team Manager", done, "Random", grade, "Good", "Do the plan",
            f"Worker {number % 5}", done + timedelta(days=20), done + timedelta(days=18), *second, *panel,
        ])  # fmt: skip
        cycle = f"{done:%Y-%m}"
        truth.add("audits", cycle)
        truth.add("good", cycle, int(grade == "Good"))
        truth.add("actions", cycle, 1 + number % 2)
        truth.add("moderated", cycle, int(bool(panel[0])))
    write_xlsx(folder, "Log.xlsx", {"Log": rows})
    return truth
