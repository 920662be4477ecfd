"""Text that a Word file can hold: one space for many, and no character that would change or break the file."""

import re

from bs4.element import PreformattedString, Stylesheet

from qa_analysis.telling.blocks import FIXED_SPACES

NOT_SHOWN = (PreformattedString, Stylesheet)  # comments, doctypes, styles
_SPACE = re.compile(r"[ \t\r\n\f]+")  # the white space of HTML; fixed spaces stay as they are


def spaced(text: str) -> str:
    """The text as a browser would space it, without control characters and direction marks."""
    return "".join(letter for letter in _SPACE.sub(" ", text) if letter.isprintable() or letter in FIXED_SPACES)
