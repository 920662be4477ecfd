"""Extracts damaged on purpose, each in one way, and what may become of them: refused, listed, or read the same."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import xlsxwriter
from extracts import AUDIT_HEADINGS, CONTRACTS, SYNONYMS, audit, text_of

from qa_analysis.data.sources import Loaded, read_folder
from qa_analysis.errors import Refusal

RECORDS: Final = 12
TEAMS: Final = ("North", "South East", "Café, West", 'The "Hub"')
ROWS: Final = [
    [*AUDIT_HEADINGS, "impact_statement", "key_worker_conversation_minutes"],
    *(
        [*audit(n, team=TEAMS[n % 4]), f"He is safer, as {n} people say.\nShe is too.", 30 + n]
        for n in range(1, RECORDS + 1)
    ),
]
REFUSED, LISTED, SAME, LOST = "refused", "listed", "same", "lost in silence"


def sheet_of(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet, its texts kept in a list apart, as Excel does."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Audits")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def with_sheet_xml(book: bytes, change: Callable[[str], str], *, part: str = "worksheets/sheet") -> bytes:
    """The workbook with the XML of its sheet (or of another part) changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if part in name else content)
    return buffer.getvalue()


# Workbooks ------------------------------------------------------------------------------------------------------------


def _rows(xml: str) -> list[re.Match[str]]:
    return list(re.finditer(r"<row .*?</row>", xml, re.DOTALL))[1:]


def _cells(xml: str) -> list[re.Match[str]]:
    return list(re.finditer(r"<c [^>]*>(?:(?!</c>).)*</c>", xml, re.DOTALL))


def _without(found: re.Match[str], xml: str, instead: str = "") -> str:
    return xml[: found.start()] + instead + xml[found.end() :]


def _drop_rows(xml: str, chance: random.Random) -> str:
    rows = _rows(xml)
    first = chance.randrange(len(rows))
    last = min(first + chance.randrange(1, 4), len(rows)) - 1
    return xml[: rows[first].start()] + xml[rows[last].end() :]


def _repeat_row(xml: str, chance: random.Random) -> str:
    row = chance.choice(_rows(xml))
    return _without(row, xml, row[0] * 2)


def _swap_rows(xml: str, chance: random.Random) -> str:
    first, second = sorted(chance.sample(_rows(xml), 2), key=lambda found: found.start())
    return xml[: first.start()] + second[0] + xml[first.end() : second.start()] + first[0] + xml[second.end() :]


def _second_table(xml: str, chance: random.Random) -> str:
    return _before(xml, chance.choice(_rows(xml)).start(), "</sheetData><sheetData>")


def _before(xml: str, place: int, text: str) -> str:
    return xml[:place] + text + xml[place:]


def _rows_after(xml: str, chance: random.Random) -> str:
    end = xml.rindex("</sheetData>")
    return _before(xml[:end] + xml[end + len("</sheetData>") :], chance.choice(_rows(xml)).start(), "</sheetData>")


def _cdata(xml: str, chance: random.Random) -> str:
    cell = chance.choice(_cells(xml))
    return _without(cell, xml, re.sub(r"<v>(.*?)</v>", r"<v><![CDATA[\1]]></v>", cell[0]))


def _comment(xml: str, chance: random.Random) -> str:
    cell = chance.choice(_cells(xml))
    return _without(cell, xml, re.sub(r"<v>(.)", r"<v>\1<!-- x -->", cell[0]))


def _comment_between(xml: str, chance: random.Random) -> str:
    return _before(xml, chance.choice(_rows(xml)).start(), "<!-- x -->")


def _no_such_text(xml: str, chance: random.Random) -> str:
    cell = chance.choice([cell for cell in _cells(xml) if 't="s"' in cell[0]])
    return _without(cell, xml, re.sub(r"<v>.*?</v>", f"<v>{chance.randrange(500, 9999)}</v>", cell[0]))


def _second_value(xml: str, chance: random.Random) -> str:
    cell = chance.choice(_cells(xml))
    return _without(cell, xml, cell[0].replace("</v>", "</v><v>1</v>"))


def _inline_without_text(xml: str, chance: random.Random) -> str:
    cell = chance.choice(_cells(xml))
    return _without(cell, xml, re.sub(r' t="\w+"', ' t="inlineStr"', cell[0]))


def _wrong_reference(xml: str, chance: random.Random) -> str:
    cell, place = chance.choice(_cells(xml)), f"{chance.choice('ABCDEFG')}{chance.randrange(1, 30)}"
    return _without(cell, xml, re.sub(r'r="[A-Z]+\d+"', f'r="{place}"', cell[0]))


def _unknown_kind(xml: str, chance: random.Random) -> str:
    cell = chance.choice(_cells(xml))
    return _without(cell, xml, re.sub(r' t="\w+"', f' t="{chance.choice(("x", "d", "e"))}"', cell[0]))


def _drop_cell_value(xml: str, chance: random.Random) -> str:
    found = chance.choice(list(re.finditer(r"</?(?:v|c|row|sheetData)\b[^>]*>", xml)))
    return _without(found, xml)


SHEETS: Final[dict[str, Callable[[str, random.Random], str]]] = {
    change.__name__.strip("_").replace("_", " "): change
    for change in (
        _drop_rows, _repeat_row, _swap_rows, _second_table, _rows_after, _cdata, _comment, _comment_between,
        _no_such_text, _second_value, _inline_without_text, _wrong_reference, _unknown_kind, _drop_cell_value,
    )
}  # fmt: skip


def _drop_text(xml: str, chance: random.Random) -> str:
    return _without(chance.choice(list(re.finditer(r"<si>.*?</si>", xml, re.DOTALL))), xml)


def _repeat_text(xml: str, chance: random.Random) -> str:
    entry = chance.choice(list(re.finditer(r"<si>.*?</si>", xml, re.DOTALL)))
    return _without(entry, xml, entry[0] * 2)


TEXTS: Final = {"drop text": _drop_text, "repeat text": _repeat_text}


def _cut(content: bytes, chance: random.Random) -> bytes:
    """The start of the file; never up to the very end of a line, which nobody could tell from a shorter file."""
    place = chance.randrange(1, len(content))
    return content[:place] if content[place - 1 : place] != b"\n" else content[: place - 3]


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 4)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _hole(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + b"\0" * len(content[place : place + 64]) + content[place + 64 :]


BYTES: Final = {"cut": _cut, "flip": _flip, "hole": _hole}


def mutated_workbook(seed: int) -> tuple[str, bytes]:
    """A workbook damaged in one way, and how."""
    chance = random.Random(seed)
    how = chance.choice([*SHEETS, *TEXTS, *BYTES])
    book = sheet_of(ROWS)
    if how in SHEETS:
        return how, with_sheet_xml(book, lambda xml: SHEETS[how](xml, chance))
    if how in TEXTS:
        return how, with_sheet_xml(book, lambda xml: TEXTS[how](xml, chance), part="sharedStrings")
    return how, BYTES[how](book, chance)


# Text files -----------------------------------------------------------------------------------------------------------


def _lose_quote(text: bytes, chance: random.Random) -> bytes:
    quotes = [place for place, byte in enumerate(text) if byte == ord('"')]
    place = chance.choice(quotes)
    return text[:place] + text[place + 1 :]


def _extra_delimiter(text: bytes, chance: random.Random) -> bytes:
    """A delimiter too many between two cells; within quotation marks it would be a letter like any other."""
    places = [place for place, byte in enumerate(text) if byte == ord(",") and text[:place].count(b'"') % 2 == 0]
    place = chance.choice(places[6:])
    return text[:place] + b"," + text[place:]


def _lone_quote(text: bytes, chance: random.Random) -> bytes:
    """A quotation mark that begins a cell and is never closed; within a cell it would be a letter like any other."""
    place = chance.choice([found.end() for found in re.finditer(rb",(?=[^\",])", text)])
    return text[:place] + b'"' + text[place:]


def _joined_lines(text: bytes, chance: random.Random) -> bytes:
    ends = [found.start() for found in re.finditer(rb"\r\n", text)][1:]
    place = chance.choice(ends)
    return text[:place] + text[place + 2 :]


def _nul(text: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(text))
    return text[:place] + b"\0" + text[place + 1 :]


def _bad_byte(text: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(text))
    return text[:place] + bytes([chance.randrange(0x80, 0x100)]) + text[place:]


def _rows_of_nul(text: bytes, chance: random.Random) -> bytes:
    ends = [0, *(found.end() for found in re.finditer(rb"\r\n", text))]
    place = chance.randrange(1, len(ends) - 1)
    return text[: ends[place]] + b"\0" * (ends[place + 1] - ends[place] - 2) + b"\r\n" + text[ends[place + 1] :]


CSV: Final = {
    change.__name__.strip("_").replace("_", " "): change
    for change in (
        _cut,
        _hole,
        _lose_quote,
        _extra_delimiter,
        _lone_quote,
        _joined_lines,
        _nul,
        _bad_byte,
        _rows_of_nul,
    )
}


def mutated_csv(seed: int) -> tuple[str, bytes]:
    """A text file damaged in one way, and how."""
    chance = random.Random(seed)
    how = chance.choice(list(CSV))
    return how, CSV[how](text_of(ROWS).encode(), chance)


# What became of it ----------------------------------------------------------------------------------------------------


def outcome(name: str, content: bytes) -> str:
    """What became of a damaged file: refused, listed (something was said), read the same, or lost in silence.

    Any exception but a refusal is a failure of ours, and goes through.
    """
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        try:
            loaded = read_folder(Path(folder), CONTRACTS, SYNONYMS)
        except Refusal:
            return REFUSED
    counts = [(one.rows_in, one.rows_loaded + one.rows_listed) for one in loaded.extracts]
    if any(rows_in != told for rows_in, told in counts):
        return LOST
    if len(loaded.issues):
        return LISTED if _is_told(loaded, name) else LOST
    return SAME if _records(loaded) == _undamaged(name) else LOST


def _is_told(loaded: Loaded, name: str) -> bool:
    """Whether every record that is not read as it was stands beside a row that was named, if not all was said of."""
    named, read = loaded.issues["row"], _records(loaded)
    if named.isna().any() or (named <= 1).any():
        return True  # something of the whole file, or of its headings
    gone = [row for row, record in enumerate(_undamaged(name), start=2) if record not in read]
    return all(any(abs(row - other) <= 1 for other in named) for row in gone)


def _records(loaded: Loaded) -> list[tuple[object, ...]]:
    """The audits as read, without where they came from."""
    frame = loaded.frames.get("audits")
    if frame is None:
        return []
    kept = frame.drop(columns=[column for column in frame if column.startswith("source_")])
    return [tuple(row) for row in kept.astype("object").where(kept.notna(), None).itertuples(index=False)]


@cache
def _undamaged(name: str) -> list[tuple[object, ...]]:
    """The audits of the file as it was."""
    content = sheet_of(ROWS) if name.endswith(".xlsx") else text_of(ROWS).encode()
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        return _records(read_folder(Path(folder), CONTRACTS, SYNONYMS))
