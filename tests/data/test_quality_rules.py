"""Each rule of each contract has a record that keeps it and one that breaks it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd
import pytest
from example_frames import CONTRACTS, frame, good_row

from qa_analysis.data.contracts import Rule
from qa_analysis.data.expectations import FOUNDATIONS, column_of, rules_of
from qa_analysis.data.quality import check

BESIDE = -1  # the number of a record that is only there to be compared with


@dataclass(frozen=True)
class Case:
    """A record of a dataset that keeps or breaks a rule, and the records it is compared with."""

    dataset: str
    rule: Rule
    is_kept: bool
    records: Sequence[Mapping[str, Any]]
    others: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Dataset, rule and column, to know the test by."""
        return f"{self.dataset}-{self.rule.name}-{column_of(self.rule)}-{'kept' if self.is_kept else 'broken'}"


def written_cases() -> Iterator[Case]:
    """The two examples of each rule that a contract writes out or that an option of a column amounts to."""
    for dataset, contract in CONTRACTS.items():
        for rule in contract.rules:
            for is_kept, example in ((True, rule.passes), (False, rule.fails)) if rule.fails else ():
                own = {name: value for name, value in example.items() if not isinstance(value, list)}
                others = {name: value for name, value in example.items() if isinstance(value, list)}
                yield Case(dataset, rule, is_kept, [own], others)


def implied_cases() -> Iterator[Case]:
    """A record that breaks each rule which follows from a column, and a good one."""
    values = {"value-missing": None, "code-not-in-list": "no such code", "grade-not-known": "Good/RI"}
    for dataset, contract in CONTRACTS.items():
        written = {rule.name for rule in contract.rules}
        for rule in rules_of(contract):
            if rule.name not in {*FOUNDATIONS, *written}:
                bad = {rule.arguments.get("column", ""): values.get(rule.name, "nowhere")}
                yield Case(dataset, rule, False, [{}, {}] if rule.name == "duplicate-key" else [bad])
                yield Case(dataset, rule, True, [{}])


CASES = [*written_cases(), *implied_cases()]


def found_in(cases: Mapping[int, Case]) -> set[tuple[str, str, str, int]]:
    """Dataset, rule, column and number of every case that breaks a rule, all checked at once."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTRACTS}
    for number, case in cases.items():
        rows[case.dataset] += [good_row(case.dataset, number, **record) | {"row": number} for record in case.records]
        beside = {name: [{}] for name in ("audits", "conferences", "findings") if name != case.dataset}
        for name, records in {**beside, **case.others}.items():
            key = {"audit_id": f"A{number}"} if name == "audit_answers" else {}
            rows[name] += [good_row(name, number, **key, **record) | {"row": BESIDE} for record in records]
    issues = check({name: frame(name, *records) for name, records in rows.items() if records}, CONTRACTS)
    numbers = {(name, at + 2): record["row"] for name, records in rows.items() for at, record in enumerate(records)}
    places = zip(issues["dataset"], issues["rule"], issues["column"].fillna(""), issues["row"], strict=True)
    return {(name, rule, column, numbers[name, row]) for name, rule, column, row in places if not pd.isna(row)}


@cache
def all_found() -> set[tuple[str, str, str, int]]:
    """What all cases break. Those compared with records of their own dataset are checked apart, not to meet."""
    apart = {number: case for number, case in enumerate(CASES) if case.dataset in case.others}
    together = {number: case for number, case in enumerate(CASES) if number not in apart}
    return found_in(together).union(*(found_in({number: case}) for number, case in apart.items()))


def names_found(*, is_kept: bool) -> tuple[set[str], set[str]]:
    """The names of the cases that are to keep (or to break) their rule, and of those among them that break it."""
    cases = {number: case for number, case in enumerate(CASES) if case.is_kept is is_kept}
    broken = {
        case.name
        for number, case in cases.items()
        if (case.dataset, case.rule.name, column_of(case.rule) or "", number) in all_found()
    }
    return {case.name for case in cases.values()}, broken


@pytest.mark.slow
def test_each_rule_of_each_contract_is_kept_by_a_record_that_is_as_it_should_be():
    assert names_found(is_kept=True)[1] == set()


def test_each_rule_of_each_contract_is_broken_by_a_record_that_is_not():
    bad, found = names_found(is_kept=False)
    assert bad - found == set()
    assert len(bad) > 250


def test_a_good_record_of_each_dataset_breaks_nothing_at_all():
    good = {number for number, case in enumerate(CASES) if case.is_kept and case.records == [{}]}
    assert not {rule for _, rule, _, number in all_found() if number in good}
