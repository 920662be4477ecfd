"""Which questions the saved answers of a folder answered, so that later answers are held together with them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from qa_analysis.questions.asked import Asked
from qa_analysis.questions.kinds import QUESTIONS

FILE: Final = "asked.jsonl"  # one question a line, in the folder of answers
_CYCLES: Final = ("now", "then")


def note(folder: Path, asked: Asked) -> None:
    """Write down that a question's answer was saved; once, however often it is."""
    if asked not in questions_in(folder):
        with (folder / FILE).open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(asdict(asked), ensure_ascii=False) + "\n")


def questions_in(folder: Path) -> tuple[Asked, ...]:
    """The questions whose answers were saved in a folder, oldest first."""
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return tuple(_read(lines))


def _read(lines: list[str]) -> Iterator[Asked]:
    for line in lines:
        try:
            written: dict[str, Any] = json.loads(line)
            cycles: dict[str, Any] = {name: tuple(written.get(name, ())) for name in _CYCLES}
            asked = Asked(**{**written, **cycles})
        except (ValueError, TypeError, AttributeError):
            continue  # a line that was cut or changed is no question
        if asked.question in QUESTIONS:
            yield asked
