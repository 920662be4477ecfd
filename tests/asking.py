"""Questions put to small councils: audits of teams as many as said, and the questions that may be asked of them."""

from pathlib import Path
from typing import Any

from small import tables

from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.opening import Held
from qa_analysis.questions.query import Questions

GOOD, POOR = "good", "requires improvement"


def audits(*teams: tuple[str, int, int], **more: Any) -> list[dict[str, Any]]:
    """So many audits of each team, so many of them good, every one of another child and a worker of its own."""
    return [
        {"team": team, "overall_grade": GOOD if number < good else POOR, "child_id": f"{team} child {number}",
         "key_worker_id": f"{team} worker {number}", "auditor_id": f"auditor {number}", **more}
        for team, size, good in teams for number in range(size)
    ]  # fmt: skip


def ask(**datasets: Any) -> Questions:
    return Questions(Held(tables("2023-06", **datasets), extracts_table(()), Path("nowhere")))
