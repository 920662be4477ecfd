from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.reference import reference_page

CONTRACTS = load_contracts()
PAGE = reference_page(CONTRACTS)


def test_every_dataset_column_and_rule_is_on_the_page():
    for name, contract in CONTRACTS.items():
        section = PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert all(f"`{column.name}`" in section for column in contract.columns)
        assert all(f"| `{rule.name}` | {rule.severity} | {rule.description} |" in section for rule in contract.rules)


def test_a_column_is_shown_with_all_that_holds_for_it():
    assert (
        "| **`child_id`** (required) | The child's number in the case management system; blank only where the audit is "
        "about a carer. | id |  | allowed | warning | personal (child) |"
    ) in PAGE


def test_a_rule_is_shown_with_an_example_that_breaks_it():
    assert "| moderated_on 2023-06-08; in audits: audited_on 2023-06-20 |" in PAGE


def test_every_row_of_a_table_has_as_many_cells_as_its_headings():
    rows = [line.replace("\\|", "").count("|") for line in PAGE.splitlines() if line.startswith("|")]
    assert set(rows) == {4, 5, 8}


def test_the_same_contracts_give_the_same_page():
    assert reference_page(load_contracts()) == PAGE
