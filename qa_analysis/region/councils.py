"""Which councils a region has: the folders in a folder, or the lines of a YAML file, each with a name of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from qa_analysis.data.reading.strict_yaml import Checks, written_in
from qa_analysis.dates import month_name, parse_month
from qa_analysis.errors import WrongUse
from qa_analysis.region.orders import REGION

KEY_ENDING: Final = ".key"  # harbour.key beside the folder harbour: the key lies outside the extracts
LONGEST: Final = 60  # letters of a name: it is a folder's
PARTS: Final = ("folder", "key_file", "from", "until", "joined_as")
_NAME: Final = re.compile(r"\w(?:[\w .,'&()-]*[\w)])?")
_OF_WINDOWS: Final = re.compile(
    r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE
)  # names no folder may bear there


@dataclass(frozen=True)
class Member:
    """A council of the region: its name, the folder of its extracts, and its key where it has a file of its own.

    `first` and `last` are the months in which it was a council by itself, blank where it always was; `joined_as` is
    the council that its records are in afterwards.
    """

    name: str
    data: Path
    key_file: Path | None = None
    first: str = ""
    last: str = ""
    joined_as: str = ""

    def absent_in(self, month: str) -> str:
        """Why it has no month of its own then, in a sentence; blank where it has one."""
        if self.first and month < self.first:
            return f"It is a council by itself from {month_name(self.first)} on."
        if self.last and month > self.last:
            after = f" Its records are in those of {self.joined_as} since." if self.joined_as else ""
            return f"It was a council by itself until {month_name(self.last)}.{after}"
        return ""


def members_of(given: Path, outputs: Path) -> tuple[Member, ...]:
    """The councils of a folder or of a YAML file, by name.

    Raises:
        WrongUse: there is none, a name is no folder's or is there twice, or two councils share a folder or a key.
    """
    members = sorted(_in_file(given) if given.is_file() else _in_folder(given), key=lambda member: member.name)
    if not members:
        raise WrongUse(
            f"{given} holds no council. Give a folder with one folder of extracts a council, or a YAML file."
        )
    for member in members:
        _refuse_bad_name(member.name)
    _refuse_twice([member.name.casefold() for member in members], "the name")
    _refuse_twice([str(member.data) for member in members], "the folder")
    _refuse_twice([str(member.key_file) for member in members if member.key_file], "the key file")
    _refuse_mixed(members, outputs.resolve())
    _refuse_stray_dates(members)
    return tuple(members)


def since_of(members: Iterable[Member]) -> dict[str, str]:
    """From which month on each council is what it is now, of those of which that is said."""
    return {member.name: member.first for member in members if member.first}


def _in_folder(folder: Path) -> list[Member]:
    """Each folder in it, with the key file of the same name beside it where there is one."""
    if not folder.is_dir():
        raise WrongUse(f"There is no folder or file {folder}. Give one with --councils.")
    found = [path.resolve() for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    names = [path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    keys = [(folder / f"{name}{KEY_ENDING}").resolve() for name in names]
    return [
        Member(name, path, key if key.is_file() else None) for name, path, key in zip(names, found, keys, strict=True)
    ]


def _in_file(file: Path) -> list[Member]:
    """Each line `name: folder`, or with the parts beneath the name; paths count from the file."""
    checks = Checks(file.name)
    councils = checks.mapping(written_in(file.parent, file.name), "")
    return [_member(name, written, checks, file.resolve().parent) for name, written in councils.items()]


def _member(name: str, written: Any, checks: Checks, beside: Path) -> Member:
    parts = checks.mapping(written, name, PARTS) if isinstance(written, dict) else {"folder": written}
    folder, key, first, last, joined = (checks.text(parts.get(part, ""), f"{name}, {part}") for part in PARTS)
    if not folder or not (data := (beside / folder).resolve()).is_dir():
        raise WrongUse(f'{checks.at(name)}: there is no folder "{folder}". Write the folder of its extracts.')
    for month in filter(None, (first, last)):
        parse_month(month)
    return Member(name, data, (beside / key).resolve() if key else None, first, last, joined)


def _refuse_bad_name(name: str) -> None:
    if len(name) > LONGEST or not _NAME.fullmatch(name) or _OF_WINDOWS.fullmatch(name):
        shown = "".join(letter for letter in name[:LONGEST] if letter.isprintable())
        raise WrongUse(f'"{shown}" is no name of a council: letters, digits, spaces and .,\'&()- up to {LONGEST}.')
    if name.casefold() == REGION:
        raise WrongUse(f'A council may not be called "{REGION}": the region\'s own pages lie in a folder of that name.')


def _refuse_twice(held: Sequence[str], what: str) -> None:
    if twice := [name for name, times in Counter(held).items() if times > 1]:
        raise WrongUse(f"{what.capitalize()} {twice[0]} is there twice. Each council needs its own.")


def _refuse_stray_dates(members: Sequence[Member]) -> None:
    """A council that ends before it begins, or that joins one that is not there or before it has ended."""
    names = {member.name for member in members}
    for member in members:
        if member.first and member.last and member.first > member.last:
            raise WrongUse(f"{member.name} is there from {member.first} until {member.last}. Turn the two round.")
        if member.joined_as and not member.last:
            raise WrongUse(f"{member.name} joined {member.joined_as}. Write until which month it was by itself: until.")
        if member.joined_as and (member.joined_as == member.name or member.joined_as not in names):
            raise WrongUse(f'{member.name}: "{member.joined_as}", which it joined, is no other council of the list.')


def _refuse_mixed(members: Iterable[Member], outputs: Path) -> None:
    """What is published would be read as extracts, or the other way round."""
    for member in members:
        if outputs.is_relative_to(member.data) or member.data.is_relative_to(outputs):
            raise WrongUse(f"The extracts of {member.name} and the outputs lie in one another. Give another --outputs.")
