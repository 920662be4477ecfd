"""Text in cells: spaces, padding and invisible characters put right; what cannot be text told apart."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be read for certain, by the rule it breaks."""

    rule: str


PLACEHOLDER = Fault("placeholder-read-as-blank")  # -1 or 1900-01-01: a database's way of saying nothing
ERROR_CELL = Fault("error-cell")
NO_RESULT = Fault("formula-without-value")
TEXT_FAULT = Fault("text-not-readable")

BLANK = {"", "-", "--", "\N{EN DASH}", "\N{EM DASH}"}
NOTHING = {
    "null",
    "[null]",
    "<null>",
    "(null)",
    "{null}",
    "'null'",
    '"null"',
    "\\n",
    "<na>",
    "<nat>",
}  # of databases, in any case
NOTHING_AS_WRITTEN = {"nan", "NaN", "NaT"}  # of programs; "Nan" is somebody's grandmother
NO_VALUE = BLANK | NOTHING | {"null", "nan", "nat", "n/a"}  # where the cell cannot be free text
LONGEST_NOTHING = 20  # characters, with its padding
EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
EXCEL_DIGITS = 15  # Excel keeps no more: a longer number has already been rounded

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROL = "".join({chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF)} - {"\t", "\n", "\r"})
_TIDIED = str.maketrans({**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_INVISIBLE + _DIRECTION + _CONTROL, "")})
_ODD = re.compile(f"[{re.escape(_SPACES + _INVISIBLE + _DIRECTION + _CONTROL)}]")
_STRUCTURAL = re.compile(f"[{re.escape(_DIRECTION + _CONTROL)}]")
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00e2\u00f0\ufffd]")
_QUOTED = re.compile(r'="([^"]*)"')


def tidy(text: str) -> str:
    """The text without padding or invisible characters, every kind of space a plain one; line feeds stay."""
    if text.isascii():
        if text.isprintable():  # most cells: nothing in them is odd
            return text.strip()
    else:
        text = unicodedata.normalize("NFC", text)
    if _ODD.search(text):
        text = text.translate(_TIDIED)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text: str) -> str:
    """The tidy text on one line, runs of spaces as one; `="00123"`, which keeps zeros in a CSV file, unwrapped."""
    line = " ".join(tidy(text).split())
    return found[1].strip() if line.startswith('="') and (found := _QUOTED.fullmatch(line)) else line


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing: empty, spaces, or a dash."""
    if isinstance(value, str):
        if value == "":
            return True
        return len(value) < 100 and (says_nothing(value) or (not value[0].isalnum() and tidy(value) in BLANK))
    return value is None or value != value


def says_nothing(text: str) -> bool:
    """Whether a text is a database's word for no value, such as NULL, and so is no text."""
    if len(text) > LONGEST_NOTHING or text.isdecimal():
        return False
    word = tidy(text)
    return word in NOTHING_AS_WRITTEN or word.casefold() in NOTHING


def read_text(value: object, *, is_free: bool) -> str | Fault | None:
    """The words of a cell: free text keeps its line feeds, other text is one line and never a formula."""
    text = text_of(value) if not is_free or not isinstance(value, str) else tidy(value)
    if not isinstance(text, str):
        return text
    if text in EXCEL_ERRORS:
        return ERROR_CELL
    if not is_free and text.startswith("="):
        return NO_RESULT
    return None if text in BLANK or says_nothing(text) else text


def text_of(value: object) -> str | Fault | None:
    """Any cell as one line of text: 12.0 as 12, a date as YYYY-MM-DD."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return None if math.isnan(value) else _digits(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return TEXT_FAULT
    return value if isinstance(value, Fault) else None


def has_control_characters(value: object) -> bool:
    """Whether a text holds characters that could change a file's structure: control characters, direction marks."""
    return isinstance(value, str) and not value.isprintable() and bool(_STRUCTURAL.search(value))


def is_mojibake(value: object) -> bool:
    """Whether a text was decoded wrongly before it reached us: an e with two dots shown as A with a tilde and more."""
    if not isinstance(value, str) or value.isascii() or not _MOJIBAKE.search(value):
        return False
    if "\ufffd" in value:  # the mark of a letter that was lost
        return True
    words = [word for word in value.split(" ") if not word.isascii()]
    return any(_decodes_again(word, encoding) for word in words for encoding in ("cp1252", "latin-1"))


def _decodes_again(word: str, encoding: str) -> bool:
    """Whether a word's characters are the bytes of other, fewer characters."""
    try:
        return word.encode(encoding).decode("utf-8") != word
    except UnicodeError:
        return False


def _digits(value: float) -> str | Fault:
    """A number as text, never in scientific notation."""
    if not math.isfinite(value) or abs(value) >= 10**EXCEL_DIGITS:
        return TEXT_FAULT
    text = str(int(value)) if float(value).is_integer() else repr(value)
    return TEXT_FAULT if "e" in text else text
