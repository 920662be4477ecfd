"""What sources.yaml says of wide sheets, checked word by word, and ids guarded that hold a person's number or name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.ages import AGE_BAND
from qa_analysis.data.reading.headings import tidy_heading
from qa_analysis.data.reading.raw import Shape, Source, Upheld
from qa_analysis.data.reading.strict_yaml import Checks
from qa_analysis.data.reading.wide.shaping import NUMBER, parts_of
from qa_analysis.errors import WrongUse

SHAPE_KEYS: Final = ("rows", "constants", "make", "repeat", "split", "split_at", "upheld")
BLANK_WORD: Final = "blank"  # how sources.yaml writes an empty cell
MOST_GROUPS: Final = 50


class ShapeChecks:
    """The keys of one dataset that shape a wide sheet."""

    def __init__(self, checks: Checks, contract: Contract, place: str) -> None:
        self.checks, self.contract, self.place = checks, contract, place
        self.names = tuple(column.name for column in contract.columns)

    def shape(self, content: Mapping[str, Any]) -> Shape:
        """The whole shape."""
        made = Shape(
            rows={heading: self._words(words, heading) for heading, words in self._given("rows", content).items()},
            constants=self._columns("constants", content),
            make={name: self._pattern(text, name) for name, text in self._columns("make", content).items()},
            repeat=self._repeat(content.get("repeat", [])),
            split=self.checks.one_of(content.get("split", ""), self.names, f"{self.place}, split"),
            split_at=self._split_at(content.get("split_at", "")),
            upheld=self._upheld(content),
        )
        self._agree(made, content)
        return made

    def _given(self, key: str, content: Mapping[str, Any]) -> dict[str, Any]:
        return self.checks.mapping(content.get(key, {}), f"{self.place}, {key}")

    def _columns(self, key: str, content: Mapping[str, Any]) -> dict[str, str]:
        """Column of the dictionary -> text."""
        place = f"{self.place}, {key}"
        written = self.checks.mapping(content.get(key, {}), place, self.names)
        return {name: self.checks.text(text, f"{place}, {name}") for name, text in written.items()}

    def _words(self, written: Any, heading: str) -> tuple[str, ...]:
        """The words of a cell, an empty cell as blank."""
        place = f"{self.place}, {heading}"
        words = tuple("" if word == BLANK_WORD else word for word in self.checks.texts(written, place))
        if not words:
            raise WrongUse(f"{self.checks.at(place)}: write the words that count, such as [Y]; {BLANK_WORD} for none.")
        return words

    def _pattern(self, text: str, name: str) -> str:
        """A pattern such as "{No.}-{n}": at least one part in braces."""
        if not parts_of(text):
            at = self.checks.at(f"{self.place}, make, {name}")
            raise WrongUse(f'{at}: put the headings it is made of in braces, such as "{{No.}}-{{n}}".')
        return text

    def _repeat(self, written: Any) -> tuple[str, ...]:
        """What {n} stands for: a list of words, or how many groups there are."""
        if isinstance(written, str) and written.isdecimal() and 1 <= int(written[:9]) <= MOST_GROUPS:
            return tuple(str(number) for number in range(1, int(written) + 1))
        words = self.checks.texts(written, f"{self.place}, repeat")
        if len(set(words)) < len(words) or "" in words:
            raise WrongUse(f"{self.checks.at(self.place)}, repeat: each group needs a word or number of its own.")
        return words

    def _split_at(self, written: Any) -> str:
        """What parts the items of a cell, its spaces included."""
        return written if isinstance(written, str) else self.checks.text(written, f"{self.place}, split_at")

    def _upheld(self, content: Mapping[str, Any]) -> dict[str, Upheld]:
        """Column of the dictionary -> which words mean "as in another column"."""
        place = f"{self.place}, upheld"
        found = {}
        for name, written in self.checks.mapping(content.get("upheld", {}), place, self.names).items():
            told = self.checks.mapping(written, f"{place}, {name}", ("words", "as"))
            heading = self.checks.text(told.get("as", ""), f"{place}, {name}, as")
            if not heading:
                raise WrongUse(f"{self.checks.at(place)}, {name}: say as in which heading (as).")
            found[name] = Upheld(self._words(told.get("words", []), f"upheld, {name}, words"), heading)
        return found

    def _agree(self, shape: Shape, content: Mapping[str, Any]) -> None:
        """The keys agree with each other.

        Raises:
            WrongUse: two of them say different things of one column, or one needs another.
        """
        columns = self.checks.mapping(content.get("columns", {}), f"{self.place}, columns", self.names)
        numbered = [name for name, heading in columns.items() if NUMBER in str(heading)]
        every = [*columns, *shape.constants, *shape.make]
        twice = sorted({name for name in every if every.count(name) > 1})
        several = shape.repeat or shape.split
        keyless = several and any(NUMBER not in shape.make.get(name, "") for name in self.contract.key)
        problems = {
            f"{', '.join(twice)} is given in two ways. Keep one": twice,
            f"{NUMBER} in a heading needs repeat, such as repeat: 3": numbered and not shape.repeat,
            f"repeat needs headings with {NUMBER}, such as Action {NUMBER}": shape.repeat and not numbered,
            "split and repeat cannot stand together. Keep one": shape.repeat and shape.split,
            "split needs the heading of its column (columns)": shape.split and shape.split not in columns,
            "split_at says what parts the items of a cell: it needs split": shape.split_at and not shape.split,
            "upheld needs the heading of its column (columns)": set(shape.upheld) - set(columns),
            f"one row gives several, so {self.contract.key[0]} needs a pattern with {NUMBER} (make)": keyless,
        }
        for problem, is_so in problems.items():
            if is_so:
                raise WrongUse(f"{self.checks.at(self.place)}: {problem}.")


def guarded(
    sources: Mapping[str, tuple[Source, ...]], contracts: Mapping[str, Contract]
) -> dict[str, tuple[Source, ...]]:
    """The sources with every id marked that holds a person's number or name: it is replaced like these when read.

    An id is marked in all datasets, so that links hold.

    Raises:
        WrongUse: a column that readers see is taken from a heading that names a person.
    """
    named = [(contracts[dataset], source) for dataset, own in sources.items() for source in own]
    said = {heading for contract, source in named for heading in _given_to_persons(contract, source)}
    known = {tidy_heading(alias) for contract in contracts.values() for alias in _aliases_of_persons(contract)}
    for contract, source in named:
        _refuse_shown(contract, source, said)
    personal = frozenset(name for contract, source in named for name in _personal(contract, source, said | known))
    return {
        dataset: tuple(replace(one, shape=replace(one.shape, personal=personal)) for one in own)
        for dataset, own in sources.items()
    }


def _given_to_persons(contract: Contract, source: Source) -> Iterator[str]:
    """The headings that sources.yaml gives to a person."""
    for column in contract.columns:
        if column.person and column.name in source.columns:
            yield tidy_heading(source.columns[column.name])


def _aliases_of_persons(contract: Contract) -> Iterator[str]:
    """The headings met in practice that name a person."""
    for column in contract.columns:
        if column.person:
            yield from (column.name, *column.aliases)


def _refuse_shown(contract: Contract, source: Source, persons: set[str]) -> None:
    """Refuse a column that readers see and that is taken from a heading given to a person."""
    for column in contract.columns:
        heading = source.columns.get(column.name, "")
        is_shown = not (column.person or column.free_text or column.kind in ("id", "date", "month", "boolean"))
        if is_shown and column.name != AGE_BAND and tidy_heading(heading) in persons:
            raise WrongUse(
                f'sources.yaml, datasets, {contract.dataset}, columns, {column.name}: "{heading}" names a person, and '
                f"{column.name} is shown in reports. Name another heading."
            )


def _personal(contract: Contract, source: Source, persons: set[str]) -> Iterator[str]:
    """The ids of a source that hold a person's number or name."""
    for column in contract.columns:
        parts = [*parts_of(source.shape.make.get(column.name, "")), source.columns.get(column.name, "")]
        if column.kind == "id" and not column.person and any(tidy_heading(part) in persons for part in parts if part):
            yield column.name
