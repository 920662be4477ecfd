"""A folder of extracts read, pseudonymised and held against its contracts; no figure is made here."""

import shlex
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.council import Own
from qa_analysis.data.aside import PARENT
from qa_analysis.data.contracts import Contract, load_contracts, with_personal
from qa_analysis.data.duplicates import without_copies
from qa_analysis.data.identity import Identities, Key, pseudonymise, pseudonymise_issues
from qa_analysis.data.issues import Issue, issue_table
from qa_analysis.data.kinds import NO_DATASET, kinds
from qa_analysis.data.links import told_once
from qa_analysis.data.quality import check
from qa_analysis.data.reading.council_file import read_own
from qa_analysis.data.reading.sheet_issues import NOT_SUPPLIED, VALUE_MISSING
from qa_analysis.data.setting_aside import Settled, aside_table, recounted, settled
from qa_analysis.data.sources import Extract, Loaded, read_folder
from qa_analysis.data.stopping import Evidence, stops
from qa_analysis.dates import day_name, month_name
from qa_analysis.disclosure.open_lists import without_named_subjects, without_odd_words
from qa_analysis.disclosure.places import refuse_published
from qa_analysis.english import agreeing, counted
from qa_analysis.errors import ContractBroken, WrongUse
from qa_analysis.framework import Rules
from qa_analysis.measures.audit_cycle.selected_and_done import RECORD
from qa_analysis.month.drawn import with_record

PLACE = ["file", "sheet", "row"]  # of an issue
LATE = "audited-after-the-day"
ROWS_NAMED = 6  # of a warning; the others are counted
KINDS_PRINTED = 12  # on the screen; `qa-analysis check --list` writes every issue
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """The extracts, pseudonymised and checked, with what the council says of itself. `issues`: one row per problem.

    `frames` hold what can be used and `aside` where the records stand that cannot; `stops` says why no report can be
    made, one line per cause.
    """

    frames: Mapping[str, DataFrame]
    contracts: Mapping[str, Contract]
    extracts: tuple[Extract, ...]
    issues: DataFrame
    identities: Identities
    own: Own
    aside: DataFrame
    stops: tuple[str, ...]
    is_draft: bool = False  # what the files hold was drafted and not yet confirmed


def read_and_check(
    folder: Path,
    rules: Rules,
    *,
    key: Key,
    datasets: Collection[str] | None = None,
    month: str | None = None,
    record: DataFrame | None = None,
    progress: Progress = lambda _: None,
) -> Checked:
    """Every extract of a folder (or only those of some datasets), read, pseudonymised and held against its contract.

    What cannot be used is set aside. `month` is the cycle to report on, of whose audits enough must be left; `record`
    is what its audits were selected from, where the program selected them (month/drawn.py).

    Raises:
        InputRefused: an extract cannot be read safely.
        WrongUse: there is no such folder, or it is a published month's.
    """
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder.name!r} to read extracts from. Give its path with --data.")
    refuse_published(folder)
    progress("reading the extracts")
    own = read_own(folder, rules)
    contracts = load_contracts()
    loaded = _of(read_folder(folder, contracts, rules.grade_synonyms, prompts=tuple(rules.prompts)), datasets)
    contracts = with_personal(contracts, loaded.personal)
    if record is not None:
        contracts, loaded = with_record(contracts), replace(loaded, frames={**loaded.frames, RECORD: record})
    progress("holding them against their contracts")
    frames, people = pseudonymise(loaded.frames, contracts, key=key)
    left, people_left = pseudonymise(loaded.aside, contracts, key=key)
    unread, listed_people = pseudonymise_issues(loaded.issues, contracts, key=key)
    found = _settled(frames, left, contracts, unread, rules)
    found = replace(found, issues=told_once(found.issues, loaded.frames, contracts, rules.set_aside))
    identities = Identities({**people.originals, **people_left.originals, **listed_people.originals})
    found = _of_known_words(found, contracts, {*_words_of(rules), *loaded.words}, identities)
    progress("setting aside what cannot be used")
    aside = aside_table(found.aside, contracts)
    evidence = Evidence(found.frames, aside, found.issues, contracts, loaded.frames)
    return Checked(
        frames=found.frames,
        contracts=contracts,
        extracts=recounted(loaded.extracts, aside),
        issues=found.issues,
        identities=identities,
        own=own,
        aside=aside,
        stops=stops(evidence, rules.set_aside, month=month),
        is_draft=loaded.is_draft,
    )


def _of_known_words(
    found: Settled, contracts: Mapping[str, Contract], known: Collection[str], identities: Identities
) -> Settled:
    """The same without words of open lists, and subjects, that may be somebody's name or a text."""
    originals = set(identities.originals.values())
    told = without_odd_words(found.frames, contracts, known=known, originals=originals)
    named = without_named_subjects(told.frames, contracts, originals=originals)
    issues = pd.concat([found.issues, told.issues, named.issues], ignore_index=True)
    return replace(found, frames=named.frames, issues=issues)


def _words_of(rules: Rules) -> set[str]:
    """The themes, prompts and roles that the framework names."""
    return {*rules.themes, *rules.codebook, *rules.auditor_roles, *rules.panel_roles, *rules.management_ranks}


def _of(loaded: Loaded, datasets: Collection[str] | None) -> Loaded:
    """What was read of some datasets, or of all."""
    if datasets is None:
        return loaded
    return replace(
        loaded,
        frames={name: frame for name, frame in loaded.frames.items() if name in datasets},
        aside={name: frame for name, frame in loaded.aside.items() if name in datasets},
        issues=loaded.issues[loaded.issues["dataset"].isin(datasets)],
    )


def _settled(
    frames: Mapping[str, DataFrame],
    left: Mapping[str, DataFrame],
    contracts: Mapping[str, Contract],
    unread: DataFrame,
    rules: Rules,
) -> Settled:
    """The datasets held against their contracts, copies first, and without what cannot be used."""
    single = {name: without_copies(frame, contracts[name], frames) for name, frame in frames.items()}
    once = {name: found.frame for name, found in single.items()}
    left = {
        name: pd.concat(
            [part for part in (left.get(name), found.aside) if part is not None and len(part)] or [found.aside]
        )
        for name, found in single.items()
    }
    copies = issue_table(issue for found in single.values() for issue in found.issues)
    checked = _not_told_twice(check(once, contracts, tolerance=rules.set_aside, aside=left), unread)
    return settled(once, left, contracts, pd.concat([unread, copies, checked], ignore_index=True))


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


def refuse_broken(checked: Checked, folder: Path, *, strict: bool = False) -> None:
    """Stop where too much cannot be used, or at any broken error promise where that is asked for.

    Raises:
        ContractBroken: with each cause once, and what to do.
    """
    errors = checked.issues[checked.issues["severity"] == "error"]
    lines = list(checked.stops) or (kinds(errors) if strict else [])
    if not lines:
        return
    raise ContractBroken(
        "\n".join(["The data broke a promise that matters; nothing was published.", *shortened(lines, folder)])
    )


def shortened(lines: Sequence[str], folder: Path) -> list[str]:
    """The first lines for a screen, and where to find the others."""
    more = len(lines) - KINDS_PRINTED
    if more <= 0:
        return list(lines)
    return [*lines[:KINDS_PRINTED], f"… and {more} more: qa-analysis check --data {shlex.quote(str(folder))} --list"]


def check_lines(checked: Checked) -> list[str]:
    """What a check has to say: what was read, why no report can be made, and each kind of issue, one line each."""
    told = [line for line in kinds(checked.issues) if not any(_told(line) in stop for stop in checked.stops)]
    return [*_draft_line(checked), *map(_extract_line, checked.extracts), *checked.stops, *told, *_left_out(checked)]


def _draft_line(checked: Checked) -> list[str]:
    """That nobody has confirmed yet what the files hold."""
    told = 'sources.yaml is a draft: run waits until you have confirmed it and deleted its line "draft: yes".'
    return [told] if checked.is_draft else []


def _left_out(checked: Checked) -> list[str]:
    """What most reports rest on and was not there; nothing where all was."""
    left = [name for name, contract in checked.contracts.items() if contract.is_core and name not in checked.frames]
    return [f"Not supplied: {' and '.join(left)}. Their sections of the reports will say so."] if left else []


def _told(line: str) -> str:
    """A line without the dataset it begins with and its full stop: a reason to stop goes on after it."""
    return line.partition(": ")[2].removesuffix(".")


def _extract_line(extract: Extract) -> str:
    """What became of the rows of one sheet or file."""
    place = f"{extract.file}, sheet {extract.sheet}" if extract.sheet else extract.file
    if not extract.dataset:
        return f"{NO_DATASET}: nothing was read from {place}"
    listed = extract.rows_listed - extract.rows_set_aside - extract.rows_not_chosen
    others = {
        "set aside": extract.rows_set_aside,
        f"not of {extract.dataset}": extract.rows_not_chosen,
        "not loaded": listed,
    }
    more = "".join(f", {number:,} {words}" for words, number in others.items() if number)
    return f"{extract.dataset}: {extract.rows_loaded:,} of {counted(extract.rows_in, 'row')} loaded from {place}{more}"


def reasons_to_stop(checked: Checked, *, strict: bool) -> str:
    """Why no report can be made, in a sentence; nothing where one can."""
    errors = int((checked.issues["severity"] == "error").sum())
    absent = [name for name, contract in checked.contracts.items() if contract.is_needed and name not in checked.frames]
    if not (checked.stops or absent or (strict and errors)):
        return ""
    missing = f" Not read: {', '.join(absent)}." if absent else ""
    found = f"{counted(errors, 'error')} and {counted(len(checked.issues) - errors, 'warning')}"
    return f"{found}: no report can be made.{missing}"


def set_aside_lines(checked: Checked) -> list[str]:
    """What was set aside, for the screen: one line a kind. Records that hang on others are among the others' kinds."""
    issues = checked.issues
    return kinds(issues[issues["severity"].eq("error") | issues["rule"].eq(PARENT)])


def extracts_table(extracts: tuple[Extract, ...]) -> DataFrame:
    """Where the rows came from. One row per file or sheet that was read."""
    rows = [{**asdict(extract), "columns_not_read": "; ".join(extract.columns_not_read)} for extract in extracts]
    return pd.DataFrame(rows, columns=list(Extract.__dataclass_fields__))
