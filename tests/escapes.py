"""Texts that would be two statements, were a query's quotation marks cut otherwise than its server cuts them."""

from collections.abc import Iterator
from itertools import product

# What may hide a quotation mark from one reader and not from another: comments, brackets, dollars, backslashes.
HIDING = (
    ("/*", "*/"), ("/*/*", "*/"), ("--", "\n"), ("--", "\r"), ("--", "\x0b"), ("--", "\x85"), ("[", "]"), ("`", "`"),
    ("$$", "$$"), ("$a$", "$a$"), ("E'\\", "'"), ("e'\\", "'"), ("'\\", "'"), ("U&'\\", "'"), ('"', '"'), ("", ""),
    ("#", "\n"), ("{", "}"), ("q'[", "]'"),
)  # fmt: skip
ENDS = ("", ") AS a")
STARTS = ("SELECT 1", "SELECT * FROM (SELECT 1")


def escapes(table: str) -> Iterator[str]:
    """Every way of hiding a quotation mark, twice, with a statement between that would empty a table."""
    for (open_one, close_one), (open_two, close_two), end, start in product(HIDING, HIDING, ENDS, STARTS):
        between = f"{end}; DELETE FROM {table}; {start}"
        for quote in ("", "'"):  # hidden from us, or from the server
            yield f"SELECT 1 AS x {open_one}'{close_one} {quote}{between}{quote} {open_two}'{close_two}"
