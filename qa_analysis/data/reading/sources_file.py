"""sources.yaml: what the analyst says of the files in a folder, checked word by word."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

import yaml

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.delimited import DELIMITERS, ENCODINGS
from qa_analysis.data.reading.raw import DateOrder, Source
from qa_analysis.errors import WrongUse

FILE_NAME: Final = "sources.yaml"
MAX_BYTES: Final = 100_000
TOP_KEYS: Final = ("datasets", "ignore", "grades", "dates")
SOURCE_KEYS: Final = ("file", "sheet", "header_row", "columns", "codes", "grades", "dates", "encoding", "delimiter")
DATE_ORDERS: Final[dict[str, DateOrder]] = {"day first": "day first", "month first": "month first"}
DELIMITER_WORDS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


@dataclass(frozen=True)
class Plan:
    """What sources.yaml says; empty where there is none."""

    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)  # dataset -> its files
    ignore: tuple[str, ...] = ()  # names of files left out on purpose
    grades: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, DateOrder] = field(default_factory=dict)

    def unnamed(self, dataset: str) -> Source:
        """What holds for a dataset's files that are found by their names."""
        given = [source for source in self.sources.get(dataset, ()) if not source.file]
        return given[0] if given else Source(dataset, grades=self.grades, dates=self.dates)

    def named(self) -> Iterator[Source]:
        """The sources that name their file."""
        return (source for sources in self.sources.values() for source in sources if source.file)

    def ignores(self, file: str) -> bool:
        """Whether a file is left out on purpose."""
        return any(fnmatch(file.casefold(), pattern.casefold()) for pattern in self.ignore)


def read_plan(folder: Path, contracts: Mapping[str, Contract], grade_synonyms: Mapping[str, str]) -> Plan:
    """What sources.yaml of a folder says; an empty plan where there is none.

    Raises:
        WrongUse: a key, dataset, column, code or grade in it does not exist, or it is no YAML.
    """
    written = sorted(path for path in folder.iterdir() if is_sources_file(path.name))
    if not written:
        return Plan()
    if len(written) > 1:
        raise WrongUse(f"{written[0].name} and {written[1].name} are both in the folder. Keep one, {FILE_NAME}.")
    checker = _Checker(contracts, frozenset(grade_synonyms.values()) - {""})
    return checker.plan(_loaded(written[0]))


def is_sources_file(name: str) -> bool:
    """Whether a file's name is that of the sources file, in any case and with either ending."""
    return name.casefold() in (FILE_NAME, "sources.yml")


class _StrictLoader(yaml.BaseLoader):
    """YAML in which every value is text, a key occurs once, and nothing refers to anything else."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A node; never an alias, which can make a small file enormous."""
        if self.check_event(yaml.AliasEvent):
            raise WrongUse(f"{FILE_NAME}: a value that begins with * or & needs quotation marks.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """A mapping in which no key occurs twice."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if not isinstance(key, str) or keys.count(key) > 1:
                raise WrongUse(f'{FILE_NAME}, line {node.start_mark.line + 1}: "{key}" is there twice, or is no word.')
        return super().construct_mapping(node, deep=deep)


def _loaded(path: Path) -> Any:
    """The content of the file as texts, lists and mappings."""
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        raise WrongUse(f"{FILE_NAME} is larger than {MAX_BYTES:,} bytes; it should name files and headings only.")
    try:
        return yaml.load(content.decode("utf-8-sig"), Loader=_StrictLoader)
    except UnicodeDecodeError as error:
        raise WrongUse(f"{FILE_NAME} is not UTF-8. Save it as UTF-8.") from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise WrongUse(f"{FILE_NAME}{where}: this is not YAML. Check indents, colons and quotation marks.") from error


class _Checker:
    """Turns what was written into a plan, refusing every word that means nothing."""

    def __init__(self, contracts: Mapping[str, Contract], grades: frozenset[str]) -> None:
        self.contracts, self.grades_known = contracts, grades

    def plan(self, written: Any) -> Plan:
        """The whole file."""
        content = self._mapping(written, "", TOP_KEYS)
        grades = self._grades(content.get("grades", {}), "grades")
        dates = self._dates(content.get("dates", {}), "dates")
        datasets = self._mapping(content.get("datasets", {}), "datasets", tuple(self.contracts))
        sources = {name: self._sources(name, value, grades, dates) for name, value in datasets.items()}
        return Plan(sources, self._texts(content.get("ignore", []), "ignore"), grades, dates)

    def _sources(
        self, dataset: str, written: Any, grades: Mapping[str, str], dates: Mapping[str, DateOrder]
    ) -> tuple[Source, ...]:
        """The files of one dataset: one mapping, or a list of them."""
        items = written if isinstance(written, list) else [written]
        place = f"datasets, {dataset}"
        sources = tuple(self._source(dataset, item, place, grades, dates) for item in items)
        if not sources or (len(sources) > 1 and not all(source.file for source in sources)):
            raise WrongUse(f"{FILE_NAME}, {place}: each of several files needs its name (file).")
        return sources

    def _source(
        self, dataset: str, written: Any, place: str, grades: Mapping[str, str], dates: Mapping[str, DateOrder]
    ) -> Source:
        """One file of one dataset."""
        content, contract = self._mapping(written, place, SOURCE_KEYS), self.contracts[dataset]
        names = tuple(column.name for column in contract.columns)
        columns = self._mapping(content.get("columns", {}), f"{place}, columns", names)
        return Source(
            dataset=dataset,
            file=self._file(content.get("file", ""), place),
            sheet=self._text(content.get("sheet", ""), f"{place}, sheet"),
            header_row=self._row(content.get("header_row"), place),
            columns={name: self._text(heading, f"{place}, columns, {name}") for name, heading in columns.items()},
            codes=self._codes(content.get("codes", {}), f"{place}, codes", contract),
            grades={**grades, **self._grades(content.get("grades", {}), f"{place}, grades")},
            dates={**dates, **self._dates(content.get("dates", {}), f"{place}, dates", contract)},
            encoding=self._one_of(content.get("encoding", ""), ENCODINGS, f"{place}, encoding"),
            delimiter=self._delimiter(content.get("delimiter", ""), place),
        )

    def _codes(self, written: Any, place: str, contract: Contract) -> dict[str, dict[str, str]]:
        """Column -> word in the file -> code."""
        coded = [column for column in contract.columns if column.kind in ("code", "codes")]
        columns = self._mapping(written, place, tuple(column.name for column in coded))
        return {
            name: {
                word: self._code(code, contract.column(name).codes, f"{place}, {name}, {word}")
                for word, code in self._mapping(words, f"{place}, {name}").items()
            }
            for name, words in columns.items()
        }

    def _grades(self, written: Any, place: str) -> dict[str, str]:
        """Word in the file -> grade."""
        words = self._mapping(written, place)
        allowed = tuple(sorted(self.grades_known))
        return {
            word.casefold(): self._known(self._text(grade, place), allowed, f"{place}, {word}")
            for word, grade in words.items()
        }

    def _dates(self, written: Any, place: str, contract: Contract | None = None) -> dict[str, DateOrder]:
        """Column (or "" for all) -> whether the day or the month comes first."""
        if isinstance(written, str):
            return {"": DATE_ORDERS[self._known(written.strip(), tuple(DATE_ORDERS), place)]}
        columns = contract.columns if contract else ()
        dated = tuple(column.name for column in columns if column.kind in ("date", "month"))
        orders = self._mapping(written, place, dated)
        return {
            name: DATE_ORDERS[self._known(self._text(order, place), tuple(DATE_ORDERS), f"{place}, {name}")]
            for name, order in orders.items()
        }

    def _code(self, written: Any, codes: Collection[str], place: str) -> str:
        """A code of a column's list; any word where the list is open."""
        text = self._text(written, place)
        return self._known(text, codes, place) if codes or not text else text

    def _delimiter(self, written: Any, place: str) -> str:
        """The delimiter itself or its name."""
        text = self._text(written, f"{place}, delimiter") if written != "\t" else "\t"
        return DELIMITER_WORDS.get(text) or self._one_of(text, DELIMITERS, f"{place}, delimiter")

    def _file(self, written: Any, place: str) -> str:
        """A file's name, with no folder in it."""
        name = self._text(written, f"{place}, file")
        if "/" in name or "\\" in name or name in (".", ".."):
            raise WrongUse(f"{FILE_NAME}, {place}: the file is named without a folder; it lies beside {FILE_NAME}.")
        return name

    def _row(self, written: Any, place: str) -> int | None:
        """The row of the headings, as a spreadsheet counts."""
        if written is None:
            return None
        if isinstance(written, str) and written.isascii() and written.isdecimal() and 1 <= int(written[:9]) <= 1000:
            return int(written)
        raise WrongUse(f"{FILE_NAME}, {place}, header_row: write the row's number, such as 3.")

    def _mapping(self, written: Any, place: str, allowed: Collection[str] | None = None) -> dict[str, Any]:
        """A mapping with no key that means nothing."""
        if written in ("", None):
            return {}
        if not isinstance(written, dict):
            raise WrongUse(f"{self._at(place)}: here names and values are needed, one a line, such as name: value.")
        for key in written:
            if allowed is not None:
                self._known(key, allowed, place)
        return written

    def _one_of(self, written: Any, allowed: Collection[str], place: str) -> str:
        """A word of a list, or nothing."""
        text = self._text(written, place)
        return self._known(text, allowed, place) if text else ""

    def _known(self, text: str, allowed: Collection[str], place: str) -> str:
        """A word of a list."""
        if text in allowed:
            return text
        near = get_close_matches(text, allowed, n=1)
        choices = ", ".join(f'"{word}"' for word in allowed) or "nothing"
        hint = f'Did you mean "{near[0]}"?' if near else f"Here may stand: {choices}."
        raise WrongUse(f'{self._at(place)}: "{text}" is not known. {hint}')

    def _texts(self, written: Any, place: str) -> tuple[str, ...]:
        """A list of texts; one text is a list of one."""
        items = written if isinstance(written, list) else [written] if written else []
        return tuple(self._text(item, place) for item in items)

    def _text(self, written: Any, place: str) -> str:
        """A text on one line."""
        if not isinstance(written, str):
            raise WrongUse(f"{self._at(place)}: one word or name is needed here.")
        return written.strip()

    def _at(self, place: str) -> str:
        """Where in the file."""
        return f"{FILE_NAME}, {place}" if place else FILE_NAME
