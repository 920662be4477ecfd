from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from PIL import Image

from qa_analysis.telling.blocks import COLOURS, bullets, chart, paragraph, table, with_few_colours

HOSTILE = [
    '=HYPERLINK("x","y")', "<script>alert(1)</script>", "{{7*7}}", "$\\frac{", "# heading", "a\x00b",
    "\u202eright to left",
    "</table>", '" onerror="x', "<!-- ", "]]>", "&lt;b&gt;", "line\nbreak", "javascript:x", "<img src=x>",
]  # fmt: skip


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))


def structure(markup: str) -> list[tuple[str, tuple[str, ...]]]:
    reader = Tags()
    reader.feed(markup)
    return reader.tags


@settings(max_examples=400)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1)))
def test_no_text_changes_the_structure_of_a_page(text: str) -> None:
    def pieces(word: str) -> str:
        frame = pd.DataFrame({word and "a": [word], "b": [word]})
        return (table(frame, word) + paragraph(word) + bullets([word, word])).markup

    assert structure(pieces(text)) == structure(pieces("plain"))


def test_a_table_has_a_caption_and_headings_for_columns_and_rows() -> None:
    markup = table(pd.DataFrame({"Route": ["random"], "Audits": [3]}), "Audits by route", numbers=["Audits"]).markup
    assert "<caption>Audits by route</caption>" in markup
    assert '<th scope="col">Route</th>' in markup
    assert '<th scope="row">random</th>' in markup
    assert '<td class="number">3</td>' in markup


def test_a_day_stays_on_one_line_and_a_sentence_with_one_does_not() -> None:
    frame = pd.DataFrame({"Decision": ["Induction"], "Due": ["11 September 2024"], "Status": ["done 1 May 2024"]})
    markup = table(frame, "Decisions").markup
    assert '<td class="day">11 September 2024</td><td>done 1 May 2024</td>' in markup


def test_control_and_direction_marks_are_removed() -> None:
    assert paragraph("a\x00b\u202ec").markup == "<p>abc</p>"


@pytest.mark.parametrize("label", ["$\\frac{", "100% $x^$", "<b>", "a_b^c"])
def test_a_chart_draws_any_label_and_carries_its_alternative(label: str) -> None:
    with plt.rc_context({"text.parse_math": False}):
        picture, axes = plt.subplots()
        axes.set_title(label)
        markup = chart(picture, alt=label, caption="n = 3").markup
    assert structure(markup) == [
        ("figure", ("class",)), ("img", ("alt", "src")), ("figcaption", ()),
    ]  # fmt: skip


def test_the_same_picture_gives_the_same_bytes() -> None:
    def draw() -> str:
        picture, axes = plt.subplots()
        axes.plot([1, 2], [3, 4])
        return chart(picture, alt="x", caption="y").markup

    assert draw() == draw()


def test_why_there_is_no_number_may_take_several_lines_in_a_column_of_numbers() -> None:
    why = "not shown: services and teams are told of over a year, from 3 children and 2 workers"
    markup = table(
        pd.DataFrame({"Group": ["A", "B"], "Share": ["71% (36% to 92%)", why]}), "x", numbers=["Share"]
    ).markup
    assert f'<td class="number">71% (36% to 92%)</td></tr><tr><th scope="row">B</th><td>{why}</td>' in markup


def test_a_picture_of_few_colours_has_none_far_from_its_own_however_rare_it_is() -> None:
    """Paper, three colours of bars, a shade between each and paper for every step, and one letter of each of many."""
    bars = [(18, 67, 109), (240, 179, 126), (40, 161, 151)]
    shades = [tuple(255 - (255 - part) * step // 40 for part in bar) for bar in bars for step in range(41)]
    drawn = np.full((100, 400, 3), 255, dtype=np.uint8)
    for place, bar in enumerate(bars):
        drawn[20 * place : 20 * place + 15, :200] = bar
    drawn[90, : len(shades)] = shades
    few = with_few_colours(Image.fromarray(drawn))
    shown = np.asarray(few.convert("RGB"))
    assert len(few.getcolors()) <= COLOURS
    assert np.abs(shown.astype(int) - drawn).max() <= 24
    assert (shown[drawn.sum(axis=2) == 3 * 255] == 255).all()
    assert [tuple(map(int, shown[20 * place, 0])) for place in range(3)] == bars
