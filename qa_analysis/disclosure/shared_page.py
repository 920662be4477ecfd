"""Holds a page that everyone may read to the figures of the shared edition: it may print no other number."""

import re
from pathlib import Path
from typing import Final

import pandas as pd
from bs4 import BeautifulSoup
from pandas import DataFrame

from qa_analysis.english import agreeing, counted
from qa_analysis.errors import DisclosureFailed
from qa_analysis.framework import Rules
from qa_analysis.measures.populations import SHARED

MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE: Final = re.compile(rf"(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?")
NUMBER: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def refuse_unshared(html: Path, figures: DataFrame, rules: Rules) -> None:
    """Stop where a page that everyone may read prints a number that is no figure of the edition.

    `figures` are those of the edition, one row each.

    Raises:
        DisclosureFailed: naming the page, never the number.
    """
    strays = unshared(html.read_text(encoding="utf-8"), figures, rules)
    if strays:
        raise DisclosureFailed(
            f"{html.name} prints {counted(len(strays), 'number')} that {agreeing(len(strays), 'is', 'are')} no figure "
            f"of the {SHARED}; nothing was published. Bind each to a row of that population, or say it in words."
        )


def unshared(html: str, figures: DataFrame, rules: Rules) -> list[str]:
    """The numbers of a page that are no figure of the shared edition, no rule and no date."""
    main = BeautifulSoup(html, "html.parser").select_one("main")
    text = DATE.sub("", main.get_text(" ") if main else "")
    known = _printable(figures, rules)
    return [number for number in NUMBER.findall(text) if number not in known]


def _printable(figures: DataFrame, rules: Rules) -> set[str]:
    """Every number that a page of the edition may print."""
    counts = figures.loc[figures["unit"] != "share", "value"]
    whole = pd.concat([counts, figures["numerator"], figures["denominator"]]).dropna()
    shares = figures.loc[figures["unit"] == "share", "value"].dropna()
    fixed = (rules.action_days, rules.shared_edition.nearest, rules.version)
    return {f"{number:,.0f}" for number in whole} | {f"{100 * share:.0f}" for share in shares} | set(map(str, fixed))
