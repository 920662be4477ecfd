"""Plain private workbooks: a title, headings and text, nothing that a spreadsheet would calculate or follow."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import xlsxwriter
from pandas import DataFrame

WIDE = 24  # characters, where a column says no other


def write_workbook(path: Path, sheets: Mapping[str, tuple[str, DataFrame]], *, widths: Mapping[str, int]) -> None:
    """One sheet per name, each with its title and its table. Cells are text or numbers, never a formula or a link."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        bold = workbook.add_format({"bold": True})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        for name, (title, table) in sheets.items():
            sheet = workbook.add_worksheet(name)
            sheet.write_string(0, 0, title, bold)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, widths.get(column, WIDE))
                sheet.write_string(2, place, column, bold)
                for line, value in enumerate(table[column], start=3):
                    _write_cell(sheet, line, place, value, wrapped)
            sheet.freeze_panes(3, 0)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, value: object, style: object) -> None:
    if pd.isna(value):  # type: ignore[call-overload]
        sheet.write_blank(line, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(line, place, "".join(letter for letter in value if letter.isprintable()), style)
    else:
        sheet.write_number(line, place, value, style)
