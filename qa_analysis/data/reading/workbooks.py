"""Excel workbooks: opened only after every part has been scanned, refused in one plain line where that is not safe.

A workbook is a zip file of XML parts. The scan streams each part once, within limits, before any of it is parsed, and
a fresh archive of the scanned parts is what the parser gets: nothing reaches it that was not looked at. Macros are no
XML, so they are never even taken out of the file.
"""

import hashlib
import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from xml.etree import ElementTree  # the parts have been scanned: none holds a document type

from python_calamine import CalamineError, CalamineWorkbook

from qa_analysis.data.reading.cell_text import ERROR_CELL, NO_RESULT
from qa_analysis.data.reading.raw import Cell, RawTable, Source
from qa_analysis.data.reading.sheet_scan import SheetScan, scan_part, scan_sheet
from qa_analysis.data.reading.whole_files.integrity import Strings, filled_cells, refuse_lost
from qa_analysis.errors import InputRefused

MAX_EXPANDED: Final = 100_000_000  # bytes of all parts together
MAX_PARTS: Final = 2_000
ZIP, OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".xltm", ".ods"}

TEMPLATE_MARK: Final = "qa_analysis_template"  # the name by which a workbook says that `qa-analysis template` made it

_ENCRYPTED = 0x1  # a zip entry's flag
_OTHER_KINDS = {".xlsb", ".xls"}
_SAVE_AS = 'Open it in Excel and use "Save as", type "Excel Workbook (.xlsx)".'
_WEB_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version", b"<head", b"<meta", b"<div")


@dataclass(frozen=True)
class _Sheet:
    """One worksheet: its name, where it is kept, whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


def is_workbook(content: bytes, name: str) -> bool:
    """Whether the bytes are an Excel workbook we read, whatever the file is called.

    Raises:
        InputRefused: they are a workbook of a kind we do not read, or the name says workbook and the bytes do not.
    """
    ending = Path(name).suffix.lower()
    if content.startswith(OLE):
        raise InputRefused(_ole_message(content, name))
    if content.startswith(ZIP):
        return True
    if ending in WORKBOOK_ENDINGS:
        raise InputRefused(_not_a_workbook(content, name))
    return False


def read_workbook(path: Path, content: bytes, *, source: Source, headings: frozenset[str]) -> tuple[RawTable, ...]:
    """Every worksheet of a workbook, in its order. One raw table per sheet.

    Raises:
        InputRefused: the workbook is damaged, locked, too large or of another kind.
    """
    parts = _parts(content, path.name)
    sheets = _sheets(parts, path.name)
    for name, part in parts.items():
        if name not in {sheet.part for sheet in sheets}:
            scan_part(part, f"{path.name}: part {name}")
    scans = {sheet.name: scan_sheet(parts[sheet.part], f'{path.name}, sheet "{sheet.name}"') for sheet in sheets}
    grids = _grids(parts, sheets, path.name)
    strings = Strings(_strings(parts))
    strings.refuse_miscounted(path.name)
    for sheet in sheets:
        _refuse_lost(parts[sheet.part], scans[sheet.name], grids[sheet.name], strings, path.name, sheet)
    digest, is_template = hashlib.sha256(content).hexdigest(), _is_template(parts)
    raw = (_raw(path.name, digest, sheet, scans[sheet.name], grids[sheet.name]) for sheet in sheets)
    return tuple(replace(table, is_template=is_template) for table in raw)


def _strings(parts: Mapping[str, bytes]) -> bytes:
    """The part with the texts of the workbook; nothing where every cell holds its own."""
    return next((part for name, part in parts.items() if name.endswith("/sharedstrings.xml")), b"")


def _refuse_lost(
    part: bytes, scan: SheetScan, grid: list[list[Cell]], strings: Strings, file: str, sheet: _Sheet
) -> None:
    """Refuse a sheet of which the parser gave less or other than the scan saw."""
    if not scan.is_odd and filled_cells(grid, scan.errors) == scan.filled:
        return
    try:
        refuse_lost(part, grid, strings, f'{file}, sheet "{sheet.name}"')
    except (ValueError, IndexError, ElementTree.ParseError) as error:
        raise _damaged(file) from error


def _raw(file: str, digest: str, sheet: _Sheet, scan: SheetScan, grid: list[list[Cell]]) -> RawTable:
    """One sheet, with a fault put in every cell that shows an error or has no result."""
    faults = {**dict.fromkeys(scan.errors, ERROR_CELL), **dict.fromkeys(scan.uncached, NO_RESULT)}
    if len(grid) > scan.last_row or any(len(row) > scan.last_column for row in grid[:1]):
        raise _damaged(file)  # the parser found cells that the scan did not
    rows = [[*row, *[None] * (scan.last_column - len(row))] for row in grid]
    rows += [[None] * scan.last_column for _ in range(scan.last_row - len(rows))]
    for (row, column), fault in faults.items():
        rows[row - 1][column - 1] = fault
    return RawTable(
        file=file,
        sheet=sheet.name,
        sha256=digest,
        rows=rows,
        is_hidden=sheet.is_hidden,
        hidden_rows=frozenset(scan.hidden_rows),
        merged=tuple(scan.merged),
        absent_rows=tuple(scan.absent_rows),
        rows_cut=(scan.rows_end + 1, scan.rows_said) if scan.rows_said > scan.rows_end else None,
    )


def _parts(content: bytes, file: str) -> dict[str, bytes]:
    """The XML parts of the archive, each within the limits. Part name -> its bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, file)
            return {_plain(entry.filename): _part(archive, entry) for entry in entries if _is_xml(entry.filename)}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError, RuntimeError) as error:
        raise _damaged(file) from error


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One part, expanded to the size it declares and no further, its checksum verified."""
    with archive.open(entry) as stream:
        return stream.read(entry.file_size)


def _check_entries(entries: Sequence[zipfile.ZipInfo], file: str) -> None:
    """Refuse an archive that is not a plain .xlsx workbook of a sane size, before anything is expanded."""
    names = [_plain(entry.filename) for entry in entries]
    if len(names) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_EXPANDED:
        raise InputRefused(
            f"{file} is too large: more than {MAX_EXPANDED // 1_000_000} MB or {MAX_PARTS:,} parts once expanded. "
            "Delete pictures and empty rows, or export the sheet as CSV."
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise _locked(file)
    if "xl/workbook.bin" in names or Path(file).suffix.lower() in _OTHER_KINDS:
        raise InputRefused(f"{file} is a binary workbook (.xlsb), which is not opened. {_SAVE_AS}")
    if "xl/workbook.xml" not in names:
        raise InputRefused(f"{file} is not an Excel workbook (.xlsx), whatever its name says. {_SAVE_AS}")
    if len(set(names)) < len(names):
        raise _damaged(file)


def _sheets(parts: Mapping[str, bytes], file: str) -> list[_Sheet]:
    """The worksheets of the workbook, in their order; chart sheets hold no rows."""
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        scan_part(parts.get(name, b""), f"{file}: part {name}")
    targets = {
        link.get("Id", ""): (_target(link.get("Target", "")), link.get("Type", ""))
        for link in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    listed = [_sheet(element, targets) for element in ElementTree.fromstring(parts["xl/workbook.xml"]).iter()]
    sheets = [sheet for sheet in listed if sheet]
    names = {sheet.name for sheet in sheets}
    if not sheets or len(names) < len(sheets) or any(sheet.part not in parts for sheet in sheets):
        raise _damaged(file)
    return sheets


def _is_template(parts: Mapping[str, bytes]) -> bool:
    """Whether the workbook was made by `qa-analysis template`, whoever saved it since."""
    elements = ElementTree.fromstring(parts["xl/workbook.xml"]).iter()
    names = {one.get("name") for one in elements if one.tag.rpartition("}")[2] == "definedName"}
    return TEMPLATE_MARK in names


def _sheet(element: ElementTree.Element, targets: Mapping[str, tuple[str, str]]) -> _Sheet | None:
    """A worksheet listed in the workbook; None of any other element."""
    if element.tag.rpartition("}")[2] != "sheet":
        return None
    link = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
    part, kind = targets.get(link, ("", "/worksheet"))
    if not kind.endswith("/worksheet"):
        return None
    return _Sheet(element.get("name", ""), part, element.get("state", "visible") != "visible")


def _grids(parts: Mapping[str, bytes], sheets: Sequence[_Sheet], file: str) -> dict[str, list[list[Cell]]]:
    """The values of every sheet, from row 1 and column A. Sheet name -> rows."""
    try:
        with CalamineWorkbook.from_filelike(_archive(parts)) as workbook:
            return {sheet.name: _grid(workbook, sheet.name) for sheet in sheets}
    except (CalamineError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise _damaged(file) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the parser's own alarm is no ordinary exception
            raise
        raise _damaged(file) from error


def _grid(workbook: CalamineWorkbook, name: str) -> list[list[Cell]]:
    """The values of one sheet."""
    return [list(row) for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def _archive(parts: Mapping[str, bytes]) -> io.BytesIO:
    """A fresh archive of the scanned parts, so that the parser sees what the scan saw."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    buffer.seek(0)
    return buffer


def _is_xml(name: str) -> bool:
    """Whether a part is one the parser needs."""
    return _plain(name).endswith((".xml", ".rels"))


def _plain(name: str) -> str:
    """A part's name as it is compared: parts are named without regard to case."""
    return name.replace("\\", "/").lower()


def _target(path: str) -> str:
    """The part a link of the workbook leads to."""
    return _plain(posixpath.normpath(posixpath.join("/xl", path)).lstrip("/"))


def _ole_message(content: bytes, name: str) -> str:
    """What to do with an old-style container: a locked workbook, an .xls, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return str(_locked(name))
    return f"{name} is an old Excel file (.xls) or another old Office file, which is not opened. {_SAVE_AS}"


def _not_a_workbook(content: bytes, name: str) -> str:
    """What to do with a file that is called a workbook and is none."""
    start = content[:2000].decode("latin-1").lstrip("\ufeff\xef\xbb\xbf \r\n\t").lower().encode()
    if not content:
        return f"{name} is empty. Ask for a new export."
    if start.startswith(_WEB_PAGES):
        return f"{name} is a web page or an XML file named as a workbook. {_SAVE_AS}"
    return f"{name} is a text file named as a workbook. Export it again as .xlsx, or as CSV with a name ending in .csv."


def _locked(file: str) -> InputRefused:
    return InputRefused(f"{file} is protected by a password. Remove it (File, Info, Protect Workbook) and save again.")


def _damaged(file: str) -> InputRefused:
    return InputRefused(f"{file} is damaged. Open it in Excel and save it again, or ask for a new export.")
