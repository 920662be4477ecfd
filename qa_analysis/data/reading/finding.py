"""Which file and sheet of a folder holds which dataset: told by its name or by sources.yaml, never guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from qa_analysis.data.contracts import Contract
from qa_analysis.data.issues import LIST_FILE, Issue
from qa_analysis.data.reading.cell_text import is_blank, one_line
from qa_analysis.data.reading.council_file import is_council_file
from qa_analysis.data.reading.databases.parquet import ENDINGS as PARQUET_ENDINGS
from qa_analysis.data.reading.databases.parquet import read_parquet
from qa_analysis.data.reading.databases.pulling import pulled
from qa_analysis.data.reading.delimited import TEXT_ENDINGS, read_delimited
from qa_analysis.data.reading.headings import known_headings, looks_like, most_like, tidy_heading
from qa_analysis.data.reading.naming import has_wildcard, is_like, is_only_a_mark, is_writable_name, read_name
from qa_analysis.data.reading.raw import Extract, RawTable, Reader, Source
from qa_analysis.data.reading.sources_file import FILE_NAME, Plan, is_sources_file
from qa_analysis.data.reading.wide.shaping import headings_named, with_sharing
from qa_analysis.data.reading.workbooks import WORKBOOK_ENDINGS, is_workbook, read_workbook
from qa_analysis.errors import InputRefused, WrongUse

MAX_BYTES: Final = 100_000_000
OPEN_IN_EXCEL: Final = "~$"  # the file Excel keeps beside a workbook that is open
SYSTEM_FILES: Final = {"thumbs.db", "desktop.ini"}
NO_FILE: Final = "it is a device, a pipe or a link to nowhere"
SAY_WHICH: Final = f"say in {FILE_NAME} which file and sheet it is"


@dataclass(frozen=True)
class Found:
    """A raw table and the dataset it belongs to."""

    dataset: str
    table: RawTable
    source: Source
    mark: str  # the month, date or number of its name

    @property
    def place(self) -> str:
        """The file and sheet, as a message names them."""
        return f'{self.table.file}, sheet "{self.table.sheet}"' if self.table.sheet else self.table.file


@dataclass(frozen=True)
class Finds:
    """What lies in a folder: tables of datasets, sheets left out, and what the analyst should know."""

    tables: list[Found] = field(default_factory=list)
    left_out: list[Extract] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def add(self, other: "Finds") -> None:
        """Take in the finds of one file."""
        self.tables.extend(other.tables)
        self.left_out.extend(other.left_out)
        self.issues.extend(other.issues)


def find_tables(folder: Path, contracts: Mapping[str, Contract], plan: Plan) -> Finds:
    """Every table of a dataset in a folder.

    Raises:
        InputRefused: a file cannot be opened safely, or could be two datasets, or a dataset is there twice.
        WrongUse: sources.yaml names what is not there.
    """
    files = files_of(folder, plan)
    named = _files_named(files, plan)
    finds = Finds(issues=[issue for path in devices_in(folder, plan) for issue in _unread(path.name, NO_FILE).issues])
    for path in files:
        finds.add(_in_file(path, contracts, plan, named.get(path.name, ())))
    pulls = pulled(folder, plan.databases, plan.from_databases())
    finds.tables.extend(Found(source.dataset, table, source, "") for source, table in pulls)
    for dataset in contracts:
        _refuse_doubles([found for found in finds.tables if found.dataset == dataset])
    return finds


def files_of(folder: Path, plan: Plan) -> list[Path]:
    """The files of a folder, in the order of their names, without those nobody means.

    Raises:
        InputRefused: a file has a name that cannot be written down.
    """
    files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    wanted = [path for path in files if not _is_ours(path.name) and path.name.casefold() not in SYSTEM_FILES]
    meant = sorted((path for path in wanted if not plan.ignores(path.name)), key=lambda path: path.name)
    for path in meant:
        _refuse_unwritable_name(path.name)
    return meant


def devices_in(folder: Path, plan: Plan) -> list[Path]:
    """What lies among the files and is none: a device, a pipe, a link to nowhere. Opened, it might never end.

    Raises:
        InputRefused: one has a name that cannot be written down.
    """
    others = [path for path in folder.iterdir() if not path.name.startswith(".") and not plan.ignores(path.name)]
    found = sorted(path for path in others if not path.is_file() and not path.is_dir())
    for path in found:
        _refuse_unwritable_name(path.name)
    return found


def _refuse_unwritable_name(name: str) -> None:
    """Stop at a name in another encoding than the machine's: no line, table or manifest could say it."""
    if not is_writable_name(name):
        shown = name.encode("utf-8", "replace").decode("utf-8")
        raise InputRefused(f'The name of a file cannot be read for certain: "{shown}". Rename it, in plain letters.')


def _is_ours(name: str) -> bool:
    """Whether a file is no extract: what the analyst says of the files or of the council, or our own list of issues."""
    is_list = name.casefold().removeprefix(OPEN_IN_EXCEL).startswith(LIST_FILE.removesuffix(".xlsx"))
    return is_list or is_sources_file(name) or is_council_file(name)


def _files_named(files: Sequence[Path], plan: Plan) -> dict[str, tuple[Source, ...]]:
    """File -> what sources.yaml says it holds."""
    named: dict[str, tuple[Source, ...]] = {}
    for source in plan.named():
        matching = [path.name for path in files if is_like(path.name, source.file)]
        if not matching:
            raise WrongUse(f'{FILE_NAME}, {source.dataset}: no file in the folder is called "{source.file}".')
        named |= {name: (*named.get(name, ()), source) for name in matching}
    return named


def _in_file(path: Path, contracts: Mapping[str, Contract], plan: Plan, sources: Sequence[Source]) -> Finds:
    """The tables of one file."""
    if path.name.startswith(OPEN_IN_EXCEL):
        return _unread(path.name, "a workbook was open in Excel when it was read: changes not yet saved are not in it")
    if path.suffix.lower() not in WORKBOOK_ENDINGS | TEXT_ENDINGS | PARQUET_ENDINGS and not sources:
        return _unread(path.name, "only .xlsx, .xlsm, CSV and Parquet files are read")
    content = content_of(path)
    if is_workbook(content, path.name):
        return _Workbook(path, content, contracts, plan).finds(sources)
    return _in_text(path, content, contracts, plan, sources)


def _in_text(
    path: Path, content: bytes, contracts: Mapping[str, Contract], plan: Plan, sources: Sequence[Source]
) -> Finds:
    """The one table of a text or Parquet file, where its name or sources.yaml says what it holds."""
    name = read_name(path.stem, contracts)
    if sources:
        return _by_plan(path, content, contracts, sources, name.mark)
    datasets = name.datasets
    if len(datasets) > 1:
        raise _could_be_two(path.name, datasets)
    if not datasets or _is_planned(datasets[0], plan):
        return _unread(path.name, "its name is no dataset's")
    source = plan.unnamed(datasets[0])
    headings = frozenset(known_headings(contracts[datasets[0]], source.columns))
    tables = _reader(path)(path, content, source=source, headings=headings)
    if not _is_told(tables[0], path.stem, contracts[datasets[0]], source):
        return _unread(path.name, f"it is named like {datasets[0]} but has too few of its headings")
    return Finds([Found(datasets[0], table, source, name.mark) for table in tables])


def _by_plan(
    path: Path, content: bytes, contracts: Mapping[str, Contract], sources: Sequence[Source], mark: str
) -> Finds:
    """The one table of a text file, given to every dataset that sources.yaml reads from it."""
    named = {tidy_heading(heading) for source in sources for heading in headings_named(source)}
    known = {heading for source in sources for heading in known_headings(contracts[source.dataset], source.columns)}
    tables = _reader(path)(path, content, source=sources[0], headings=frozenset(named | known))
    shared = with_sharing(sources)
    return Finds([Found(source.dataset, table, source, mark) for table in tables for source in shared])


def _reader(path: Path) -> Reader:
    """How a file that is no workbook is read."""
    return read_parquet if path.suffix.lower() in PARQUET_ENDINGS else read_delimited


class _Workbook:
    """The sheets of one workbook, given to datasets one after another."""

    def __init__(self, path: Path, content: bytes, contracts: Mapping[str, Contract], plan: Plan) -> None:
        self.file, self.contracts, self.plan = path.name, contracts, plan
        self.name = read_name(path.stem, contracts)
        self.sheets = list(read_workbook(path, content, source=Source(""), headings=frozenset()))
        self.result = Finds()

    def finds(self, sources: Sequence[Source]) -> Finds:
        """The tables of the workbook: by sources.yaml, then by the sheets' names, then by the file's."""
        self._take_by_plan(sources)
        for sheet in list(self.sheets):
            self._take_by_name(sheet)
        self._take_by_file_name(has_sources=bool(sources))
        for sheet in self.sheets:
            self._leave_out(sheet)
        if not self.result.tables:
            is_template = any(sheet.is_template for sheet in self.sheets)
            why = "no record was entered" if is_template else "neither its name nor a sheet's name is a dataset's"
            self.result.add(_unread(self.file, why))
        return self.result

    def _take_by_plan(self, sources: Sequence[Source]) -> None:
        """Give the sheets that sources.yaml names to their datasets; one sheet may serve several."""
        wanted = [(sheet, source) for source in sources for sheet in self._sheets_for(source)]
        for sheet in list(self.sheets):
            own = [source for other, source in wanted if other is sheet]
            for source in with_sharing(own) if own else ():
                self._add(sheet, source.dataset, source)
            if own:
                self.sheets.remove(sheet)

    def _take(self, sheet: RawTable, dataset: str, source: Source) -> None:
        """Give a sheet to one dataset alone."""
        self.sheets.remove(sheet)
        self._add(sheet, dataset, source)

    def _add(self, sheet: RawTable, dataset: str, source: Source) -> None:
        """Note that a dataset is in a sheet."""
        sheet_name = read_name(sheet.sheet, self.contracts)
        sheet_mark = sheet_name.mark if sheet_name.datasets or is_only_a_mark(sheet.sheet) else ""
        self.result.tables.append(Found(dataset, sheet, source, f"{self.name.mark} {sheet_mark}".strip()))

    def _sheets_for(self, source: Source) -> list[RawTable]:
        """The sheets that sources.yaml names (one, or with * and ? several), or the only one that can be meant."""
        wanted = one_line(source.sheet)
        named = (
            [sheet for sheet in self.sheets if is_like(one_line(sheet.sheet), wanted)]
            if wanted
            else self._only(source.dataset, source)
        )
        if not named or (len(named) > 1 and not has_wildcard(wanted)):
            shown = f'no sheet called "{source.sheet}"' if source.sheet else "not exactly one sheet for it"
            raise WrongUse(f"{FILE_NAME}, {source.dataset}: {self.file} has {shown}. Name the right sheet (sheet).")
        return [sheet for sheet in named if len(named) == 1 or _holds_anything(sheet)]

    def _only(self, dataset: str, source: Source) -> list[RawTable]:
        """The visible sheets that can be meant by a dataset: by name, else by headings, else all that hold anything."""
        visible = self._visible()
        named = [sheet for sheet in visible if dataset in read_name(sheet.sheet, self.contracts).datasets]
        alike = [sheet for sheet in visible if looks_like(sheet, self.contracts[dataset], named=source.columns)]
        return named or alike or visible

    def _take_by_name(self, sheet: RawTable) -> None:
        """Give a sheet to the dataset that its name means."""
        meant = read_name(sheet.sheet, self.contracts).datasets
        datasets = [name for name in meant if not _is_planned(name, self.plan)]
        if not datasets or _is_not_filled_in(sheet):
            return
        if sheet.is_hidden:
            self._warn(sheet, datasets[0], "sheet-hidden", f"is hidden and was not read. Unhide it, or {SAY_WHICH}.")
            return
        if len(datasets) > 1:
            raise _could_be_two(f'{self.file}, sheet "{sheet.sheet}"', datasets)
        source = self.plan.unnamed(datasets[0])
        if not _is_told(sheet, sheet.sheet, self.contracts[datasets[0]], source):
            told = f"is named like {datasets[0]} but has too few of its headings, and was not read."
            self._warn(sheet, datasets[0], "sheet-not-read", f"{told} If it holds {datasets[0]}, {SAY_WHICH}.")
            return
        self._take(sheet, datasets[0], source)

    def _take_by_file_name(self, *, has_sources: bool) -> None:
        """Give the sheets left to the dataset that the file's name means, where none is named after it."""
        datasets = [name for name in self.name.datasets if not _is_planned(name, self.plan)]
        taken = {found.dataset for found in self.result.tables}
        if not datasets or has_sources or taken.intersection(datasets):
            return
        if len(datasets) > 1:
            raise _could_be_two(self.file, datasets)
        dataset, source = datasets[0], self.plan.unnamed(datasets[0])
        visible = self._visible()
        alike = [sheet for sheet in visible if looks_like(sheet, self.contracts[dataset], named=source.columns)]
        if taken and not alike:
            return  # the sheets' names say what they hold, and the file's is only a title
        if not alike and len(visible) != 1:
            raise InputRefused(
                f"{self.file}: by its name it holds {dataset}, but it is not certain which sheet holds it. "
                f'Name the sheet "{dataset}", or {SAY_WHICH}.'
            )
        for sheet in alike or visible:
            self._take(sheet, dataset, source)

    def _visible(self) -> list[RawTable]:
        """The sheets left that can be seen and hold anything."""
        return [sheet for sheet in self.sheets if not sheet.is_hidden and _holds_anything(sheet)]

    def _leave_out(self, sheet: RawTable) -> None:
        """Note a sheet that is nobody's; say so where its headings are a dataset's."""
        self.result.left_out.append(Extract("", self.file, sheet.sheet, sheet.sha256))
        if _is_not_filled_in(sheet):
            return
        is_known = any(issue.sheet == sheet.sheet for issue in self.result.issues)
        likely = most_like(sheet, self.contracts)
        if likely and not is_known and not _is_planned(likely, self.plan):
            remedy = f'If it is wanted, name it "{likely}" or {SAY_WHICH}.'
            self._warn(sheet, likely, "sheet-not-read", f"has headings of {likely} but was not read. {remedy}")

    def _warn(self, sheet: RawTable, dataset: str, rule: str, message: str) -> None:
        """Tell the analyst of a sheet."""
        message = f'Sheet "{sheet.sheet}" {message}'
        self.result.issues.append(Issue(dataset, rule, "warning", message, file=self.file, sheet=sheet.sheet))


def _refuse_doubles(tables: Sequence[Found]) -> None:
    """Refuse a dataset that is there twice, unless every name carries its own month, date or number."""
    places = [found.place for found in tables]
    ways = [(found.place, repr(found.source)) for found in tables]
    if len(set(ways)) < len(ways) or any(not _is_parted(tables, place) for place in set(places)):
        raise WrongUse(f"{FILE_NAME}: {max(places, key=places.count)} is named twice. Keep one.")
    found_by_name = [found for found in tables if not found.source.is_named]
    marks = {found.mark for found in found_by_name if found.mark}
    contents = {(found.table.sha256, found.table.sheet) for found in tables}
    if len(contents) < len(set(places)) or (len(found_by_name) > 1 and len(marks) < len(found_by_name)):
        raise InputRefused(
            f"{tables[0].dataset} is there {len(tables)} times: {'; '.join(places)}. Remove the copies. If all are "
            f"needed, give each name its own month or number, or list the files in {FILE_NAME}."
        )


def _is_parted(tables: Sequence[Found], place: str) -> bool:
    """Whether a place read several times for one dataset gives other rows each time: strengths, then developments."""
    here = [found.source.shape for found in tables if found.place == place]
    return len(here) == 1 or all(shape.is_wide for shape in here)


def _could_be_two(place: str, datasets: Sequence[str]) -> InputRefused:
    return InputRefused(f"{place} could be {' or '.join(datasets)}. Rename it, or {SAY_WHICH}.")


def _unread(file: str, why: str) -> Finds:
    """A file of which nothing was read."""
    message = f"Nothing was read from {file}: {why}. If it holds a dataset, name it after that, or {SAY_WHICH}."
    return Finds(issues=[Issue("", "file-not-read", "warning", message, file=file)])


def content_of(path: Path) -> bytes:
    """The bytes of a file of a sane size."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRefused(f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB. Export fewer columns.")
        return path.read_bytes()
    except OSError as error:
        raise InputRefused(f"{path.name} cannot be opened. Close it elsewhere, or ask for access.") from error


def _is_planned(dataset: str, plan: Plan) -> bool:
    """Whether sources.yaml says where a dataset lies, so that none is found by its name."""
    return plan.is_placed(dataset)


def _is_told(table: RawTable, name: str, contract: Contract, source: Source) -> bool:
    """Whether a name is enough: the dataset's own is; one met in practice needs half of the headings besides."""
    own = read_name(name, {contract.dataset: replace(contract, aliases=())}).datasets
    return bool(own) or looks_like(table, contract, named=source.columns)


def _is_not_filled_in(sheet: RawTable) -> bool:
    """Whether a sheet of the template holds its headings alone: it was not supplied, which is not nought."""
    return sheet.is_template and sum(any(not is_blank(cell) for cell in row) for row in sheet.rows) <= 1


def _holds_anything(sheet: RawTable) -> bool:
    """Whether any cell is filled."""
    return any(not is_blank(cell) for row in sheet.rows for cell in row)
