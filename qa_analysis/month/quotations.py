"""The findings that may be quoted: approved, masked, and looked through once more. The one free text of tier B."""

import re
from collections.abc import Collection
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.masking import MASK, mask, named_in, unnamed, written_small
from qa_analysis.measures.themes.phrases import vocabulary

COLUMNS: Final = ("cycle", "key_area", "theme_code", "polarity", "text")
KEPT: Final = ("finding_id", "audit_id", "approved_on", "key_area", "theme_code", "polarity", "text")  # with the rows
SHORTEST = 15  # letters of a sentence; the contract asks for as many
MOST_MASKS = 2  # with more, what is left is no sentence


def quotations(tables: Tables, originals: Collection[str]) -> DataFrame:
    """The year's findings approved for quoting by the day, newest cycle first. One row per quotation."""
    return of_year(masked(tables, originals), tables)


def masked(tables: Tables, originals: Collection[str]) -> DataFrame:
    """Every finding approved for quoting, with names taken out. One row per finding.

    `originals` are the identifiers and names of all extracts. What names anyone in spite of the masks stays out.
    """
    approved = tables.optional("approved_quotations")
    if approved is None:
        return pd.DataFrame(columns=list(KEPT))
    named = approved[approved["approved_on"].notna() & approved["approved_by_role"].notna()]
    held = tables.findings.merge(named, on="finding_id").drop_duplicates("finding_id")
    wording = held["wording"].fillna(held["text"])
    small, words = written_small(tables.findings["text"].dropna()), vocabulary(tables.rules)
    texts = pd.Series([unnamed(text, small, words) for text in mask(wording, originals)], index=held.index, dtype="str")
    is_fit = wording.str.len().ge(SHORTEST) & _is_fit(texts, originals)
    return held.assign(text=texts).loc[is_fit, list(KEPT)].reset_index(drop=True)


def of_year(masked: DataFrame, tables: Tables) -> DataFrame:
    """The masked quotations of the year's audits that are approved by the day, newest cycle first. One row each."""
    audits = tables.audits.loc[tables.audits["cycle_month"].isin(tables.rolling_cycles), ["audit_id", "cycle_month"]]
    approved = masked[~(pd.to_datetime(masked["approved_on"]) > tables.as_at)]
    shown = approved.merge(audits, on="audit_id").rename(columns={"cycle_month": "cycle"})[list(COLUMNS)]
    shown = shown.fillna({"key_area": "", "theme_code": ""})  # blank as in the table that is kept with the month
    return shown.sort_values(["cycle", *COLUMNS[1:]], ascending=[False, True, True, False, True], ignore_index=True)


def _is_fit(texts: Series, originals: Collection[str]) -> Series:
    """Whether what is left is a sentence, and names nobody that the scan of the published month would find."""
    named = pd.Series(named_in(texts, originals), index=texts.index, dtype="bool")
    return texts.str.count(re.escape(MASK)).le(MOST_MASKS) & ~named
