"""What is wrong with the records: every rule of every contract, checked with Great Expectations, as one table."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.conditions import Subject, linked_record_exists
from qa_analysis.data.contracts import Contract, Rule
from qa_analysis.data.expectations import COLUMN_MISSING, DTYPES, DUPLICATE_KEY, FOUNDATIONS, column_of, rules_of
from qa_analysis.data.issues import Issue, issue_table
from qa_analysis.data.together import Asked, Outcome, outcomes
from qa_analysis.english import counted
from qa_analysis.limits import Tolerance

NOT_CHECKED = "not-checked"
FEW_LINKS, FEW_KEYS = "links-hardly-ever-hold", "key-is-hardly-ever-its-own"  # of a whole table: the run stops
NONE_ASIDE: Final[Mapping[str, DataFrame]] = MappingProxyType({})


def check(
    frames: Mapping[str, DataFrame],
    contracts: Mapping[str, Contract],
    *,
    tolerance: Tolerance | None = None,
    aside: Mapping[str, DataFrame] = NONE_ASIDE,
) -> DataFrame:
    """Everything the records break of their contracts. One row per rule and record, or per rule and table.

    A table whose columns or types are wrong is checked no further. No cell's value is told, but for key and owner.
    With a tolerance, keys that are hardly ever their own are told once, of the table, and links that hardly ever hold
    of the table besides.
    `aside` are records that cannot be used but that others may lead to.

    Raises:
        WrongUse: a contract asks for something that cannot be checked.
    """
    supplied = {name: contract for name, contract in contracts.items() if name in frames}
    twins = {name: _twin_issues(frames[name], contract) for name, contract in supplied.items()}
    whole = {name: _with_optional(frames[name], supplied[name]) for name, issues in twins.items() if not issues}
    unsound = {**twins, **_unsound([Subject(frame, supplied[name], {}) for name, frame in whole.items()])}
    sound = {name: frame for name, frame in whole.items() if not unsound[name]}
    others = {name: _with_aside(frame, aside.get(name)) for name, frame in sound.items()}
    found = _issues([Subject(frame, supplied[name], others) for name, frame in sound.items()], tolerance)
    return issue_table(issue for name in supplied for issue in (unsound[name] or found[name]))


def _unsound(subjects: Sequence[Subject]) -> dict[str, list[Issue]]:
    """What must be put right before anything else of a dataset can be checked: columns missing or of the wrong type."""
    asked = [Asked(rule, subject) for subject in subjects for rule in _foundations(subject)]
    found: dict[str, list[Issue]] = {subject.contract.dataset: [] for subject in subjects}
    for one, outcome in zip(asked, outcomes(asked), strict=True):
        found[one.subject.contract.dataset] += _table_issues(outcome, one.subject)
    return found


def _foundations(subject: Subject) -> list[Rule]:
    """What the rest is founded on; where a column is missing its type cannot be asked for."""
    present, *types = [rule for rule in rules_of(subject.contract) if rule.name in FOUNDATIONS]
    return [present] if _absent(subject) else [present, *types]


def _with_aside(frame: DataFrame, aside: DataFrame | None) -> DataFrame:
    """A dataset and those of its records that were set aside. One row per record."""
    return frame if aside is None or aside.empty else pd.concat([frame, aside.reindex(columns=frame.columns)])


def _issues(subjects: Sequence[Subject], tolerance: Tolerance | None) -> dict[str, list[Issue]]:
    """What the rows of each dataset break, by dataset."""
    asked = [
        Asked(rule, subject, mostly=_mostly(rule, tolerance))
        for subject in subjects
        for rule in _rules(subject)
        if not _is_apart(rule, subject)
    ]
    found: dict[str, list[Outcome]] = {subject.contract.dataset: [] for subject in subjects}
    for one, outcome in zip(asked, outcomes(asked), strict=True):
        found[one.subject.contract.dataset].append(outcome)
    return {
        subject.contract.dataset: _told(found[subject.contract.dataset], subject, tolerance) for subject in subjects
    }


def _told(found: Sequence[Outcome], subject: Subject, tolerance: Tolerance | None) -> list[Issue]:
    """The issues of one dataset: of the whole table, of single rows, and of links that could not be checked."""
    beyond = [outcome for outcome in found if tolerance and _is_beyond(outcome, tolerance)]
    whole = [issue for outcome in found if not outcome.rows for issue in _table_issues(outcome, subject)]
    once = [_told_once(outcome, subject.contract) for outcome in beyond]
    one_by_one = [outcome for outcome in found if outcome not in beyond or _other_dataset(outcome.rule)]
    rows = _row_issues(one_by_one, subject)
    apart = [_unlinked_issue(subject.contract, rule) for rule in _rules(subject) if _is_apart(rule, subject)]
    return [*whole, *once, *rows, *apart]


def _rules(subject: Subject) -> list[Rule]:
    """The rules beyond what they are founded on."""
    return [rule for rule in rules_of(subject.contract) if rule.name not in FOUNDATIONS]


def _is_apart(rule: Rule, subject: Subject) -> bool:
    """Whether a rule is about links to a dataset that is not at hand."""
    return _other_dataset(rule) not in (None, *subject.frames)


def _mostly(rule: Rule, tolerance: Tolerance | None) -> float:
    """In what share of rows a rule must hold, or the run stops; 1 where broken rows are listed one by one."""
    if tolerance is None:
        return 1.0
    if rule.name == DUPLICATE_KEY:
        return tolerance.keys
    return tolerance.links if _other_dataset(rule) else 1.0


def _is_beyond(outcome: Outcome, tolerance: Tolerance) -> bool:
    """Whether more rows broke a rule about the whole table than are tolerated."""
    is_tolerant = _mostly(outcome.rule, tolerance) < 1
    return is_tolerant and outcome.is_broken and len(outcome.rows) > tolerance.rows


def _told_once(outcome: Outcome, contract: Contract) -> Issue:
    """The one issue of links that hardly ever hold, or of a key that tells hardly any rows apart."""
    column, kept = column_of(outcome.rule), outcome.judged - len(outcome.rows)
    of = f"{kept:,} of {counted(outcome.judged, 'row')}"
    if other := _other_dataset(outcome.rule):
        told = f'"{column}" finds its record of {other} in {of}.'
        return Issue(contract.dataset, FEW_LINKS, "error", told, column=column)
    told = f'"{column}" is one of its own in {of}, so it is no key. Say in sources.yaml (columns) which column is.'
    return Issue(contract.dataset, FEW_KEYS, "error", told, column=column)


def _table_issues(outcome: Outcome, subject: Subject) -> Iterator[Issue]:
    """The issues of a rule that is about the whole table, or that could not be checked."""
    rule, dataset = outcome.rule, subject.contract.dataset
    if not outcome.is_checked:
        message = f'The rule "{rule.name}" could not be checked, so nothing is known of it. Report it with the extract.'
        yield Issue(dataset, NOT_CHECKED, "error", message, column=column_of(rule))
    elif outcome.is_broken and rule.name == COLUMN_MISSING:
        for name in _absent(subject):
            message = f'"{name}" is missing. {dataset}.odcs.yaml requires it; re-run the extract with it.'
            yield Issue(dataset, rule.name, rule.severity, message, column=name)
    elif outcome.is_broken:
        yield Issue(dataset, rule.name, rule.severity, rule.description, column=column_of(rule))


def _row_issues(found: Sequence[Outcome], subject: Subject) -> Iterator[Issue]:
    """The issues of single rows, rule by rule."""
    broken = sorted({number for outcome in found for number in outcome.rows})
    labels = dict(zip(broken, labels_of(replace(subject, frame=subject.frame.iloc[broken])), strict=True))
    for outcome in found:
        rule = outcome.rule
        for number in outcome.rows:
            place = labels[number]
            yield Issue(
                subject.contract.dataset, rule.name, rule.severity, rule.description, column=column_of(rule), **place
            )


def _twin_issues(frame: DataFrame, contract: Contract) -> list[Issue]:
    """One issue per name that several columns have, capitals apart."""
    message = 'Two columns are called "{}", capitals apart, so neither can be checked. Keep one.'
    return [
        Issue(contract.dataset, "column-twice", "error", message.format(name), column=name) for name in _twins(frame)
    ]


def _unlinked_issue(contract: Contract, rule: Rule) -> Issue:
    message = (
        f"Links to {_other_dataset(rule)} were not checked: it was not supplied, or is itself to be put right first."
    )
    return Issue(contract.dataset, NOT_CHECKED, "warning", message, column=column_of(rule))


def _other_dataset(rule: Rule) -> str | None:
    """The dataset that a rule about links needs."""
    return str(rule.arguments["of"]).partition(".")[0] if rule.expectation == linked_record_exists.__name__ else None


def _twins(frame: DataFrame) -> list[str]:
    """Column names that are the same but for capitals: Great Expectations would check the first of them twice."""
    times = Counter(str(name).casefold() for name in frame.columns)
    return [name for name, number in times.items() if number > 1]


def _absent(subject: Subject) -> list[str]:
    """Required columns that are not there."""
    return [column.name for column in subject.contract.columns if column.required and column.name not in subject.frame]


def _with_optional(frame: DataFrame, contract: Contract) -> DataFrame:
    """The frame with the optional columns it lacks, blank. One row per row."""
    lacking = [column for column in contract.columns if not column.required and column.name not in frame]
    blank = {column.name: pd.Series(pd.NA, index=frame.index, dtype=DTYPES[column.kind]) for column in lacking}
    return frame.assign(**blank)


def labels_of(subject: Subject) -> list[dict[str, Any]]:
    """Where each row is and whose it is, as issues name it. One per row."""
    labels = {
        "file": _texts(subject.frame, "source_file"),
        "sheet": _texts(subject.frame, "source_sheet").replace("", None),
        "row": _texts(subject.frame, "source_row").map(int, na_action="ignore"),
        "key": keys_of(subject.frame, subject.contract),
        "owner": _owner(subject),
        "team": _place(subject, "team"),
        "service_area": _place(subject, "service_area"),
    }
    rows = zip(*(values.astype("object").where(values.notna(), None) for values in labels.values()), strict=True)
    return [dict(zip(labels, row, strict=True)) for row in rows]


def _texts(frame: DataFrame, name: str) -> Series:
    """A column as text; blank where the frame has no such column. One value per row."""
    if name not in frame:
        return pd.Series(None, index=frame.index, dtype="object")
    values = frame[name]
    texts = values.dt.strftime("%Y-%m-%d") if pd.api.types.is_datetime64_any_dtype(values) else values.astype("str")
    return texts.astype("object").where(values.notna(), None)


def keys_of(frame: DataFrame, contract: Contract) -> Series:
    """The row's key, its parts joined by "+". One value per row."""
    parts = [_texts(frame, name).fillna("") for name in contract.key]
    joined = reduce(lambda left, right: left + "+" + right, parts)
    return joined.where(joined.str.strip("+").ne(""), None)


def _owner(subject: Subject) -> Series:
    """Who is asked to correct the row: whom it names, or whom the record it belongs to names. One value per row."""
    dataset, _, name = (subject.contract.owner or "").rpartition(".")
    if not dataset:
        return _texts(subject.frame, name)
    link = next(column.name for column in subject.contract.columns if str(column.references).startswith(f"{dataset}."))
    return subject.linked(link, name)


def _place(subject: Subject, name: str) -> Series:
    """The row's team or service; where it names none, that of the record it is linked to. One value per row."""
    own = _texts(subject.frame, name)
    for column in subject.contract.columns:
        if column.references:
            own = own.where(own.notna(), subject.linked(column.name, name))
    return own
