"""From a folder of extracts to a month ready to be told: read, pseudonymise, check, measure."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.contracts import DATASETS, Contract, load_contracts
from qa_analysis.data.identity import Identities, Key, pseudonymise, pseudonymise_issues
from qa_analysis.data.quality import check
from qa_analysis.data.sources import Extract, read_folder
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.dates import parse_month
from qa_analysis.errors import ContractBroken, WrongUse
from qa_analysis.framework import Rules, rules_for
from qa_analysis.measures.actions.decisions import decisions
from qa_analysis.measures.catalogue import measures
from qa_analysis.measures.figure import frame_of
from qa_analysis.measures.quality.reliability import PLACE, ROW_PLACE, reliability
from qa_analysis.month.month import NONE_RESTATED, Month
from qa_analysis.month.quotations import quotations

ISSUES_PRINTED = 12  # on the screen; `qa-analysis check` lists them all


@dataclass(frozen=True)
class Checked:
    """The extracts, pseudonymised and checked. `issues` has one row per problem."""

    frames: Mapping[str, DataFrame]
    contracts: Mapping[str, Contract]
    extracts: tuple[Extract, ...]
    issues: DataFrame
    identities: Identities


@dataclass(frozen=True)
class Prepared:
    """A month to publish, and what restricted/ needs besides."""

    month: Month
    checked: Checked
    tables: Tables


def read_and_check(folder: Path, rules: Rules, *, key: Key, datasets: Collection[str] = DATASETS) -> Checked:
    """Every extract of a folder (or only those of some datasets), read, pseudonymised and held against its contract.

    Raises:
        InputRefused: an extract cannot be read safely.
    """
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder.name!r} to read extracts from. Give its path with --data.")
    contracts = load_contracts()
    loaded = read_folder(folder, contracts, rules.grade_synonyms, prompts=tuple(rules.prompts))
    wanted = {name: frame for name, frame in loaded.frames.items() if name in datasets}
    frames, people = pseudonymise(wanted, contracts, key=key)
    unread, listed_people = pseudonymise_issues(loaded.issues, contracts, key=key)
    issues = pd.concat([unread, _not_told_twice(check(frames, contracts), unread)], ignore_index=True)
    return Checked(
        frames, contracts, loaded.extracts, issues, Identities({**people.originals, **listed_people.originals})
    )


def _not_told_twice(checked: DataFrame, unread: DataFrame) -> DataFrame:
    """The check's issues without the blanks that reading has already told the reason of. One row per issue."""
    blank = checked["rule"] == "value-missing"
    cell = ["dataset", *PLACE, "column"]
    told = pd.MultiIndex.from_frame(checked[cell]).isin(pd.MultiIndex.from_frame(unread[cell]))
    return checked[~(blank & told)]


def refuse_broken(issues: DataFrame) -> None:
    """Stop where a promise that matters was broken.

    Raises:
        ContractBroken: with the first issues by file, sheet and row, and what to do.
    """
    errors = issues[issues["severity"] == "error"]
    if errors.empty:
        return
    lines = [issue_line(issue) for _, issue in errors.head(ISSUES_PRINTED).iterrows()]
    more = len(errors) - len(lines)
    tail = [f"… and {more} more: qa-analysis check --data FOLDER lists them all."] if more else []
    raise ContractBroken("\n".join(["The data broke a promise that matters; nothing was published.", *lines, *tail]))


def issue_line(issue: pd.Series) -> str:
    """One issue as a line: where it is and what to do."""
    words = {"file": "{}", "sheet": "sheet {}", "row": "row {}", "column": 'column "{}"'}
    place = [text.format(issue[name]) for name, text in words.items() if pd.notna(issue[name]) and issue[name] != ""]
    return f"{', '.join(place) or issue['dataset']}: {issue['message']}"


def prepare(folder: Path, month: str, *, as_at: date | None, key: Key) -> Prepared:
    """One month from a folder of extracts.

    Raises:
        WrongUse, InputRefused, ContractBroken: as in docs/errors.md.
    """
    rules = rules_for(parse_month(month))
    checked = read_and_check(folder, rules, key=key)
    refuse_broken(checked.issues)
    day = as_at or rules.as_at(month)
    tables = tables_as_at(checked.frames, checked.contracts, month=month, as_at=day, rules=rules)
    return Prepared(told(tables, checked), checked, tables)


def told(tables: Tables, checked: Checked) -> Month:
    """The month's figures, issues, decisions and quotations, with nothing in them that names a person."""
    issues = known_by(tables, checked)
    quality = frame_of(reliability(tables, issues, checked.contracts), as_at=tables.as_at)
    return Month(
        month=tables.month,
        as_at=tables.as_at.date(),
        rules=tables.rules,
        supplied=tuple(tables.frames),
        measures=pd.concat([measures(tables), quality], ignore_index=True),
        quality=publishable(issues, checked.contracts),
        decisions=decisions(tables),
        extracts=extracts_table(checked.extracts),
        restated=NONE_RESTATED,
        quotations=quotations(tables, set(checked.identities.originals.values())),
    )


def known_by(tables: Tables, checked: Checked) -> DataFrame:
    """The issues of what was known on the day: those of records that happened later are left to their owners' lists."""
    later = [
        rows.drop(index=tables.frames[name].index)[list(ROW_PLACE)].set_axis(PLACE, axis=1).assign(dataset=name)
        for name, rows in checked.frames.items()
    ]
    of_later = pd.MultiIndex.from_frame(pd.concat(later)[["dataset", *PLACE]])
    own = checked.issues[["dataset", *PLACE]].assign(sheet=checked.issues["sheet"].fillna(""))
    return checked.issues[~pd.MultiIndex.from_frame(own).isin(of_later)]


def publishable(issues: DataFrame, contracts: Mapping[str, Contract]) -> DataFrame:
    """The issues without owners, and without the keys of datasets whose key is a person. One row per issue."""
    names_person = {
        name for name, contract in contracts.items() if any(contract.column(part).person for part in contract.key)
    }
    keys = issues["key"].mask(issues["dataset"].isin(names_person))
    return (
        issues.assign(key=keys)
        .drop(columns="owner")
        .sort_values(["dataset", "rule", "file", "sheet", "row", "column"], kind="stable", ignore_index=True)
    )


def extracts_table(extracts: tuple[Extract, ...]) -> DataFrame:
    """Where the rows came from. One row per file or sheet that was read."""
    rows = [{**asdict(extract), "columns_not_read": "; ".join(extract.columns_not_read)} for extract in extracts]
    return pd.DataFrame(rows, columns=list(Extract.__dataclass_fields__))
