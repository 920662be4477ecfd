"""Extracts that hold what an earlier month was published from: a file sent again, whatever it is called now."""

from collections.abc import Mapping, Sequence

import pandas as pd

from qa_analysis.dates import month_name
from qa_analysis.english import listed
from qa_analysis.errors import Stale
from qa_analysis.month.digests import Digested, read_digests
from qa_analysis.publishing.before.earlier import Vintage

ACCEPT = "--accept-stale"


def sent_again(digested: Digested, month: str, before: Sequence[Vintage], key: str) -> dict[str, str]:
    """The datasets that hold exactly the rows of an earlier month, each with that month.

    A month made by another key is not compared: the same person has another pseudonym there.
    """
    today = {name: digest for name, digest in digested.whole().items() if len(digested.rows.frames[name])}
    found: dict[str, str] = {}
    for one in before:
        whole = read_digests(one.folder).get("whole", {}) if one.month < month and one.told.get("key") == key else {}
        found.update({name: one.month for name, digest in today.items() if whole.get(name) == digest})
    return found


def refuse_stale(found: Mapping[str, str], digested: Digested, month: str) -> None:
    """Stop where what every cycle adds to was sent again and ends before the cycle does.

    Raises:
        Stale: naming the datasets, their files and the month they were of.
    """
    if stale := [name for name in found if _is_stale(digested, name, month)]:
        raise Stale(
            "\n".join(
                [
                    *(
                        f"{name} ({_files(digested, name)}) holds exactly the rows that {month_name(found[name])} was "
                        f"published from, and ends before {month_name(month)} does."
                        for name in stale
                    ),
                    f"Nothing was published. Export again; or, if nothing has happened since, run with {ACCEPT}.",
                ]
            )
        )


def said(found: Mapping[str, str], digested: Digested) -> tuple[str, ...]:
    """A line for each earlier month whose rows came again, with the datasets."""
    supplied = sum(len(frame) > 0 for frame in digested.rows.frames.values())
    again = {one: [name for name in found if found[name] == one] for one in sorted(set(found.values()))}
    return tuple(
        f"Same rows as published for {month_name(one)}: {'every dataset' if len(names) == supplied else listed(names)}."
        for one, names in again.items()
    )


def _is_stale(digested: Digested, dataset: str, month: str) -> bool:
    """Whether a dataset that most reports rest on has no row as late as the last day of the cycle.

    Audits say their cycle themselves: without one of it nothing is published, and with one they are not stale.
    """
    contract, frame = digested.rows.contracts[dataset], digested.rows.frames[dataset]
    if not (contract.is_core and contract.happens_on) or "cycle_month" in frame:
        return False
    newest = frame[contract.happens_on].max()
    return bool(newest < pd.Period(month, freq="M").end_time.normalize())


def _files(digested: Digested, dataset: str) -> str:
    """The files that a dataset was read from today."""
    return listed(sorted(set(digested.rows.frames[dataset]["source_file"].astype("str"))))
