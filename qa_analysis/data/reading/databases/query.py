"""Queries: one that can be read and cannot write, or a refusal that says which word it stopped at.

Not a parser, on purpose: a parser of ours would know one dialect, and miss what the server's own makes of the text. A
query is only cut into words, as its server cuts it, so that it certainly cannot end the parentheses it is put into;
what stands in parentheses after FROM can be nothing but a query, by the server's own grammar.
"""

import re
from collections.abc import Iterator
from typing import Final

from qa_analysis.errors import WrongUse

FORBIDDEN: Final = {
    "into", "insert", "update", "delete", "merge", "truncate", "create", "alter", "drop", "grant", "revoke", "exec",
    "execute", "call", "copy", "attach", "detach", "pragma", "lock", "openrowset", "openquery", "opendatasource",
}  # fmt: skip
FORBIDDEN_CALLS: Final = re.compile(
    r"(?:pg|lo|xp|sp|fts\d)_\w*|dblink\w*|set_config|setval|nextval|query_to_xml\w*|load_extension|writefile",
    re.IGNORECASE,
)
LONGEST: Final = 20_000  # characters

_COMMON = (
    ("space", r"[ \n\t]+"),
    ("comment", r"--[^\n]*"),
    ("block", r"/\*"),
    ("text", r"'(?:[^']|'')*'"),
    ("name", r'"(?:[^"]|"")+"'),
    ("number", r"\d[\w.]*"),
    ("word", r"[^\W\d][\w$]*"),
    ("open", r"\("),
    ("close", r"\)"),
    ("sign", r"[-+*/%<>=!~|&^,.:@]"),
)
# A bracket holds a name in SQL Server (and in SQLite, where only quotation marks are taken), elsewhere a list.
_BRACKETS = {"sql server": ("bracket", r"\[(?:[^\]]|\]\])+\]"), "postgresql": ("square", r"[\[\]]")}
_BRACKETS["duckdb"] = _BRACKETS["postgresql"]
_PART = r'[^\W\d][\w$#]*|"[^"]+"'
_VIEWS = {"sql server": rf"(?:{_PART}|\[[^\[\]]+\])"}


def single_query(text: str, kind: str, place: str) -> str:
    """The query without its comments and its last semicolon.

    Raises:
        WrongUse: it is more than one query, or not certainly one.
    """
    if len(text) > LONGEST:
        raise WrongUse(f"{place}: it is longer than {LONGEST:,} characters. Make it a view of the database.")
    tokens = list(_tokens(text.strip().removesuffix(";"), kind, place))
    spoken = [(token, word) for token, word in tokens if token not in ("space", "comment")]
    if not spoken or spoken[0][1].casefold() not in ("select", "with"):
        raise WrongUse(f"{place}: a query begins with SELECT or WITH. Nothing else is ever run.")
    for (token, word), after in zip(spoken, [*spoken[1:], ("", "")], strict=True):
        if token == "word" and _may_write(word, is_call=after[0] == "open"):
            raise WrongUse(f'{place}: "{word}" has no place in a query. Put a column of that name in quotation marks.')
    _refuse_unbalanced(tokens, place)
    if kind == "sql server":
        _refuse_what_cannot_be_nested(tokens, place)
    return "".join(" " if token == "comment" else word for token, word in tokens).strip()


def refuse_view(name: str, kind: str, place: str) -> None:
    """Make sure that a view's name is one.

    Raises:
        WrongUse: it is not.
    """
    part = _VIEWS.get(kind, rf"(?:{_PART})")
    if not name.isprintable() or not re.fullmatch(rf"{part}(?:\.{part}){{0,2}}", name):
        raise WrongUse(f"{place}: write the view's name with its schema, such as qa.audits.")


def _tokens(text: str, kind: str, place: str) -> Iterator[tuple[str, str]]:
    """Kind of token and its text, one after another, as the server would cut them."""
    grammar = (*_COMMON, *([_BRACKETS[kind]] if kind in _BRACKETS else []))
    pattern = re.compile("|".join(f"(?P<{name}>{form})" for name, form in grammar))
    at, before = 0, ""
    while at < len(text):
        found = pattern.match(text, at)
        token = found.lastgroup if found else None
        if not found or not token or token == "block" or "\0" in found[0] or "\r" in found[0]:
            raise WrongUse(
                f"{place}: it is not certain how to read {_shown(text[at : at + 2])}. Make it a view instead."
            )
        if token == "text" and before not in ("", "n", "N"):
            raise WrongUse(f"{place}: put a space before a text in quotation marks; only N'…' may stand without.")
        yield token, found[0]
        at, before = found.end(), found[0] if token == "word" else ""


def _shown(start: str) -> str:
    """The mark that could not be read."""
    mark = "/*" if start == "/*" else start[:1]
    return {"'": "a quotation mark that is not closed", '"': "a quotation mark that is not closed"}.get(
        mark, f'"{mark}"' if mark.isprintable() else "a control character"
    )


def _may_write(word: str, *, is_call: bool) -> bool:
    """Whether a bare word could do anything but read."""
    return word.casefold() in FORBIDDEN or (is_call and FORBIDDEN_CALLS.fullmatch(word) is not None)


def _refuse_unbalanced(tokens: list[tuple[str, str]], place: str) -> None:
    """Refuse a query that closes more than it opened."""
    depth = 0
    for token, _ in tokens:
        depth += {"open": 1, "close": -1}.get(token, 0)
        if depth < 0:
            break
    if depth:
        raise WrongUse(f"{place}: its parentheses do not match.")


def _refuse_what_cannot_be_nested(tokens: list[tuple[str, str]], place: str) -> None:
    """Refuse what SQL Server takes at the outside of a query alone."""
    depth = 0
    for token, text in tokens:
        depth += {"open": 1, "close": -1}.get(token, 0)
        if token == "word" and depth == 0 and text.casefold() in ("with", "order", "option", "for"):
            raise WrongUse(f"{place}: SQL Server takes no {text.upper()} here. Leave it out, or make it a view.")
