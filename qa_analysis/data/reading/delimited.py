"""Delimited text (CSV and its kin): encoding, delimiter and records found for certain or refused."""

import codecs
import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from qa_analysis.data.reading.headings import SEARCHED_ROWS, most_known
from qa_analysis.data.reading.raw import RawTable, Remark, Source
from qa_analysis.errors import InputRefused

DELIMITERS: Final = (",", ";", "\t", "|")
ENCODINGS: Final = ("utf-8", "utf-16", "cp1252")
SEARCHED_CHARACTERS: Final = 200_000  # for the delimiter
MAX_RECORDS: Final = 1_000_000
MAX_FIELDS: Final = 300
MAX_CELL: Final = 1_000_000  # characters; a longer cell is a quotation mark that was never closed
TEXT_ENDINGS = {".csv", ".tsv", ".tab", ".txt"}

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WEB_PAGES = ("<html", "<!doctype", "<?xml")
_EMPTIED = re.compile(r"^[\0,;\t| ]*\0[\0,;\t| \r]*$|\0{16}", re.MULTILINE)  # a row, or a block, that was overwritten
_BINARY_SHARE = 0.25  # of the characters; in UTF-16 read as UTF-8 every second one is NUL


def read_delimited(path: Path, content: bytes, *, source: Source, headings: frozenset[str]) -> tuple[RawTable, ...]:
    """The one table of a text file. Row numbers are those a spreadsheet shows when it opens the file.

    Raises:
        InputRefused: its encoding, its delimiter or its quotation marks cannot be read for certain.
    """
    text, remarks = decoded(content, path.name, encoding=source.encoding)
    declared, text = _declared_delimiter(text)
    delimiter = source.delimiter or declared or _delimiter(text, headings, path.name)
    records = _records(text, delimiter, path.name)
    if not text.endswith("\n") and not (text.endswith("\r") and "\n" not in text):
        remarks = (*remarks, _unended(records, path.name))
    return (
        RawTable(
            file=path.name,
            sheet="",
            sha256=hashlib.sha256(content).hexdigest(),
            rows=records,
            rows_end_with_heading=True,
            remarks=remarks,
        ),
    )


def decoded(content: bytes, file: str, *, encoding: str = "") -> tuple[str, tuple[Remark, ...]]:
    """The file's text, and a remark where its encoding had to be inferred.

    Raises:
        InputRefused: it is no text, or not in the encoding that sources.yaml names.
    """
    marked = next((name for mark, name in _BOMS if content.startswith(mark)), "")
    if encoding or marked:
        return _as_text(content, file, marked or encoding), ()
    try:
        return _checked(content.decode("utf-8"), file), ()
    except UnicodeDecodeError:
        return _as_text(content, file, "cp1252"), (_inferred(file),)


def _as_text(content: bytes, file: str, encoding: str) -> str:
    """The text in a given encoding."""
    try:
        return _checked(content.decode(encoding), file)
    except UnicodeError as error:
        raise InputRefused(
            f"{file} is neither UTF-8 nor in the encoding {encoding.removesuffix('-sig')}. Export it again as "
            '"CSV UTF-8", or name its encoding in sources.yaml.'
        ) from error


def _checked(text: str, file: str) -> str:
    """The text, unless it is no table at all."""
    if text.count("\0") > _BINARY_SHARE * len(text):
        raise InputRefused(f'{file} is not plain text, or is UTF-16 without its mark. Export it again as "CSV UTF-8".')
    if "\0" in text and _EMPTIED.search(text):
        raise InputRefused(
            f"{file} is damaged: it holds characters that no text has (NUL), as after a disk or a transfer failed. "
            "Ask for a new export."
        )
    if text[:2000].lstrip().casefold().startswith(_WEB_PAGES):
        raise InputRefused(f"{file} is a web page, perhaps a sign-in page, and no table. Export it again.")
    if not text.strip():
        raise InputRefused(f"{file} is empty. Ask for a new export: even one without rows has its headings.")
    return text


def _inferred(file: str) -> Remark:
    """What the analyst should know of a file in an old encoding."""
    return Remark(
        "read-as-windows-1252",
        f"{file} is not UTF-8 and was read as Windows-1252 (Western European). Check names with accents and the pound "
        'sign, or export it as "CSV UTF-8".',
    )


def _declared_delimiter(text: str) -> tuple[str, str]:
    """The delimiter of Excel's own first line "sep=;", and the text after that line."""
    first, _, rest = text.partition("\n")
    is_declared = first[:4].casefold() == "sep=" and len(first.rstrip("\r")) == 5
    return (first[4], rest) if is_declared else ("", text)


def _delimiter(text: str, headings: frozenset[str], file: str) -> str:
    """The delimiter with which a row of known headings appears."""
    found = {mark: most_known(_first_records(text, mark), headings) for mark in DELIMITERS}
    best = max(found.values())
    likely = [mark for mark in DELIMITERS if found[mark] == best]
    if best > 1 and len(likely) > 1:
        raise InputRefused(f"{file}: its delimiter is not certain. Name it in sources.yaml (delimiter).")
    return likely[0]


def _unended(records: Sequence[Sequence[str]], file: str) -> Remark:
    """What the analyst should know of a file whose last line has no end, as when it was cut.

    Raises:
        InputRefused: its last row is a cut one: it has fewer cells than the others.
    """
    usual, last = Counter(map(len, records)).most_common(1)[0][0], records[-1]
    if 1 < len(last) < usual:
        raise InputRefused(
            f"{file}, row {len(records)}: the file ends in the middle of a row, so it was cut and more may be missing. "
            "Ask for a new export."
        )
    return Remark(
        "last-row-may-be-cut",
        f"{file} does not end with the end of a line, as when a file was cut. Check its last row, {len(records):,}, "
        "and that none is missing.",
    )


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    """The first records, as far as they can be read with a delimiter."""
    records: list[list[str]] = []
    try:
        start = io.StringIO(text[:SEARCHED_CHARACTERS], newline="")
        records.extend(islice(csv.reader(start, delimiter=delimiter), SEARCHED_ROWS))
    except csv.Error:
        return records
    return records


def _records(text: str, delimiter: str, file: str) -> list[list[str]]:
    """Every record: line feeds inside quotation marks do not end one."""
    records: list[list[str]] = []
    limit = csv.field_size_limit(MAX_CELL)
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            records.append(record)
            if len(records) > MAX_RECORDS or len(record) > MAX_FIELDS:
                raise InputRefused(f"{file} has more than {MAX_RECORDS:,} rows or {MAX_FIELDS} columns. Split it.")
    except csv.Error as error:
        raise InputRefused(
            f"{file}, row {len(records) + 1}: a quotation mark inside a cell is not doubled or is never closed, so the "
            "columns are not certain. Export it again, or as .xlsx."
        ) from error
    finally:
        csv.field_size_limit(limit)
    return records
