"""What changed in what was published: the figures with their causes, the rows behind them, how figures settle."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from pandas import DataFrame

from qa_analysis.errors import WrongUse
from qa_analysis.month.causes import Earlier, changed_rows, explained, rows_table
from qa_analysis.month.digests import Digested
from qa_analysis.month.month import Month
from qa_analysis.month.restatements import LAST, restated
from qa_analysis.month.settling import settling
from qa_analysis.publishing.before.earlier import Vintage, figures_of


def with_ledger(month: Month, digested: Digested, before: Sequence[Vintage], manifest: Mapping[str, Any]) -> Month:
    """The month with what it changes of what was published before, each change with its cause.

    Rows are compared with those of the newest publication; causes are worked out for each publication of which a
    figure is another today, and for none where all are the same.
    """
    published = figures_of(before)
    before = [one for one in before if one.folder.name in published]
    if not before:
        return month
    changes = restated(month, published)
    concerned = set(changes.loc[changes["against"].eq(LAST), "published_in"]) | {before[-1].folder.name}
    rows = []
    for vintage in before:
        earlier = vintage.earlier(manifest) if vintage.folder.name in concerned else None
        if earlier is None:
            continue
        told, changes = _told(changes, earlier, published[earlier.folder], digested, month)
        rows += [told] if vintage is before[-1] and len(told) else []
    return replace(
        month,
        restated=changes,
        restated_rows=pd.concat(rows) if rows else month.restated_rows,
        settling=settling(month, published),
        compared=tuple(published),
    )


def _told(
    changes: DataFrame, earlier: Earlier, published: DataFrame, digested: Digested, month: Month
) -> tuple[DataFrame, DataFrame]:
    """What became of the rows of one publication, and the changes with the causes of its figures.

    Where its rows cannot be read, what changed is told without a cause.
    """
    try:
        of_rows = changed_rows(earlier, digested)
        told = explained(changes, earlier, of_rows, published=published, now=digested, month=month)
    except (WrongUse, PermissionError):
        return month.restated_rows, changes
    return rows_table(earlier, of_rows), told
