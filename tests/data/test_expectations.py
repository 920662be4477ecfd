from datetime import datetime

import pytest
from example_frames import CONTRACTS

from qa_analysis.data.contracts import Column, Contract, Rule
from qa_analysis.data.expectations import FOUNDATIONS, column_of, rules_of
from qa_analysis.errors import WrongUse

SMALL = Contract(
    "visits",
    "one row per visit",
    is_core=False,
    columns=(
        Column("visit_id", "id", required=True, blank="error", key=True),
        Column("audit_id", "id", references="audits.audit_id"),
        Column("mode", "code", required=True, blank="warning", codes=("seen", "not seen")),
        Column("roles", "codes", codes=("IRO", "CP chair (acting)")),
        Column("visited_on", "date"),
        Column("left_on", "date"),
    ),
)


def with_rule(rule: Rule) -> Contract:
    """The small contract with one rule of its own."""
    return Contract(SMALL.dataset, SMALL.grain, is_core=False, columns=SMALL.columns, rules=(rule,))


def rule(expectation: str, **arguments: object) -> Rule:
    """A rule of whatever kind."""
    return Rule("odd", "warning", "Odd.", expectation, arguments)


def compiled(contract: Contract) -> list[tuple[str, str | None, str]]:
    """Name, column and severity of every rule."""
    return [(each.name, column_of(each), each.severity) for each in rules_of(contract)]


def test_everything_a_contract_says_becomes_a_rule_and_what_the_rest_is_founded_on_comes_first():
    assert compiled(SMALL) == [
        ("column-missing", None, "error"),
        ("wrong-type", "visit_id", "error"),
        ("wrong-type", "audit_id", "error"),
        ("wrong-type", "mode", "error"),
        ("wrong-type", "roles", "error"),
        ("wrong-type", "visited_on", "error"),
        ("wrong-type", "left_on", "error"),
        ("value-missing", "visit_id", "error"),
        ("audit-not-found", "audit_id", "warning"),
        ("value-missing", "mode", "warning"),
        ("code-not-in-list", "mode", "warning"),
        ("code-not-in-list", "roles", "warning"),
        ("duplicate-key", "visit_id", "error"),
    ]


@pytest.mark.parametrize("dataset", CONTRACTS)
def test_every_promise_of_every_contract_has_its_rule(dataset: str):
    contract = CONTRACTS[dataset]
    names = [each.name for each in rules_of(contract)]
    assert names.count("column-missing") == names.count("duplicate-key") == 1
    assert names.count("wrong-type") == len(contract.columns)
    assert names.count("value-missing") == sum(column.blank is not None for column in contract.columns)
    in_lists = names.count("code-not-in-list") + names.count("grade-not-known")
    assert in_lists == sum(bool(column.codes) for column in contract.columns)
    links = [name for name in names if name in ("audit-not-found", "conference-not-found", "finding-not-found")]
    assert len(links) == sum(column.references is not None for column in contract.columns)
    assert {each.name for each in contract.rules} <= set(names)


@pytest.mark.parametrize("dataset", CONTRACTS)
def test_a_rule_of_one_name_and_column_is_there_once(dataset: str):
    named = [(each.name, column_of(each)) for each in rules_of(CONTRACTS[dataset])]
    assert len(set(named)) == len(named)


def test_a_pattern_is_made_to_cover_the_whole_value():
    contract = with_rule(rule("ExpectColumnValuesToMatchRegex", column="visit_id", regex="V|W"))
    assert rules_of(contract)[-1].arguments["regex"] == "^(?:V|W)$"


def test_several_codes_are_a_pattern_in_which_brackets_mean_themselves():
    (roles,) = [each for each in rules_of(SMALL) if column_of(each) == "roles" and each.name not in FOUNDATIONS]
    assert roles.arguments["regex"] == r"^(?:(?:IRO|CP\ chair\ \(acting\))(?:;(?:IRO|CP\ chair\ \(acting\)))*)$"


def test_bounds_of_a_date_become_datetimes():
    contract = with_rule(
        rule("ExpectColumnValuesToBeBetween", column="visited_on", min_value="2022-06-01", max_value=None)
    )
    told = rules_of(contract)[-1].arguments
    assert (told["min_value"], told["max_value"]) == (datetime(2022, 6, 1), None)


def test_two_dates_in_order_must_say_that_a_blank_is_no_fault():
    contract = with_rule(rule("ExpectColumnPairValuesAToBeGreaterThanB", column_A="left_on", column_B="visited_on"))
    with pytest.raises(WrongUse, match="ignore_row_if: either_value_is_missing"):
        rules_of(contract)


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        (rule("ExpectColumnValuesToNotBeNull", column="visted_on"), '"visted_on" is not a column of visits'),
        (rule("ExpectCompoundColumnsToBeUnique", column_list=["mode", "rols"]), '"rols" is not a column of visits'),
        (rule("filled_when", column="left_on", when={"visited": "filled"}), '"visited" is not a column of visits'),
        (rule("filled_when", column="left_on"), "cannot be asked so"),
        (rule("different", column="mode", othr="roles"), "cannot be asked so"),
    ],
)
def test_a_rule_that_cannot_be_checked_as_written_is_refused(odd: Rule, told: str):
    with pytest.raises(WrongUse, match=told) as refused:
        rules_of(with_rule(odd))
    assert str(refused.value).startswith('visits.odcs.yaml, rule "odd": ')


def test_a_key_whose_part_may_be_blank_counts_the_blank_as_a_value():
    def ignored(dataset: str) -> str:
        (unique,) = [each for each in rules_of(CONTRACTS[dataset]) if each.name == "duplicate-key"]
        return str(unique.arguments["ignore_row_if"])

    assert ignored("caseload") == "any_value_is_missing"
    assert ignored("learning_events") == "all_values_are_missing"
