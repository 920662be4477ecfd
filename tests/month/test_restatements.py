import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
from small import month, tables

from qa_analysis.month.figures import Written
from qa_analysis.month.files import write_month
from qa_analysis.month.month import Month
from qa_analysis.month.restatements import restated
from qa_analysis.publishing.earlier import published_figures


def audited(number: int) -> Month:
    """A month of so many audits, of which it is told how many were done and nothing more."""
    whole = month(tables(audits=[{}] * number))
    return replace(whole, held=Written(whole.held.of("audits_completed")))


def publish(outputs: Path, name: str, held: Month) -> None:
    write_month(held, outputs / name / "tables")
    (outputs / name / "manifest.json").write_text(json.dumps({}))


def test_nothing_published_before_means_nothing_restated(tmp_path: Path) -> None:
    assert restated(month(tables(audits=[{}])), published_figures(tmp_path, "2023-06")).empty


def test_the_same_data_restate_nothing(tmp_path: Path) -> None:
    publish(tmp_path, "2023-06", month(tables(audits=[{}])))
    assert restated(month(tables(audits=[{}])), published_figures(tmp_path, "2023-06")).empty


def test_an_audit_that_came_late_is_told_with_both_numbers(tmp_path: Path) -> None:
    publish(tmp_path, "2023-06", audited(1))
    changes = restated(audited(2), published_figures(tmp_path, "2023-06"))
    row = changes[(changes["measure"] == "audits_completed") & (changes["by"] == "")].iloc[0]
    assert (row["published_in"], row["then"], row["now"]) == ("2023-06", 1, 2)


def test_a_publication_that_still_names_reports_is_compared_as_well(tmp_path: Path) -> None:
    publish(tmp_path, "2023-06", audited(1))
    file = tmp_path / "2023-06" / "tables" / "measures.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False).drop(columns=["verdict", "reasons"])
    table.assign(report="smt-report").to_csv(file, index=False)
    changes = restated(audited(2), published_figures(tmp_path, "2023-06"))
    assert "audits_completed" in set(changes["measure"])


def test_only_the_newest_revision_is_compared(tmp_path: Path) -> None:
    publish(tmp_path, "2023-06", audited(1))
    publish(tmp_path, "2023-06-r2", audited(2))
    assert restated(audited(2), published_figures(tmp_path, "2023-06")).empty


def test_a_folder_without_a_manifest_was_never_published(tmp_path: Path) -> None:
    publish(tmp_path, "2023-06", audited(1))
    (tmp_path / "2023-06" / "manifest.json").unlink()
    assert restated(audited(2), published_figures(tmp_path, "2023-06")).empty
