"""The draft of sources.yaml: what is sure as lines, what is only likely as comments that the analyst confirms."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

DRAFT_LINE: Final = "draft: yes"
_PLAIN = re.compile(r"[A-Za-z][\w .&'/()+?-]*[\w.)?]|[A-Za-z]|\d+")
_TAKEN: Final = {"yes", "no", "true", "false", "null", "on", "off", "y", "n"}
_COLUMN: Final = 58  # where the reason of a line begins, if the line is short enough


@dataclass(frozen=True)
class Line:
    """One line of a section: a key and what it is, whether that is sure, and why it is thought so."""

    key: str
    value: str | tuple[str, ...] | Mapping[str, object]
    is_sure: bool = True
    why: str = ""
    question: str = ""  # how it is asked in a dialogue; "" where there is nothing to ask
    choices: tuple[str, ...] = ()  # what else may stand there


@dataclass(frozen=True)
class Block:
    """What one dataset takes from one sheet."""

    dataset: str
    file: str
    sheet: str | tuple[str, ...] = ""
    rows: tuple[Line, ...] = ()
    columns: tuple[Line, ...] = ()
    codes: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    constants: tuple[Line, ...] = ()
    make: tuple[Line, ...] = ()
    repeat: tuple[str, ...] = ()
    split: str = ""
    split_at: tuple[Line, ...] = ()
    upheld: tuple[Line, ...] = ()
    not_supplied: tuple[Line, ...] = ()
    is_wanted: bool = True  # written as lines; otherwise as a proposal in comments
    notes: tuple[str, ...] = ()

    @property
    def sections(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """The sections of plain lines that hold anything, in their order."""
        names = ("rows", "columns", "constants", "make", "upheld")
        yield from ((name, getattr(self, name)) for name in names if getattr(self, name))


@dataclass(frozen=True)
class Draft:
    """The whole file."""

    blocks: tuple[Block, ...]
    grades: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()  # what is missing, and what nobody reads


def written(draft: Draft, *, is_confirmed: bool = False) -> str:
    """The draft as YAML, with its instructions above."""
    return "\n".join([*_top(is_confirmed), *_grades(draft), "datasets:", *_datasets(draft), *_notes(draft.notes), ""])


def _top(is_confirmed: bool) -> list[str]:
    """What the analyst reads first."""
    if is_confirmed:
        return ["# What the files in this folder hold. docs/sources.md tells what each line means.", ""]
    return [
        "# A draft made by qa-analysis map. Nothing in it counts until you have read it.",
        "#   A line that begins with # is only likely: take the # away if it is right, correct it, or leave it.",
        "#   Every other line is sure by words and content; correct it if it is not.",
        "#   When all is right, delete the next line. qa-analysis check reads the draft as it stands; run does not.",
        DRAFT_LINE,
        "",
    ]


def _grades(draft: Draft) -> list[str]:
    return ["grades:", *(_line(line, 2) for line in draft.grades), ""] if draft.grades else []


def _datasets(draft: Draft) -> Iterator[str]:
    """Every dataset: one mapping, or a list where several are read for it."""
    names = dict.fromkeys(block.dataset for block in draft.blocks)
    for name in names:
        blocks = [block for block in draft.blocks if block.dataset == name]
        mark = "" if any(block.is_wanted for block in blocks) else "# "
        yield f"  {mark}{name}:"
        for block in blocks:
            yield from (_commented(line, block) for line in _block(block, is_listed=len(blocks) > 1))


def _commented(line: str, block: Block) -> str:
    return line if block.is_wanted or line.lstrip().startswith("#") else f"  # {line[2:]}"


def _block(block: Block, *, is_listed: bool) -> Iterator[str]:
    """The lines of one block."""
    indent = 6 if is_listed else 4
    pad = " " * indent
    first = f"{' ' * (indent - 2)}- " if is_listed else pad
    yield from (f"{' ' * 4}# {note}" for note in block.notes)
    yield f"{first}file: {_value(block.file)}"
    if block.sheet:
        yield f"{pad}sheet: {_value(block.sheet)}"
    if block.repeat:
        yield f"{pad}repeat: {_value(block.repeat)}"
    if block.split:
        yield f"{pad}split: {block.split}"
        yield from (_line(line, indent) for line in block.split_at)
    for name, lines in block.sections:
        yield f"{pad}{name}:"
        yield from (_line(line, indent + 2) for line in lines)
    if block.codes:
        yield f"{pad}codes:"
        for column, lines in block.codes.items():
            yield f"{pad}  {column}:"
            yield from (_line(line, indent + 4) for line in lines)
    if block.not_supplied:
        yield f"{pad}not_supplied:"
        yield from (_item(line, indent + 2) for line in block.not_supplied)


def _line(line: Line, indent: int) -> str:
    return _with_why(f"{_value(line.key)}: {_value(line.value)}", line, indent)


def _item(line: Line, indent: int) -> str:
    return _with_why(f"- {_value(line.key)}", line, indent)


def _with_why(text: str, line: Line, indent: int) -> str:
    """A line, behind a # where it is not sure, with its reason at the end."""
    shown = f"{' ' * indent}{'' if line.is_sure else '# '}{text}"
    return f"{shown.ljust(_COLUMN)}  # {line.why}" if line.why else shown


def _notes(notes: Sequence[str]) -> list[str]:
    return ["", *(f"# {note}" for note in notes)] if notes else []


def _value(value: object) -> str:
    """A text, list or mapping as YAML writes it on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_value(key)}: {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    text = str(value)
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _TAKEN and ": " not in text
    return text if is_plain else json.dumps(text, ensure_ascii=False)
