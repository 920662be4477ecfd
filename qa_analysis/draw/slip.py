"""The seed slip: a page to print that says the frame is fixed, before anybody knows the seed."""

from collections.abc import Mapping
from datetime import date
from textwrap import wrap
from typing import Any

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import counted

DIGITS = 20


def slip(details: Mapping[str, Any], command: str) -> str:
    """The page, which names nobody: how to throw the dice, and what to run with what they show."""
    made, held = date.fromisoformat(details["made_on"]), date.fromisoformat(details["as_at"])
    fingerprint = "\n".join(f"    {line}" for line in wrap(" ".join(wrap(details["frame_digest"], 8)), 36))
    open_records = counted(details["records"], "open record")
    return f"""\
SEED SLIP: selection of audits for {month_name(details["cycle_month"])}

Made on {day_name(made)} from the caseload of {day_name(held)}. It names nobody and may be shown to anyone.

{open_records}, of which {details["can_be_selected"]:,} can be selected. Audits: {details["size"]:,}.
The frame is fixed. Its fingerprint (SHA-256):

{fingerprint}

1. At the meeting, throw a ten-sided die {DIGITS} times (0 to 9), or take a public number that nobody can know yet, such
   as the main numbers of the next National Lottery draw, agreed on before it is held. Write the digits down:

    {" ".join(["__"] * DIGITS)}

2. Witnesses: ______________________   ______________________   Date: ____________

3. Run, with the digits and without spaces:

    {command}

   It stops if the frame is no longer the one above. Anyone who holds the record can prove the list with
   docs/check_draw.py, or a single ticket with one line of Windows PowerShell (docs/draw.md).
"""
