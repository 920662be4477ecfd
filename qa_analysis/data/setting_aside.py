"""Sets aside what cannot be used: rows of which an error promise is broken, and records that hang on them.

A row goes where its key, date, link or another essential column is at fault; elsewhere its cell alone counts as blank.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.aside import ASIDE_COLUMNS, COLUMN, PARENT, RULE, no_aside, with_reasons
from qa_analysis.data.conditions import Subject
from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.issues import Issue, issue_table
from qa_analysis.data.quality import keys_of, labels_of
from qa_analysis.data.reading.raw import Extract

PLACE = ["file", "sheet", "row", "key"]
SOURCE = ["source_file", "source_sheet", "source_row"]
NAMES = {"source_file": "file", "source_sheet": "sheet", "source_row": "row"}


@dataclass(frozen=True)
class Settled:
    """What can be used, what was set aside, and the issues with those of records that hang on others."""

    frames: dict[str, DataFrame]
    aside: dict[str, DataFrame]
    issues: DataFrame


def settled(
    frames: Mapping[str, DataFrame],
    aside: Mapping[str, DataFrame],
    contracts: Mapping[str, Contract],
    issues: DataFrame,
) -> Settled:
    """The datasets without what cannot be used. `aside` is what was left out already."""
    kept, left, told = dict(frames), dict(aside), list[Issue]()
    for name, frame in frames.items():
        broken = issues[issues["dataset"].eq(name) & issues["severity"].eq("error") & issues["row"].notna()]
        kept[name], gone = _without_broken(frame, contracts[name], broken)
        left[name] = _added(left.get(name), gone)
    for name in frames:  # in the contracts' order: what others lead to comes first
        for column in contracts[name].columns:
            if column.references:
                told += _part_from(kept, left, contracts[name], column)
    return Settled(kept, left, pd.concat([issues, issue_table(told)], ignore_index=True))


def aside_table(aside: Mapping[str, DataFrame], contracts: Mapping[str, Contract]) -> DataFrame:
    """Every record set aside, of all datasets, without what it holds: where it stands, whose it is and why.

    One row per record.
    """
    tables = [_told(contracts[dataset], rows) for dataset, rows in aside.items() if len(rows)]
    return pd.concat(tables, ignore_index=True) if tables else no_aside()


def _told(contract: Contract, rows: DataFrame) -> DataFrame:
    named = rows.rename(columns={**NAMES, RULE: "rule", COLUMN: "column"})
    told = named.assign(dataset=contract.dataset, key=keys_of(rows, contract)).reindex(columns=list(ASIDE_COLUMNS))
    return told.astype({name: "Int64" if name == "row" else "str" for name in ASIDE_COLUMNS}).fillna(
        {"sheet": "", "column": ""}
    )


def recounted(extracts: tuple[Extract, ...], aside: DataFrame) -> tuple[Extract, ...]:
    """The extracts with the records that were set aside after reading among those listed. One per extract."""
    later = Counter(aside[["dataset", "file", "sheet"]].itertuples(index=False, name=None))
    for extract in extracts:
        later[_place_of(extract)] -= extract.rows_set_aside  # these were told when they were read
    return tuple(_less(extract, later) for extract in extracts)


def _place_of(extract: Extract) -> tuple[str, str, str]:
    return extract.dataset, extract.file, extract.sheet


def _less(extract: Extract, later: Counter[tuple[str, str, str]]) -> Extract:
    """An extract with as many of its sheet's records set aside as it has; a sheet may be read several times."""
    more = min(later[_place_of(extract)], extract.rows_loaded)
    later[_place_of(extract)] -= more
    return replace(
        extract,
        rows_loaded=extract.rows_loaded - more,
        rows_listed=extract.rows_listed + more,
        rows_set_aside=extract.rows_set_aside + more,
    )


def _added(one: DataFrame | None, other: DataFrame) -> DataFrame:
    """Two parts of what is set aside as one."""
    return other if one is None or one.empty else one if other.empty else pd.concat([one, other], ignore_index=True)


def _without_broken(frame: DataFrame, contract: Contract, broken: DataFrame) -> tuple[DataFrame, DataFrame]:
    """The rows that can be used, cells at fault blank, and those that cannot, with the reason."""
    if broken.empty:
        return frame, with_reasons(frame.iloc[:0], [])
    by_cell = broken["column"].map(lambda name: _is_a_cell(name, contract)).astype(bool)
    frame = _blanked(frame, contract, broken[by_cell])
    reasons = _first_reasons(broken[~by_cell])
    places = pd.MultiIndex.from_frame(_places(frame, contract))
    goes = pd.Series(places.isin(list(reasons)), index=frame.index)
    gone = with_reasons(frame[goes], [reasons[place] for place in places[goes.to_numpy()]])
    return frame[~goes].reset_index(drop=True), gone


def _is_a_cell(name: object, contract: Contract) -> bool:
    """Whether an issue is of one column that a row can do without."""
    columns = {column.name: column for column in contract.columns}
    return name in columns and not contract.is_essential(columns[str(name)])


def _places(frame: DataFrame, contract: Contract) -> DataFrame:
    """Where each row stands and what its key is: a row of a wide sheet may be several records. One row per row."""
    places = frame[SOURCE].rename(columns=NAMES).assign(key=keys_of(frame, contract))
    return _comparable(places)


def _comparable(places: DataFrame) -> DataFrame:
    """Places with blanks written one way."""
    return DataFrame(
        {name: places[name].astype("object").where(places[name].notna(), "") for name in PLACE}, index=places.index
    )


def _first_reasons(broken: DataFrame) -> dict[tuple[object, ...], tuple[str, str]]:
    """Why each row cannot be used: what broke first. Place -> rule and column."""
    reasons: dict[tuple[object, ...], tuple[str, str]] = {}
    whys = zip(broken["rule"], broken["column"].fillna(""), strict=True)
    for place, why in zip(_comparable(broken).itertuples(index=False, name=None), whys, strict=True):
        reasons.setdefault(tuple(place), why)
    return reasons


def _blanked(frame: DataFrame, contract: Contract, broken: DataFrame) -> DataFrame:
    """The frame with the cells at fault blank; those that could not be read are blank already."""
    if broken.empty:
        return frame
    places = pd.MultiIndex.from_frame(_places(frame, contract))
    found = {
        name: frame[name].mask(places.isin(list(map(tuple, _comparable(rows).to_numpy()))))
        for name, rows in broken.groupby("column")
    }
    return frame.assign(**{str(name): values for name, values in found.items()})


def _part_from(
    kept: dict[str, DataFrame], left: dict[str, DataFrame], contract: Contract, column: Column
) -> Iterator[Issue]:
    """Take out the records whose link leads to one that was set aside; say so of each.

    A record that can do without the link stays.
    """
    frame, gone = kept[contract.dataset], _gone(kept, left, column)
    orphans = frame[column.name].isin(gone)
    if not gone or not orphans.any():
        return
    is_row = contract.is_essential(column)
    became = "so this one is not used either" if is_row else "so this one counts without it"
    other = str(column.references).partition(".")[0]
    message = f'"{column.name}" leads to a record of {other} that is set aside, {became}. Put that record right.'
    everyone = {name: pd.concat([rows, left[name]]) if name in left else rows for name, rows in kept.items()}
    for place in labels_of(Subject(frame[orphans], contract, everyone)):
        yield Issue(contract.dataset, PARENT, "warning", message, column=column.name, **place)
    if is_row:
        reasons = [(PARENT, column.name)] * int(orphans.sum())
        left[contract.dataset] = _added(left.get(contract.dataset), with_reasons(frame[orphans], reasons))
        kept[contract.dataset] = frame[~orphans].reset_index(drop=True)


def _gone(kept: Mapping[str, DataFrame], left: Mapping[str, DataFrame], column: Column) -> set[str]:
    """The keys that a link may lead to of which every record was set aside."""
    dataset, _, key = str(column.references).partition(".")
    if dataset not in left or left[dataset].empty:
        return set()
    known: Series = kept[dataset][key] if dataset in kept else pd.Series(dtype="str")
    return set(left[dataset][key].dropna()) - set(known.dropna())
