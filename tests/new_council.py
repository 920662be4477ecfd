"""A council that has audited for seven months, with a name, a newsletter, a marking and a form of its own."""

from pathlib import Path
from typing import Final

from councils import council

from qa_analysis.data.identity import new_key
from qa_analysis.data.synthetic import write_council
from qa_analysis.month.preparing import Prepared, prepare

FIRST, NOW = "2024-04", "2024-10"
NAME, NEWSLETTER, MARKING, LISTS = "Harbour Council", "Harbour Herald", "HARBOUR ONLY", "HARBOUR NAMED PEOPLE"
SETTINGS: Final = f"""
name: {NAME}
newsletter: {NEWSLETTER}
marking: {{month: {MARKING}, shared: {MARKING}, restricted: {LISTS}}}
posts: {{Principal Social Worker: Head of Practice}}
"""


def write_new_council(folder: Path) -> Path:
    """Its extracts, with what it says of itself beside them."""
    frames = council(first_cycle=FIRST, cycles=7)
    frames["audits"] = frames["audits"].assign(form_version="Harbour form 1")
    write_council(folder, frames, style="clean")
    (folder / "council.yaml").write_text(SETTINGS, encoding="utf-8")
    return folder


def new_month(folder: Path) -> Prepared:
    """Its seventh month, measured from those extracts."""
    return prepare(write_new_council(folder), NOW, as_at=None, key=new_key())
