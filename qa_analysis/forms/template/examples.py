"""Three examples of a record for every dataset, from the synthetic council: no person in them is real."""

from collections.abc import Mapping

from pandas import DataFrame

from qa_analysis.data.contracts import Contract
from qa_analysis.data.synthetic import council
from qa_analysis.forms.template.plain import example
from qa_analysis.framework import Rules

EXAMPLES = 3  # a dataset
LINK = 10  # what a link to an example counts for: more than all else
CYCLES = 9  # enough for every dataset to hold three

Record = dict[str, object]  # column -> what is entered


def examples(contracts: Mapping[str, Contract], rules: Rules) -> dict[str, list[Record]]:
    """The records of each dataset, by column, as they are entered; those that belong to the same audits first.

    A dataset of a council's own has none.
    """
    frames, chosen = council(cycles=CYCLES), dict[str, DataFrame]()
    for name in [name for name in contracts if name in frames]:
        frame = frames[name]
        chosen[name] = frame.loc[_fitting(frame, contracts[name], chosen, frames, contracts)].head(EXAMPLES)
    return {key: [] for key in contracts} | {
        name: [
            {column.name: example(column, row[column.name], rules) for column in contracts[name].columns}
            for row in frame.astype(object).where(frame.notna(), None).to_dict(orient="records")
        ]
        for name, frame in chosen.items()
    }


def _fitting(
    frame: DataFrame,
    contract: Contract,
    chosen: Mapping[str, DataFrame],
    frames: Mapping[str, DataFrame],
    contracts: Mapping[str, Contract],
) -> list[int]:
    """The rows in the order of how well they go with the examples chosen already. Labels of the frame."""
    suits = frame.notna().sum(axis=1) / (1 + len(frame.columns))  # of equals, the fullest
    for column in contract.columns:
        dataset, _, key = (column.references or "").partition(".")
        if dataset in chosen:
            suits = suits + LINK * frame[column.name].isin(chosen[dataset][key])
    for other in contracts.values():
        for column in other.columns if other.dataset in frames else ():
            if column.references == f"{contract.dataset}.{contract.key[0]}":
                suits = suits + frame[contract.key[0]].isin(frames[other.dataset][column.name])
    return list(suits.sort_values(ascending=False, kind="stable").index)
