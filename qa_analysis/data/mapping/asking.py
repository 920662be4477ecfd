"""The dialogue of `qa-analysis map --ask`: every line that is not sure, asked in turn, in plain words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from qa_analysis.data.mapping.draft import Block, Line
from qa_analysis.data.mapping.mapping import Mapped
from qa_analysis.data.mapping.words import UNKNOWN

Ask = Callable[[str, str], str]  # question and suggestion in, what was typed out
LEAVE: Final = "-"  # typed where a line is to be left out
YES: Final = {"y", "yes"}


def asked(mapped: Mapped, ask: Ask) -> Mapped:
    """The draft with every line that is not sure answered: kept, corrected or left as a comment."""
    draft = mapped.draft
    grades = tuple(_settled(line, ask) for line in draft.grades)
    blocks = tuple(_asked_of(block, ask) if block.is_wanted else block for block in draft.blocks)
    return replace(mapped, draft=replace(draft, blocks=blocks, grades=grades), is_confirmed=True)


def _asked_of(block: Block, ask: Ask) -> Block:
    """One block with its lines answered."""
    codes = {column: tuple(_settled(line, ask) for line in lines) for column, lines in block.codes.items()}
    return replace(
        block,
        rows=_settled_all(block.rows, ask),
        columns=_settled_all(block.columns, ask),
        constants=_settled_all(block.constants, ask),
        make=_settled_all(block.make, ask),
        split_at=_settled_all(block.split_at, ask),
        upheld=_settled_all(block.upheld, ask),
        codes=codes,
        not_supplied=_settled_all(block.not_supplied, ask),
    )


def _settled_all(lines: tuple[Line, ...], ask: Ask) -> tuple[Line, ...]:
    return tuple(_settled(line, ask) for line in lines)


def _settled(line: Line, ask: Ask) -> Line:
    """A line as answered. A list of choices is answered with one of them; yes or no for anything else."""
    if not line.question:
        return line
    if isinstance(line.value, str) and len(line.choices) > 1:
        return _chosen(line, ask)
    if isinstance(line.value, str) and line.value and not line.choices:
        typed = ask(
            f"{line.question} Enter for yes, another heading, or {LEAVE} to leave it out", _offered(line)
        ).strip()
        return line if typed == LEAVE else replace(line, value=typed, is_sure=True)
    is_so = ask(f"{line.question} (y/n)", "n").strip().casefold() in YES
    return replace(line, is_sure=is_so)


def _offered(line: Line) -> str:
    """What Enter takes: the suggestion, where there is one."""
    return LEAVE if line.value == UNKNOWN else str(line.value)


def _chosen(line: Line, ask: Ask) -> Line:
    """A line answered with one of its choices; asked again until it is one."""
    suggestion = line.value if line.value in line.choices else ""
    question = f"{line.question} One of: {', '.join(line.choices)}; {LEAVE} to leave it out"
    while True:
        typed = ask(question, str(suggestion or LEAVE)).strip()
        if typed == LEAVE:
            return line
        if typed in line.choices:
            return replace(line, value=typed, is_sure=True)
