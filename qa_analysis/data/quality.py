"""What is wrong with the records: every rule of every contract, checked with Great Expectations, as one table."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.conditions import CONDITIONS, Subject, linked_record_exists
from qa_analysis.data.contracts import Contract, Rule
from qa_analysis.data.expectations import COLUMN_MISSING, DTYPES, DUPLICATE_KEY, FOUNDATIONS, column_of, rules_of
from qa_analysis.data.issues import Issue, issue_table
from qa_analysis.data.odcs import quick_json_schema
from qa_analysis.english import counted
from qa_analysis.errors import WrongUse
from qa_analysis.framework import Tolerance

NOT_CHECKED = "not-checked"
FEW_LINKS, FEW_KEYS = "links-hardly-ever-hold", "key-is-hardly-ever-its-own"  # of a whole table: the run stops
ROW = "row of the frame"  # tells which row broke a rule; no column of a contract is called that
HOLDS = "ExpectColumnValuesToBeInSet"  # how Great Expectations reads a condition's answers: nothing but True
NONE_ASIDE: Final[Mapping[str, DataFrame]] = MappingProxyType({})
GX_SEVERITY = {"error": "critical", "warning": "warning"}


@dataclass(frozen=True)
class Outcome:
    """What one rule found: the rows that broke it, or that the whole table did, or that it could not be checked.

    `is_broken`: more rows broke it than the rule tolerates (`mostly`).
    """

    rule: Rule
    rows: Sequence[int] = ()
    is_broken: bool = False
    is_checked: bool = True
    judged: int = 0  # rows that leave something to judge


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
    unsound = {name: _unsound(frames[name], contract) for name, contract in supplied.items()}
    sound = {name: _with_optional(frames[name], supplied[name]) for name, issues in unsound.items() if not issues}
    others = {name: _with_aside(frame, aside.get(name)) for name, frame in sound.items()}
    found = {name: _issues(Subject(frame, supplied[name], others), tolerance) for name, frame in sound.items()}
    return issue_table(issue for name in supplied for issue in (unsound[name] or found[name]))


def _unsound(frame: DataFrame, contract: Contract) -> list[Issue]:
    """What must be put right before anything else can be checked: columns twice, missing or of the wrong type."""
    if twins := _twins(frame):
        return [_twin_issue(contract, name) for name in twins]
    subject = Subject(_with_optional(frame, contract), contract, {})
    present, *types = [rule for rule in rules_of(contract) if rule.name in FOUNDATIONS]
    rules = [present] if _absent(subject) else [present, *types]
    return [issue for outcome in _validated(subject, rules) for issue in _table_issues(outcome, subject)]


def _with_aside(frame: DataFrame, aside: DataFrame | None) -> DataFrame:
    """A dataset and those of its records that were set aside. One row per record."""
    return frame if aside is None or aside.empty else pd.concat([frame, aside.reindex(columns=frame.columns)])


def _issues(subject: Subject, tolerance: Tolerance | None) -> list[Issue]:
    """What the rows of one dataset break."""
    rules = [rule for rule in rules_of(subject.contract) if rule.name not in FOUNDATIONS]
    apart = [rule for rule in rules if _other_dataset(rule) not in (None, *subject.frames)]
    found = _validated(subject, [rule for rule in rules if rule not in apart], tolerance)
    beyond = [outcome for outcome in found if tolerance and _is_beyond(outcome, tolerance)]
    whole = [issue for outcome in found if not outcome.rows for issue in _table_issues(outcome, subject)]
    told = [_told_once(outcome, subject.contract) for outcome in beyond]
    one_by_one = [outcome for outcome in found if outcome not in beyond or _other_dataset(outcome.rule)]
    rows = _row_issues(one_by_one, subject)
    return [*whole, *told, *rows, *(_unlinked_issue(subject.contract, rule) for rule in apart)]


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


def _validated(subject: Subject, rules: Sequence[Rule], tolerance: Tolerance | None = None) -> list[Outcome]:
    """What Great Expectations says of each rule; a rule it says nothing of was not checked. One per rule."""
    expectations = [
        _expectation(rule, number, subject.contract, mostly=_mostly(rule, tolerance))
        for number, rule in enumerate(rules)
    ]
    results = _results(_table(subject, rules), expectations)
    found = {result.expectation_config.meta["rule"]: result for result in results}
    return [_outcome(rule, found.get(number)) for number, rule in enumerate(rules)]


def _results(table: DataFrame, expectations: Sequence[Any]) -> Sequence[Any]:
    """Great Expectations' results for one table, every broken row by its number."""
    with quick_json_schema():
        import great_expectations as gx

    suite = gx.ExpectationSuite(name="contract", expectations=list(expectations))
    result_format = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": [ROW],
        "return_unexpected_index_query": False,
    }
    batch = _tables().get_batch({"dataframe": table})
    with _described_once():
        results: Sequence[Any] = batch.validate(suite, result_format=result_format).results
    return results


@contextmanager
def _described_once() -> Iterator[None]:
    """Within it each expectation is described to Great Expectations once, not at each of the many looks it takes.

    It would make the same description anew for every argument it reads, which is half of the time that checking takes.
    """
    from great_expectations.expectations import expectation as expectations

    kind: Any = expectations.Expectation
    anew, made = kind.configuration, dict[int, tuple[Any, Any]]()

    def once(expectation: Any) -> Any:
        number = id(expectation)
        if number not in made:
            made[number] = (expectation, anew.fget(expectation))  # it is kept, so that no other gets its number
        return made[number][1]

    kind.configuration = property(once)
    try:
        yield
    finally:
        kind.configuration = anew


@cache
def _tables() -> Any:
    """Great Expectations' way to a table in memory: no files, no progress bars. Made once: it is slow to make."""
    with quick_json_schema():
        import great_expectations as gx
        from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    # The default would leave a folder for a web site of results behind in the temporary folder.
    nothing_kept = DataContextConfig(store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False))
    context: Any = gx.get_context(mode="ephemeral", project_config=nothing_kept)
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("all")


def _expectation(rule: Rule, number: int, contract: Contract, *, mostly: float = 1.0) -> Any:
    """A rule as an expectation; one of our conditions as "the column of its answers holds nothing but True".

    Raises:
        WrongUse: there is no such expectation, or it takes no such arguments.
    """
    with quick_json_schema():
        import great_expectations.expectations as gxe

    is_ours = rule.expectation in CONDITIONS
    told = {"column": _answers(number), "value_set": [True]} if is_ours else dict(rule.arguments)
    told |= {"mostly": mostly} if mostly < 1 else {}
    expectation = getattr(gxe, HOLDS if is_ours else rule.expectation, None)
    where = f'{contract.dataset}.odcs.yaml, rule "{rule.name}"'
    if expectation is None:
        raise WrongUse(f'{where}: there is no expectation or condition "{rule.expectation}". Correct type or engine.')
    try:
        return expectation(**told, meta={"rule": number}, severity=GX_SEVERITY[rule.severity])
    except (TypeError, ValueError) as error:
        raise WrongUse(f"{where}: {rule.expectation} does not take these kwargs. Correct them.") from error


def _outcome(rule: Rule, result: Any | None) -> Outcome:
    """One rule's result, read; an exception inside Great Expectations is no answer."""
    if result is None or has_raised(result.exception_info):
        return Outcome(rule, is_checked=False)
    rows = [int(entry[ROW]) for entry in result.result.get("unexpected_index_list") or ()]
    judged = result.result.get("element_count", 0) - (result.result.get("missing_count") or 0)
    return Outcome(rule, rows=sorted(rows), is_broken=not result.success, judged=judged)


def has_raised(told: Mapping[str, Any]) -> bool:
    """Whether an expectation raised: its exception_info is flat, or holds one for each metric."""
    if "raised_exception" in told:
        return bool(told["raised_exception"])
    return any(part.get("raised_exception") for part in told.values())


def _table(subject: Subject, rules: Sequence[Rule]) -> DataFrame:
    """The frame with its rows numbered and each condition's answers beside it. One row per row."""
    answers = {
        _answers(number): _judged(rule, CONDITIONS[rule.expectation](subject, **rule.arguments), subject)
        for number, rule in enumerate(rules)
        if rule.expectation in CONDITIONS
    }
    frame = subject.frame.reset_index(drop=True)
    return pd.concat([frame, DataFrame({ROW: range(len(frame)), **answers}, index=frame.index)], axis=1)


def _judged(rule: Rule, answers: Series, subject: Subject) -> Any:
    """The answers of a condition; of a link none where it is blank, so that a share is one of the links there are."""
    if _other_dataset(rule) is None:
        return answers.to_numpy(dtype=bool)
    return answers.astype("boolean").mask(subject.frame[rule.arguments["column"]].isna()).array


def _answers(number: int) -> str:
    """The name of the column that holds a condition's answers."""
    return f"answers to rule {number}"


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
    labels = labels_of(subject) if any(outcome.rows for outcome in found) else []
    for outcome in found:
        rule = outcome.rule
        for number in outcome.rows:
            place = labels[number]
            yield Issue(
                subject.contract.dataset, rule.name, rule.severity, rule.description, column=column_of(rule), **place
            )


def _twin_issue(contract: Contract, name: str) -> Issue:
    message = f'Two columns are called "{name}", capitals apart, so neither can be checked. Keep one.'
    return Issue(contract.dataset, "column-twice", "error", message, column=name)


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
    joined = DataFrame(dict(enumerate(parts))).agg("+".join, axis=1) if len(frame) else parts[0]
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
