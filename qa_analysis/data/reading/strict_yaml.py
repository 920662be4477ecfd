"""YAML as the analyst writes it beside the extracts, every word of it checked: what means nothing is refused."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import yaml

from qa_analysis.errors import WrongUse

MAX_BYTES: Final = 100_000


def is_called(name: str, file: str) -> bool:
    """Whether a file's name is that of such a file, in any case and with either ending."""
    return name.casefold() in (file, f"{file.removesuffix('.yaml')}.yml")


def written_in(folder: Path, file: str) -> Any:
    """The content of the file of that name as texts, lists and mappings; None where there is none.

    Raises:
        WrongUse: there are two, it is no YAML, or it is too large.
    """
    found = sorted(path for path in folder.iterdir() if is_called(path.name, file))
    if len(found) > 1:
        raise WrongUse(f"{found[0].name} and {found[1].name} are both in the folder. Keep one, {file}.")
    return _loaded(found[0], file) if found else None


def _loaded(path: Path, file: str) -> Any:
    """The content of the file."""
    if not path.is_file():
        raise WrongUse(f"{file} is no file but a folder, a device, a pipe or a link to nowhere. Write it anew.")
    content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    if content is None:
        raise WrongUse(f"{file} is larger than {MAX_BYTES:,} bytes; it should hold a few short lines only.")
    try:
        return yaml.load(content.decode("utf-8-sig"), Loader=_loader(file))
    except UnicodeDecodeError as error:
        raise WrongUse(f"{file} is not UTF-8. Save it as UTF-8.") from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise WrongUse(f"{file}{where}: this is not YAML. Check indents, colons and quotation marks.") from error


def _loader(file: str) -> type[yaml.BaseLoader]:
    """A loader whose refusals name the file."""
    return type("_NamedLoader", (_StrictLoader,), {"file": file})


class _StrictLoader(yaml.BaseLoader):
    """YAML in which every value is text, a key occurs once, and nothing refers to anything else."""

    file = ""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A node; never an alias, which can make a small file enormous."""
        if self.check_event(yaml.AliasEvent):
            raise WrongUse(f"{self.file}: a value that begins with * or & needs quotation marks.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """A mapping in which no key occurs twice."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if not isinstance(key, str) or keys.count(key) > 1:
                raise WrongUse(f'{self.file}, line {node.start_mark.line + 1}: "{key}" is there twice, or is no word.')
        return super().construct_mapping(node, deep=deep)


class Checks:
    """Checks of what was written in one file; each refusal says where, quotes the word and says what to do."""

    def __init__(self, file: str) -> None:
        self.file = file

    def mapping(self, written: Any, place: str, allowed: Collection[str] | None = None) -> dict[str, Any]:
        """A mapping with no key that means nothing."""
        if written in ("", None):
            return {}
        if not isinstance(written, dict):
            raise WrongUse(f"{self.at(place)}: here names and values are needed, one a line, such as name: value.")
        for key in written:
            if allowed is not None:
                self.known(key, allowed, place)
        return written

    def one_of(self, written: Any, allowed: Collection[str], place: str) -> str:
        """A word of a list, or nothing."""
        text = self.text(written, place)
        return self.known(text, allowed, place) if text else ""

    def known(self, text: str, allowed: Collection[str], place: str) -> str:
        """A word of a list."""
        if text in allowed:
            return text
        near = get_close_matches(text, allowed, n=1)
        choices = ", ".join(f'"{word}"' for word in allowed) or "nothing"
        hint = f'Did you mean "{near[0]}"?' if near else f"Here may stand: {choices}."
        raise WrongUse(f'{self.at(place)}: "{text}" is not known. {hint}')

    def texts(self, written: Any, place: str) -> tuple[str, ...]:
        """A list of texts; one text is a list of one."""
        items = written if isinstance(written, list) else [written] if written else []
        return tuple(self.text(item, place) for item in items)

    def text(self, written: Any, place: str) -> str:
        """A text on one line."""
        if not isinstance(written, str):
            raise WrongUse(f"{self.at(place)}: one word or name is needed here.")
        return written.strip()

    def at(self, place: str) -> str:
        """Where in the file."""
        return f"{self.file}, {place}" if place else self.file
