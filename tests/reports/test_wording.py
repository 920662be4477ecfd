from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.telling.wording import cases, part_of, percent, share_of

SHARE = Figure(measure="good_or_better", period="2023-06", population="headline routes", unit="share")


def test_counts_come_first_and_the_interval_after() -> None:
    figure = SHARE.but(value=15 / 38, lower=0.256, upper=0.553, numerator=15, denominator=38)
    assert share_of(figure, "audit") == "15 of 38 audits (39%, 26% to 55%)"
    assert share_of(figure, "audits", first=True).endswith("likely range 26% to 55%)")


def test_the_percentage_comes_first_and_what_it_rests_on_in_brackets() -> None:
    figure = SHARE.but(value=17 / 38, lower=0.301, upper=0.602, numerator=17, denominator=38)
    assert cases(figure, first=True) == " (17 of 38; likely range 30% to 60%)"
    assert part_of(figure, "audit") == "45% of audits (17 of 38; 30% to 60%)"
    assert part_of(SHARE.but(numerator=3, denominator=4).judged(TOO_FEW), "audit") == "3 of 4 audits"


def test_under_five_the_count_stands_alone() -> None:
    figure = SHARE.but(value=0.75, lower=0.3, upper=0.95, numerator=3, denominator=4)
    assert share_of(figure.judged(TOO_FEW), "audit") == "3 of 4 audits"


def test_percent_is_whole() -> None:
    assert percent(0.386) == "39%"
