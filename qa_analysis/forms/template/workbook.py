"""The workbook to fill in: a sheet for each dataset, with lists, hints, a guide and examples.

Nothing but the sheets of datasets is read. The name `MARK` in the workbook says that it was made here, so that a sheet
nobody filled in is known from an extract without a row, which would count as nought.
"""

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.workbooks import TEMPLATE_MARK
from qa_analysis.forms.excel.workbook import FONT, HEADER, TITLE, UNDATED, height
from qa_analysis.forms.template.entries import kept_as, shown, validation
from qa_analysis.forms.template.examples import EXAMPLES as EXAMPLES_OF_EACH
from qa_analysis.forms.template.examples import Record, examples
from qa_analysis.forms.template.guide import EXAMPLES, GUIDE, LISTS, PROMPTS, SYNTHETIC, guide
from qa_analysis.forms.template.plain import choices, headings, sheet_name
from qa_analysis.framework import Rules

FILE: Final = "Quality assurance workbook.xlsx"  # no dataset's name: its sheets say what they hold
LAST_ROW: Final = 20_000  # as far as lists and hints reach
NARROW, WIDE = 14, 44
NEEDED: Final = {"bg_color": "#DCE6F1"}  # beside the star, never colour alone


def template(every: Mapping[str, Contract], rules: Rules, *, datasets: Collection[str]) -> bytes:
    """The workbook for some of the datasets."""
    contracts = {name: contract for name, contract in every.items() if name in datasets}
    content = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": dict(FONT),
        "in_memory": True,
    }
    with xlsxwriter.Workbook(content, options) as workbook:
        book = _Book(workbook, rules)
        book.guide(contracts)
        book.examples(contracts, examples(every, rules))
        book.prompts()
        for contract in contracts.values():
            book.dataset(contract)
        book.lists()
        book.versions(contracts)
    return content.getvalue()


class _Book:
    """The workbook while it is being made: its formats, and the lists that its columns choose from."""

    def __init__(self, workbook: Any, rules: Rules) -> None:
        self.workbook, self.rules = workbook, rules
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.chosen: dict[tuple[str, ...], str] = {}  # the words of a list -> its name in the workbook

    def guide(self, contracts: Mapping[str, Contract]) -> None:
        """The first sheet, in plain words."""
        place = self.workbook.add_worksheet(GUIDE)
        place.set_column(0, 0, 110)
        looks: dict[str, Mapping[str, object]] = {"title": TITLE, "heading": HEADER, "text": FONT}
        for line, (kind, text) in enumerate(guide(contracts, file=FILE)):
            place.write_string(line, 0, text, self._format(looks[kind]))

    def examples(self, contracts: Mapping[str, Contract], records: Mapping[str, Sequence[Record]]) -> None:
        """Three records of each dataset, a column of the dataset to a row, which no reader takes for a dataset."""
        titles = ("Sheet", "Column of it", "What it means", *(f"Example {n + 1}" for n in range(EXAMPLES_OF_EACH)))
        rows = [
            (
                sheet_name(contract),
                heading,
                contract.column(name).description,
                *(shown(one[name]) for one in records[key]),
            )
            for key, contract in contracts.items()
            for name, heading in self._starred(contract).items()
        ]
        self._to_read(EXAMPLES, SYNTHETIC, titles, rows, widths=(20, WIDE, WIDE, *[26] * EXAMPLES_OF_EACH))

    def prompts(self) -> None:
        """What each prompt of the framework means."""
        rows = [(code, theme.strength, theme.development) for code, theme in self.rules.codebook.items()]
        titles = ("Number", "As a strength", "For development")
        self._to_read(PROMPTS, "The prompts of the framework.", titles, rows, widths=(NARROW, WIDE, WIDE))

    def _to_read(
        self, name: str, about: str, titles: Sequence[str], rows: Sequence[Sequence[object]], *, widths: Sequence[int]
    ) -> None:
        """A sheet to read: a title, a line and a table, each row as high as its longest text."""
        place = self.workbook.add_worksheet(name)
        place.write_string(0, 0, name, self._format(TITLE))
        place.write_string(1, 0, about, self._format({**FONT, "text_wrap": False}))
        place.write_row(2, 0, titles, self._format(HEADER))
        for column, width in enumerate(widths):
            place.set_column(column, column, width)
        for line, row in enumerate(rows, start=3):
            place.set_row(line, height(zip(row, widths, strict=False)))
            place.write_row(line, 0, row, self._format({**FONT, "num_format": "@"}))
        place.freeze_panes(3, 1)
        place.set_landscape()
        place.fit_to_pages(1, 0)

    def dataset(self, contract: Contract) -> None:
        """One sheet to fill in: headings in the first row, and what each column takes below."""
        place = self.workbook.add_worksheet(sheet_name(contract))
        for position, (name, heading) in enumerate(self._starred(contract).items()):
            column = contract.column(name)
            words = choices(column, self.rules)
            told = validation(column, contract, heading=heading.removesuffix(" *"), named=self._named(words))
            width = WIDE if column.free_text else max(NARROW, len(heading) // 2 + 4)
            place.set_column(position, position, width, self._format({**FONT, "num_format": kept_as(column)}))
            place.write_string(0, position, heading, self._format({**HEADER, **(NEEDED if column.required else {})}))
            place.data_validation(1, position, LAST_ROW, position, told)
        place.set_row(0, 48)
        place.freeze_panes(1, 1)

    def lists(self) -> None:
        """The words to choose from, on a sheet that nobody has to see; each list has a name."""
        place = self.workbook.add_worksheet(LISTS)
        place.write_string(0, 0, "Made by qa-analysis template", self._format(FONT))
        self.workbook.define_name(TEMPLATE_MARK, f"={LISTS}!$A$1")
        line = 1
        for words, name in self.chosen.items():  # below one another: side by side they could look like headings
            place.write_column(line, 0, words, self._format({**FONT, "num_format": "@"}))
            self.workbook.define_name(name, f"={LISTS}!$A${line + 1}:$A${line + len(words)}")
            line += len(words)
        place.hide()

    def versions(self, contracts: Mapping[str, Contract]) -> None:
        """The versions of the contracts, where a program finds them."""
        made = datetime(UNDATED.year, UNDATED.month, UNDATED.day)
        self.workbook.set_properties({"title": "Audits and what belongs to them, to fill in", "created": made})
        for dataset, contract in contracts.items():
            self.workbook.set_custom_property(f"contract {dataset}", contract.version, "text")

    def _starred(self, contract: Contract) -> dict[str, str]:
        """Column -> its heading, with a star where the column is needed, which the reader passes over."""
        return {
            name: f"{heading} *" if contract.column(name).required else heading
            for name, heading in headings(contract, self.rules).items()
        }

    def _named(self, words: tuple[str, ...]) -> str:
        """The name of a list of words; equal lists have one."""
        return self.chosen.setdefault(words, f"list_{len(self.chosen) + 1}") if words else ""

    def _format(self, properties: Mapping[str, object]) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format(dict(properties))
        return self.formats[key]
