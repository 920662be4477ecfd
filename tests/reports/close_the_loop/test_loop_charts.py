"""The picture of closing the loop."""

from dataclasses import replace

from pictures import ODD, assert_printable, graded, names, written

from qa_analysis.reports.close_the_loop.charts import changes


def test_every_grade_that_was_compared_has_its_verdict_beside_it() -> None:
    month = graded(*[0] * 3, *[10] * 6, *[20] * 3)
    [axes] = changes(month).axes
    rows = names(axes.get_yticklabels())
    assert rows[0] == "Overall grade"
    told = {rows[int(text.xy[1])]: text.get_text() for text in axes.texts}
    assert len(told) == len(rows) == 1 + len(month.rules.key_areas)
    assert told["Overall grade"] == "improving*"


def test_a_control_character_in_the_name_of_an_area_is_not_drawn() -> None:
    usual = graded(*[8] * 12)
    rules = replace(usual.rules, key_areas={area: f"{ODD} {area}" for area in usual.rules.key_areas})
    assert_printable(written(changes(replace(usual, rules=rules))))
