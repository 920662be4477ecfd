"""English for sentences that are made: numbers with their nouns, first capitals, lists, minus signs."""

from collections.abc import Sequence


def counted(tally: float, one: str, many: str = "") -> str:
    """A number with its noun: "1 audit", "1,204 audits"; `many` where the plural is not the singular with an s."""
    number = f"{tally:,.0f}" if float(tally).is_integer() else f"{tally:g}"
    return f"{number} {agreeing(tally, one, many or f'{one}s')}"


def agreeing(tally: float, one: str, many: str) -> str:
    """The word that goes with a number: the one for 1, the other for any other number."""
    return one if tally == 1 else many


_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def in_letters(tally: int) -> str:
    """A small whole number as a sentence writes it: "seven"; above twelve in figures."""
    return _NUMBERS[tally - 1] if 1 <= tally <= len(_NUMBERS) else f"{tally:,}"


def at_first(text: str) -> str:
    """Words where a sentence, a cell or a heading begins: a capital first, acronyms left as they are."""
    return text[:1].upper() + text[1:]


def in_a_sentence(text: str) -> str:
    """Words within a sentence: without the capital they begin with, unless they begin with "I"."""
    return text if text.startswith("I ") else text[:1].lower() + text[1:]


def listed(names: Sequence[str], last: str = " and ") -> str:
    """Names in a row: "a", "a and b", "a, b and c"; with another word before the last, such as or."""
    return last.join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def in_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of words with their columns one below the other, as a screen shows them. One line per row."""
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    return [
        "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    ]


def with_minus(number: str) -> str:
    """A number written with a minus sign, which is as wide as a plus, and not with a hyphen."""
    return number.replace("-", "\u2212")
