"""sources.yaml: what the analyst says of the files in a folder, checked word by word."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.databases.declared import SOURCE_KEYS as DATABASE_KEYS
from qa_analysis.data.reading.databases.declared import Database, databases, query_of
from qa_analysis.data.reading.delimited import DELIMITERS, ENCODINGS
from qa_analysis.data.reading.naming import is_like
from qa_analysis.data.reading.raw import DateOrder, Source
from qa_analysis.data.reading.strict_yaml import Checks, is_called, written_in
from qa_analysis.data.reading.wide.shape_file import SHAPE_KEYS, ShapeChecks, guarded
from qa_analysis.errors import WrongUse

FILE_NAME: Final = "sources.yaml"
TOP_KEYS: Final = ("databases", "datasets", "ignore", "grades", "dates", "nothing", "draft")
SOURCE_KEYS: Final = (
    "file", "sheet", "header_row", "columns", "codes", "grades", "dates", "encoding", "delimiter", "not_supplied",
    "nothing", *SHAPE_KEYS, *DATABASE_KEYS,
)  # fmt: skip
DATE_ORDERS: Final[dict[str, DateOrder]] = {"day first": "day first", "month first": "month first"}
DELIMITER_WORDS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


@dataclass(frozen=True)
class Plan:
    """What sources.yaml says; empty where there is none."""

    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)  # dataset -> its files
    ignore: tuple[str, ...] = ()  # names of files left out on purpose
    grades: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, DateOrder] = field(default_factory=dict)
    nothing: tuple[str, ...] = ()
    is_draft: bool = False  # made by qa-analysis map and not yet confirmed by anyone
    databases: Mapping[str, Database] = field(default_factory=dict)

    def unnamed(self, dataset: str) -> Source:
        """What holds for a dataset's files that are found by their names."""
        given = [source for source in self.sources.get(dataset, ()) if not source.is_named]
        return given[0] if given else Source(dataset, grades=self.grades, dates=self.dates, nothing=self.nothing)

    def named(self) -> Iterator[Source]:
        """The sources that name their file."""
        return (source for sources in self.sources.values() for source in sources if source.file)

    @property
    def personal(self) -> frozenset[str]:
        """The ids that hold a person's number or name, because they are made of it."""
        return frozenset(name for own in self.sources.values() for source in own for name in source.shape.personal)

    @property
    def words(self) -> frozenset[str]:
        """The codes that the analyst says words of the files stand for."""
        given = (codes for own in self.sources.values() for source in own for codes in source.codes.values())
        return frozenset(code for codes in given for code in codes.values())

    def from_databases(self) -> list[Source]:
        """The sources that name a database."""
        return [source for sources in self.sources.values() for source in sources if source.database]

    def is_placed(self, dataset: str) -> bool:
        """Whether the plan says where a dataset lies, so that none is found by its name."""
        return any(source.is_named for source in self.sources.get(dataset, ()))

    def ignores(self, file: str) -> bool:
        """Whether a file is left out on purpose, or is read as a database."""
        if any(file.casefold() == database.file.casefold() for database in self.databases.values()):
            return True
        return any(is_like(file, pattern) for pattern in self.ignore)


def read_plan(folder: Path, contracts: Mapping[str, Contract], grade_synonyms: Mapping[str, str]) -> Plan:
    """What sources.yaml of a folder says; an empty plan where there is none.

    Raises:
        WrongUse: a key, dataset, column, code or grade in it does not exist, or it is no YAML.
    """
    written = written_in(folder, FILE_NAME)
    return Plan() if written is None else _Checker(contracts, frozenset(grade_synonyms.values()) - {""}).plan(written)


def is_sources_file(name: str) -> bool:
    """Whether a file's name is that of the sources file, in any case and with either ending."""
    return is_called(name, FILE_NAME)


class _Checker(Checks):
    """Turns what was written into a plan, refusing every word that means nothing."""

    def __init__(self, contracts: Mapping[str, Contract], grades: frozenset[str]) -> None:
        super().__init__(FILE_NAME)
        self.contracts, self.grades_known = contracts, grades
        self.databases: Mapping[str, Database] = {}

    def plan(self, written: Any) -> Plan:
        """The whole file."""
        content = self.mapping(written, "", TOP_KEYS)
        grades = self._grades(content.get("grades", {}), "grades")
        dates = self._dates(content.get("dates", {}), "dates")
        nothing = self.texts(content.get("nothing", []), "nothing")
        datasets = self.mapping(content.get("datasets", {}), "datasets", tuple(self.contracts))
        self.databases = databases(content.get("databases", {}), self)
        sources = guarded(
            {name: self._sources(name, value, grades, dates) for name, value in datasets.items()}, self.contracts
        )
        sources = {
            name: tuple(replace(source, nothing=(*nothing, *source.nothing)) for source in own)
            for name, own in sources.items()
        }
        is_draft = self.one_of(content.get("draft", ""), ("yes", "no"), "draft") == "yes"
        ignore = self.texts(content.get("ignore", []), "ignore")
        return Plan(sources, ignore, grades, dates, nothing, is_draft, self.databases)

    def _sources(
        self, dataset: str, written: Any, grades: Mapping[str, str], dates: Mapping[str, DateOrder]
    ) -> tuple[Source, ...]:
        """The files of one dataset: one mapping, or a list of them."""
        items = written if isinstance(written, list) else [written]
        place = f"datasets, {dataset}"
        apart = [one for item in items for one in self._sheet_by_sheet(item, place)]
        sources = tuple(self._source(dataset, item, place, grades, dates) for item in apart)
        if not sources or (len(sources) > 1 and not all(source.is_named for source in sources)):
            raise WrongUse(f"{FILE_NAME}, {place}: each of several files needs its name (file), or its database.")
        return sources

    def _sheet_by_sheet(self, written: Any, place: str) -> list[Any]:
        """What is said of several sheets of a file, said of each."""
        if not isinstance(written, dict) or not isinstance(written.get("sheet"), list):
            return [written]
        return [{**written, "sheet": sheet} for sheet in self.texts(written["sheet"], f"{place}, sheet")]

    def _source(
        self, dataset: str, written: Any, place: str, grades: Mapping[str, str], dates: Mapping[str, DateOrder]
    ) -> Source:
        """One file of one dataset."""
        content, contract = self.mapping(written, place, SOURCE_KEYS), self.contracts[dataset]
        names = tuple(column.name for column in contract.columns)
        columns = self.mapping(content.get("columns", {}), f"{place}, columns", names)
        shape = ShapeChecks(self, contract, place).shape(content)
        database = query_of(content, self.databases, self, place)
        return Source(
            dataset=dataset,
            file=self._file(content.get("file", ""), place),
            sheet=self.text(content.get("sheet", ""), f"{place}, sheet"),
            header_row=1 if database else self._row(content.get("header_row"), place),
            columns={name: self.text(heading, f"{place}, columns, {name}") for name, heading in columns.items()},
            codes=self._codes(content.get("codes", {}), f"{place}, codes", contract),
            grades={**grades, **self._grades(content.get("grades", {}), f"{place}, grades")},
            dates={**dates, **self._dates(content.get("dates", {}), f"{place}, dates", contract)},
            encoding=self.one_of(content.get("encoding", ""), ENCODINGS, f"{place}, encoding"),
            delimiter=self._delimiter(content.get("delimiter", ""), place),
            nothing=self.texts(content.get("nothing", []), f"{place}, nothing"),
            not_supplied=self._not_supplied(content.get("not_supplied", []), place, contract),
            shape=shape,
            **database,
        )

    def _not_supplied(self, written: Any, place: str, contract: Contract) -> tuple[str, ...]:
        """The columns that the council does not record; not those without which a row means nothing."""
        needed = [
            column.name for column in contract.columns if contract.is_essential(column) or column.blank == "error"
        ]
        place = f"{place}, not_supplied"
        names = tuple(column.name for column in contract.columns)
        columns = tuple(self.known(name, names, place) for name in self.texts(written, place))
        if kept := [name for name in columns if name in needed]:
            raise WrongUse(f"{FILE_NAME}, {place}: without {kept[0]} a row means nothing. Say which heading it has.")
        return columns

    def _codes(self, written: Any, place: str, contract: Contract) -> dict[str, dict[str, str]]:
        """Column -> word in the file -> code."""
        coded = [column for column in contract.columns if column.kind in ("code", "codes")]
        columns = self.mapping(written, place, tuple(column.name for column in coded))
        return {
            name: {
                word: self._code(code, contract.column(name).codes, f"{place}, {name}, {word}")
                for word, code in self.mapping(words, f"{place}, {name}").items()
            }
            for name, words in columns.items()
        }

    def _grades(self, written: Any, place: str) -> dict[str, str]:
        """Word in the file -> grade."""
        words = self.mapping(written, place)
        allowed = tuple(sorted(self.grades_known))
        return {
            word.casefold(): self.known(self.text(grade, place), allowed, f"{place}, {word}")
            for word, grade in words.items()
        }

    def _dates(self, written: Any, place: str, contract: Contract | None = None) -> dict[str, DateOrder]:
        """Column (or "" for all) -> whether the day or the month comes first."""
        if isinstance(written, str):
            return {"": DATE_ORDERS[self.known(written.strip(), tuple(DATE_ORDERS), place)]}
        columns = contract.columns if contract else ()
        dated = tuple(column.name for column in columns if column.kind in ("date", "month"))
        orders = self.mapping(written, place, dated)
        return {
            name: DATE_ORDERS[self.known(self.text(order, place), tuple(DATE_ORDERS), f"{place}, {name}")]
            for name, order in orders.items()
        }

    def _code(self, written: Any, codes: Collection[str], place: str) -> str:
        """A code of a column's list; any word where the list is open."""
        text = self.text(written, place)
        return self.known(text, codes, place) if codes or not text else text

    def _delimiter(self, written: Any, place: str) -> str:
        """The delimiter itself or its name."""
        text = self.text(written, f"{place}, delimiter") if written != "\t" else "\t"
        return DELIMITER_WORDS.get(text) or self.one_of(text, DELIMITERS, f"{place}, delimiter")

    def _file(self, written: Any, place: str) -> str:
        """A file's name, with no folder in it."""
        name = self.text(written, f"{place}, file")
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
