"""No reader stops at a phrase: what docs/words.yaml bans is in no report, list, notebook, document or message.

Read are the golden texts of the reports, the words of notebooks, the documents, what contracts and rules say, and every
text in the package's code that is no docstring.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from qa_analysis.framework import resource

ROOT = resource("data_contracts").parent
PHRASES = yaml.safe_load((ROOT / "docs" / "words.yaml").read_text(encoding="utf-8"))
BANNED = [(re.compile(phrase["found"], re.IGNORECASE), phrase["write"]) for phrase in PHRASES]
CODE = re.compile(
    r"```.*?```|`[^`\n]*`", re.DOTALL
)  # of a document: commands, names and examples, which nobody reads aloud
NOT_READ = (
    "qa_analysis/data/synthetic/wording/strengths.py",  # what auditors write, good and bad
    "qa_analysis/data/synthetic/wording/developments.py",
    "qa_analysis/stats/wording/kin_words.py",  # words that auditors use
    "qa_analysis/stats/wording/keyness.py",
)

Line = tuple[str, int, str]  # file, line, words


def test_no_reader_stops_at_a_phrase() -> None:
    stops = [
        f'{file}:{line}: "{found[0]}": write instead: {instead}'
        for file, line, words in read()
        for banned, instead in BANNED
        for found in banned.finditer(words)
    ]
    assert stops == [], "\n".join(["", *stops])


@pytest.mark.parametrize("phrase", PHRASES, ids=[phrase["for_example"] for phrase in PHRASES])
def test_a_banned_phrase_is_found_and_a_good_use_of_its_words_is_not(phrase: dict[str, str]) -> None:
    banned = re.compile(phrase["found"], re.IGNORECASE)
    assert banned.search(phrase["for_example"])
    assert not banned.search(phrase["but_not"])
    assert not banned.search(phrase["write"])


def test_every_kind_of_text_that_readers_see_is_read() -> None:
    kinds = {Path(file).suffix for file, _, _ in read()}
    files = {file for file, _, _ in read()}
    assert kinds == {".py", ".ipynb", ".md", ".txt", ".yaml"}
    assert {"README.md", "docs/methods.md", "notebooks/moderation.ipynb", "qa_analysis/cli.py"} <= files
    assert "tests/reports/golden/actions.txt" in files


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('said = f"{done} grades drawn at {where}"', "… grades drawn at …"),
        ('said = ("Grades drawn "\n        "at random")', "Grades drawn at random"),
        ('"""Grades drawn at random."""', None),
    ],
)
def test_texts_in_code_are_read_as_a_reader_meets_them_and_docstrings_are_not(source: str, words: str | None) -> None:
    assert [text for _, text in texts_of(source)] == ([words] if words else [])


def read() -> Iterator[Line]:
    """Every line of text that a reader sees."""
    for file in sorted(files()):
        place = file.relative_to(ROOT).as_posix()
        if place.startswith(NOT_READ):
            continue
        for line, words in lines_of(file):
            yield place, line, " ".join(words.split())


def files() -> Iterator[Path]:
    yield ROOT / "README.md"
    yield from ROOT.glob("docs/*.md")
    yield from ROOT.glob("notebooks/*.ipynb")
    yield from ROOT.glob("tests/reports/golden/*.txt")
    yield from ROOT.glob("data_contracts/*.yaml")
    yield from ROOT.glob("qa_analysis/**/*.py")


def lines_of(file: Path) -> Iterator[tuple[int, str]]:
    """The texts of a file, each with the line it begins on."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from texts_of(text, docstrings=file.name == "cli.py")  # which are the help of its commands
    elif file.suffix == ".ipynb":
        for number, cell in enumerate(json.loads(text)["cells"], start=1):
            yield number, "".join(cell["source"])
    elif file.suffix == ".md":
        bare = CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
        yield from paragraphs(bare)
    else:
        yield from enumerate(text.splitlines(), start=1)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs and rows of a document: a phrase may go over the end of a line."""
    for block in re.finditer(r"(?:^[^\n|]+\n?)+|^\|.*$", text, re.MULTILINE):
        yield text.count("\n", 0, block.start()) + 1, block[0]


def texts_of(source: str, *, docstrings: bool = False) -> Iterator[tuple[int, str]]:
    """The texts in Python code, joined as Python joins them, with an ellipsis for what is put in."""
    tree = ast.parse(source)
    skipped = set() if docstrings else {id(part) for node in ast.walk(tree) for part in _docstring(node)}
    skipped |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def _docstring(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
        first = node.body[0]
        assert isinstance(first, ast.Expr)
        yield first.value
