"""The pictures of the moderation report."""

from dataclasses import replace

from pictures import ODD, assert_printable, graded, written

from qa_analysis.reports.moderation.charts import auditors_or_panel


def test_a_control_character_in_the_name_of_an_area_is_not_drawn() -> None:
    usual = graded(*[8] * 12)
    rules = replace(usual.rules, key_areas={area: f"{ODD} {area}" for area in usual.rules.key_areas})
    assert_printable(written(auditors_or_panel(replace(usual, rules=rules))))
