"""The sheet to read first: what the workbook is for, how to fill it in, and what happens to it."""

from collections.abc import Iterator, Mapping

from qa_analysis.data.contracts import Contract
from qa_analysis.english import listed
from qa_analysis.forms.template.plain import sheet_name

GUIDE, EXAMPLES, PROMPTS, LISTS = "Guide", "Examples", "Prompts", "Lists"
SYNTHETIC = "These examples are made up: no child, worker or audit in them is real. Nothing on this sheet is read."


def guide(contracts: Mapping[str, Contract], *, file: str) -> Iterator[tuple[str, str]]:
    """The lines of the guide, each with its kind: title, heading or text."""
    needed = listed([sheet_name(contract) for contract in contracts.values() if contract.is_needed])
    yield "title", "How to fill in this workbook"
    yield "text", f"Each of the sheets after {EXAMPLES} and {PROMPTS} holds one kind of record, one row a record."
    yield "heading", "What to fill in"
    yield "text", f"{needed} are enough to begin with. Leave any other sheet empty, or delete it."
    yield "text", 'A sheet without a record counts as not supplied, and the reports say so. It never counts as "none".'
    yield "text", "A heading with a star (*) marks what is needed. Every other column may stay blank or be deleted."
    yield "text", "Keep the headings and the names of the sheets. Columns of your own are left out, with a warning."
    yield "heading", "How to enter it"
    yield "text", "Click a cell to see what its column means. Where there is a list, choose from it."
    yield "text", "Enter a date as day, month and year: 08/06/2023. Enter a month as 06/2023."
    yield "text", "References and prompts are kept as text: 0012 keeps its zeros, and 3.10 does not become 3.1."
    yield (
        "text",
        "A reference links the sheets: a moderation, a finding and an action carry the reference of the audit.",
    )
    yield "text", f"The sheet {EXAMPLES} shows three records of each kind. They are made up, and are not read."
    yield "text", "When you copy rows from another workbook, paste values only, so that lists and formats stay."
    yield "heading", "Then"
    yield "text", f"Save it in a folder of its own: {file}. Keep it where only those who may see records can open it."
    yield "text", "Check it:      qa-analysis check --data FOLDER"
    yield "text", "Publish it:    qa-analysis run 2023-06 --data FOLDER"
    yield "heading", "Made from"
    yield from (
        ("text", f"{sheet_name(one)}: {one.grain}, contract version {one.version}") for one in contracts.values()
    )
