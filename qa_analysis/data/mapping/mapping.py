"""Map: a folder of a council's own files in, a draft of sources.yaml and what was seen out."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from qa_analysis import disk
from qa_analysis.data.contracts import Contract
from qa_analysis.data.mapping.draft import Block, Draft, Line, written
from qa_analysis.data.mapping.guessing import Guess, Guesser
from qa_analysis.data.mapping.patterns import common_pattern
from qa_analysis.data.mapping.seen import SeenFolder, SeenSheet, sheets_in
from qa_analysis.data.mapping.words import grade_lines
from qa_analysis.data.reading.headings import quoted, tidy_heading
from qa_analysis.data.reading.sources_file import FILE_NAME, read_plan
from qa_analysis.data.reading.strict_yaml import is_called
from qa_analysis.english import counted
from qa_analysis.errors import WrongUse

KEPT_ABOVE: Final = "# ---- What qa-analysis map sees now; everything above is yours and stays as you wrote it. ----"

_ADVICE: Final = "Close it where it is open, free some space, or check that the folder may be written."


@dataclass(frozen=True)
class Mapped:
    """What was seen in a folder, sheet by sheet, and the draft made of it."""

    draft: Draft
    seen: tuple[str, ...]  # one line a sheet or file
    is_confirmed: bool = False  # by the dialogue


def map_folder(folder: Path, contracts: Mapping[str, Contract], grade_synonyms: Mapping[str, str]) -> Mapped:
    """What the files of a folder seem to hold.

    Raises:
        WrongUse: there is no such folder, or nothing in it has headings.
    """
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder.name}. Give the folder that holds your files.")
    seen = sheets_in(folder, contracts)
    if not seen.sheets:
        raise WrongUse(f"No file in {folder.name} holds a table with headings. {' '.join(seen.refused)}".strip())
    guesser = Guesser(contracts, grade_synonyms)
    guesses = [(sheet, guesser.guess(sheet)) for sheet in seen.sheets]
    alike = _alike([guess for _, guess in guesses if guess], seen, contracts)
    words = sum((Counter(guess.grade_words) for guess in alike), Counter[str]())
    blocks = tuple(block for guess in alike for block in guess.blocks)
    draft = Draft(blocks, grade_lines(words, grade_synonyms), tuple(_notes(alike, blocks, contracts)))
    empty = [f'{file}, sheet "{sheet}" holds no table with headings.' for file, sheet in seen.others]
    return Mapped(draft, (*(_line(sheet, guess) for sheet, guess in guesses), *empty, *seen.refused))


def save_draft(folder: Path, mapped: Mapped, contracts: Mapping[str, Contract], synonyms: Mapping[str, str]) -> Path:
    """The draft written into the folder; where the analyst has a file already, theirs stays and the draft follows it.

    Raises:
        WrongUse: the file that is there cannot be read.
        OutputUnwritable: the folder cannot be written.
    """
    path = next((path for path in folder.iterdir() if is_called(path.name, FILE_NAME)), folder / FILE_NAME)
    if not path.exists() and not path.is_symlink():
        return _saved(path, written(mapped.draft, is_confirmed=mapped.is_confirmed))
    read_plan(folder, contracts, synonyms)
    own = path.read_text(encoding="utf-8-sig").partition(KEPT_ABOVE)[0].rstrip("\n")
    proposal = [f"# {line}".rstrip() for line in written(mapped.draft, is_confirmed=True).splitlines()[2:]]
    return _saved(path, "\n".join([own, "", KEPT_ABOVE, *proposal, ""]))


def _saved(path: Path, text: str) -> Path:
    """The file, whole; where the disk refuses, what the analyst had stays as it was."""
    with disk.writing(path.parent, _ADVICE, file=path.name):
        disk.replace_whole(path, lambda staged: staged.write_text(text, encoding="utf-8", newline="\n"))
    return path


def _alike(guesses: Sequence[Guess], seen: SeenFolder, contracts: Mapping[str, Contract]) -> list[Guess]:
    """The guesses, sheets of one form (one a month) put together under a pattern of their names."""
    groups: dict[tuple[object, ...], list[Guess]] = {}
    for guess in guesses:
        headings = tuple(tidy_heading(seen.name) for seen in guess.sheet.columns)
        groups.setdefault((guess.blocks[0].dataset, headings), []).append(guess)
    return [group[0] if len(group) == 1 else _together(group, seen, contracts) for group in groups.values()]


def _together(group: Sequence[Guess], seen: SeenFolder, contracts: Mapping[str, Contract]) -> Guess:
    """Several sheets of one form as one guess: the most told of each line, the names as patterns."""
    fullest = max(group, key=lambda guess: guess.sheet.rows)
    files = [guess.sheet.table.file for guess in group]
    names = [guess.sheet.table.sheet for guess in group]
    places = {(sheet.table.file, sheet.table.sheet) for sheet in seen.sheets} | set(seen.others)
    other_files = {file for file, _ in places} - set(files)
    other_names = {name for file, name in places if file in files} - set(names)
    file = common_pattern(sorted(set(files)), other_files)
    sheet = common_pattern(sorted(set(names)), other_names) if any(names) else ""
    merged = [_merged([guess.blocks for guess in group], place) for place in range(len(fullest.blocks))]
    if len(set(names)) > 1 and _is_numbered_anew(group, contracts):
        merged = [_by_sheet(block, _ids(contracts)) for block in merged]
    named = tuple(replace(block, file=file[0], sheet=_one_or_all(sheet)) for block in merged)
    words = sum((Counter(guess.grade_words) for guess in group), Counter[str]())
    return Guess(fullest.sheet, named, words, fullest.unread)


def _ids(contracts: Mapping[str, Contract]) -> frozenset[str]:
    """The ids by which datasets tell their records apart; a person's number is the same on every sheet."""
    columns = [column for contract in contracts.values() for column in contract.columns]
    return frozenset(column.name for column in columns if column.key and column.kind == "id" and not column.person)


def _is_numbered_anew(group: Sequence[Guess], contracts: Mapping[str, Contract]) -> bool:
    """Whether a key of one sheet comes again on another."""
    keys = [_keys(guess, contracts) for guess in group]
    return sum(map(len, keys)) > len(set().union(*keys))


def _keys(guess: Guess, contracts: Mapping[str, Contract]) -> set[str]:
    """The keys of the sheet's own dataset."""
    block = guess.blocks[0]
    headings = {str(line.value) for line in block.columns if line.key == contracts[block.dataset].key[0]}
    return {word for seen in guess.sheet.columns if seen.name in headings for word in seen.words}


def _by_sheet(block: Block, ids: Collection[str]) -> Block:
    """The block with the sheet's name before every id, because numbers begin again on each sheet."""
    own = [line for line in block.columns if line.key in ids]
    made = [replace(line, value=f"{{{line.value}}}") for line in own] + list(block.make)
    prefixed = tuple(replace(line, value=f"{{sheet}}/{line.value}") for line in made)
    return replace(block, columns=tuple(line for line in block.columns if line not in own), make=prefixed)


def _one_or_all(sheet: tuple[str, ...] | str) -> str | tuple[str, ...]:
    return sheet[0] if isinstance(sheet, tuple) and len(sheet) == 1 else sheet


def _merged(blocks: Sequence[Sequence[Block]], place: int) -> Block:
    """One block of several sheets: the words that any of them has."""
    own = [of[place] for of in blocks if len(of) > place]
    base = own[0]
    codes = {
        column: tuple({line.key: line for block in own for line in block.codes.get(column, ())}.values())
        for column in dict.fromkeys(column for block in own for column in block.codes)
    }
    return replace(base, codes=codes)


def _notes(guesses: Sequence[Guess], blocks: Sequence[Block], contracts: Mapping[str, Contract]) -> list[str]:
    """What no dataset takes, and the core datasets that were not seen."""
    unread = [
        f"Headings of {guess.sheet.place} that no dataset takes: {', '.join(quoted(name) for name in guess.unread)}"
        for guess in guesses
        if guess.unread
    ]
    held = {block.dataset for block in blocks}
    absent = [name for name, contract in contracts.items() if contract.is_core and name not in held]
    return [*unread, *(f"Not seen in any sheet: {name} ({contracts[name].grain})" for name in absent)]


def _line(sheet: SeenSheet, guess: Guess | None) -> str:
    """What one sheet seems to hold, in a line for the screen: never a cell."""
    if guess is None:
        return f"{sheet.place}: {counted(sheet.rows, 'row')}, like no dataset"
    held = ", ".join(dict.fromkeys(block.dataset for block in guess.blocks))
    found = sum(line.is_sure for line in guess.blocks[0].columns)
    asks = sum(not line.is_sure for block in guess.blocks if block.is_wanted for line in _every(block))
    asks += len(guess.grade_words)
    told = f"; {counted(asks, 'line')} to confirm" if asks else ""
    return f"{sheet.place}: {counted(sheet.rows, 'row')} of {held}; {counted(found, 'heading')} sure{told}"


def _every(block: Block) -> list[Line]:
    """Every line of a block."""
    listed = [line for _, lines in block.sections for line in lines]
    return [*listed, *block.split_at, *(line for lines in block.codes.values() for line in lines), *block.not_supplied]
