"""From a folder of extracts to a month ready to be told: read, pseudonymise, check, measure."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pandas import DataFrame

from qa_analysis.data.identity import Key
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.dates import parse_month
from qa_analysis.disclosure.small_places import Places
from qa_analysis.framework import rules_for
from qa_analysis.month.checking import (
    Checked,
    extracts_table,
    read_and_check,
    refuse_broken,
    refuse_draft,
    with_late_audits,
)
from qa_analysis.month.measuring import told
from qa_analysis.month.month import Month
from qa_analysis.month.narratives import cleared
from qa_analysis.month.plans_checked import refuse_unknown_measures
from qa_analysis.month.quotations import masked
from qa_analysis.month.rows import Rows


@dataclass(frozen=True)
class Prepared:
    """A month to publish, and what restricted/ needs besides."""

    month: Month
    checked: Checked
    rows: Rows
    tables: Tables
    places: Places


def prepare(
    folder: Path, month: str, *, as_at: date | None, key: Key, strict: bool = False, record: DataFrame | None = None
) -> Prepared:
    """One month from a folder of extracts; `strict` stops at the first promise broken that would be set aside.

    `record` is what the cycle's audits were selected from, where the program selected them.

    Raises:
        WrongUse, InputRefused, ContractBroken: as in docs/errors.md.
    """
    checked = read_and_check(folder, rules_for(parse_month(month)), key=key, month=month, record=record)
    refuse_draft(checked)
    refuse_unknown_measures(checked.own)
    refuse_broken(checked, folder, strict=strict)
    rules = rules_for(month, own=checked.own)
    day = as_at or rules.as_at(month)
    tables = tables_as_at(checked.frames, checked.contracts, month=month, as_at=day, rules=rules)
    checked = with_late_audits(checked, month, day)
    rows = rows_of(checked, tables)
    places = Places(tables)
    return Prepared(told(tables, rows, places=places), checked, rows, tables, places)


def rows_of(checked: Checked, tables: Tables) -> Rows:
    """What was checked, without the way back to names."""
    originals = set(checked.identities.originals.values())
    return Rows(
        frames=checked.frames,
        contracts=checked.contracts,
        issues=checked.issues,
        extracts=extracts_table(checked.extracts),
        quotations=masked(tables, originals),
        told_narratives=cleared(tables, originals),
        own=checked.own,
        aside=checked.aside,
    )
