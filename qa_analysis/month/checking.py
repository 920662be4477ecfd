"""A folder of extracts read, pseudonymised and held against its contracts; no figure is made here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.council import Own
from qa_analysis.data.contracts import Contract, load_contracts, with_personal
from qa_analysis.data.identity import Identities, Key, pseudonymise, pseudonymise_issues
from qa_analysis.data.issues import Issue, issue_table
from qa_analysis.data.quality import check
from qa_analysis.data.reading.council_file import read_own
from qa_analysis.data.reading.sheet_issues import NOT_SUPPLIED, VALUE_MISSING
from qa_analysis.data.sources import Extract, read_folder
from qa_analysis.dates import day_name, month_name
from qa_analysis.english import agreeing, counted
from qa_analysis.errors import ContractBroken, WrongUse
from qa_analysis.framework import Rules

PLACE = ["file", "sheet", "row"]  # of an issue
LATE = "audited-after-the-day"
ROWS_NAMED = 6  # of a warning; the others are counted
ISSUES_PRINTED = 12  # on the screen; `qa-analysis check` lists them all


@dataclass(frozen=True)
class Checked:
    """The extracts, pseudonymised and checked, with what the council says of itself. `issues`: one row per problem."""

    frames: Mapping[str, DataFrame]
    contracts: Mapping[str, Contract]
    extracts: tuple[Extract, ...]
    issues: DataFrame
    identities: Identities
    own: Own
    is_draft: bool = False  # what the files hold was drafted and not yet confirmed


def read_and_check(folder: Path, rules: Rules, *, key: Key, datasets: Collection[str] | None = None) -> Checked:
    """Every extract of a folder (or only those of some datasets), read, pseudonymised and held against its contract.

    Raises:
        InputRefused: an extract cannot be read safely.
    """
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder.name!r} to read extracts from. Give its path with --data.")
    own = read_own(folder, rules)
    contracts = load_contracts()
    loaded = read_folder(folder, contracts, rules.grade_synonyms, prompts=tuple(rules.prompts))
    contracts = with_personal(contracts, loaded.personal)
    wanted = {name: frame for name, frame in loaded.frames.items() if datasets is None or name in datasets}
    frames, people = pseudonymise(wanted, contracts, key=key)
    unread, listed_people = pseudonymise_issues(loaded.issues, contracts, key=key)
    issues = pd.concat([unread, _not_told_twice(check(frames, contracts), unread)], ignore_index=True)
    identities = Identities({**people.originals, **listed_people.originals})
    return Checked(frames, contracts, loaded.extracts, issues, identities, own, loaded.is_draft)


def _not_told_twice(checked: DataFrame, unread: DataFrame) -> DataFrame:
    """The check's issues without the blanks that reading has already told the reason of. One row per issue."""
    blank = checked["rule"] == VALUE_MISSING
    absent = unread[unread["rule"] == NOT_SUPPLIED]
    column = ["dataset", "file", "sheet", "column"]
    told = _is_among(checked, unread, ["dataset", *PLACE, "column"]) | _is_among(checked, absent, column)
    return checked[~(blank & told)]


def _is_among(issues: DataFrame, others: DataFrame, by: list[str]) -> pd.Series:
    """Whether another issue has the same place. One answer per issue."""
    found = pd.MultiIndex.from_frame(issues[by]).isin(pd.MultiIndex.from_frame(others[by]))
    return pd.Series(found, index=issues.index)


def refuse_draft(checked: Checked) -> None:
    """Stop where nobody has confirmed what the files hold.

    Raises:
        WrongUse: sources.yaml is still a draft.
    """
    if checked.is_draft:
        raise WrongUse(
            "sources.yaml is a draft by qa-analysis map that nobody has confirmed. Read it, correct what is wrong, and "
            'delete its line "draft: yes".'
        )


def with_late_audits(checked: Checked, month: str, day: date) -> Checked:
    """The same with a warning a file for audits of the cycle or an earlier one that are dated after the day.

    They are left out of every figure, as what had not happened yet; a date typed wrongly would be so in silence.
    """
    audits = checked.frames.get("audits")
    if audits is None:
        return checked
    is_late = (audits["audited_on"] > pd.Timestamp(day)) & (audits["cycle_month"] <= month)
    files = audits[is_late].groupby(["source_file", "source_sheet"])["source_row"]
    late = [_late_issue(str(file), str(sheet), sorted(rows), month, day) for (file, sheet), rows in files]
    if not late:
        return checked
    return replace(checked, issues=pd.concat([checked.issues, issue_table(late)], ignore_index=True))


def _late_issue(file: str, sheet: str, rows: Sequence[int], month: str, day: date) -> Issue:
    """The warning of one file."""
    named, more = ", ".join(f"{row:,}" for row in rows[:ROWS_NAMED]), len(rows) - ROWS_NAMED
    message = (
        f"{counted(len(rows), 'audit')} of {month_name(month)} or an earlier cycle {agreeing(len(rows), 'is', 'are')} "
        f"dated after {day_name(day)}, the day of the data, and {agreeing(len(rows), 'is', 'are')} left out of every "
        f"figure: row {named}{f' and {more:,} more' if more > 0 else ''}. Correct audited_on, or ask for a later day "
        "(--as-at)."
    )
    return Issue("audits", LATE, "warning", message, file=file, sheet=sheet or None, column="audited_on")


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


def extracts_table(extracts: tuple[Extract, ...]) -> DataFrame:
    """Where the rows came from. One row per file or sheet that was read."""
    rows = [{**asdict(extract), "columns_not_read": "; ".join(extract.columns_not_read)} for extract in extracts]
    return pd.DataFrame(rows, columns=list(Extract.__dataclass_fields__))
