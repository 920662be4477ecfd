"""The pictures of the actions report."""

from pictures import names
from small import month, tables

from qa_analysis.reports.actions.charts import flow_of_actions, time_to_complete

DONE = {"agreed_on": "2023-04-01", "completed_on": "2023-04-02"}


def test_the_last_day_in_time_is_named_above_the_axes() -> None:
    picture = time_to_complete(month(tables(audits=[{}], actions=[DONE] * 9 + [{"agreed_on": "2023-04-01"}])))
    picture.canvas.draw()
    [label] = picture.axes[0].texts
    assert label.get_text() == "day 40"
    assert label.get_window_extent().y0 >= picture.axes[0].get_window_extent().y1


def test_what_is_open_at_the_end_of_a_month_is_a_line_over_what_was_agreed_and_closed() -> None:
    [axes] = flow_of_actions(month(tables(audits=[{}], actions=[DONE, {"agreed_on": "2023-04-01"}]))).axes
    assert [bars.get_label() for bars in axes.containers] == ["agreed", "closed"]
    april = names(axes.get_xticklabels()).index("Apr\n23")
    assert [bars.patches[april].get_height() for bars in axes.containers] == [2, 1]
    [line] = axes.lines
    assert (line.get_label(), line.get_ydata()[april]) == ("open at the end", 1)
