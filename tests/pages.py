"""Pages as a run renders them, from cells written by hand: every kind of block a report has."""

# mypy: allow-untyped-calls

import base64
import io
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from qa_analysis.forms.html.page import to_html
from qa_analysis.framework import usual_words

TITLE = new_markdown_cell("# Is practice good enough?")


def shown(markup: str) -> NotebookNode:
    """A cell whose output is HTML of a display helper."""
    output = new_output("display_data", {"text/html": markup, "text/plain": "<not for readers>"})
    cell: NotebookNode = new_code_cell("secret_code()", execution_count=1, outputs=[output])
    return cell


def rendered(folder: Path, *cells: NotebookNode, title: str = "SMT report") -> Path:
    executed, page = folder / "executed.ipynb", folder / "page.html"
    nbformat.write(new_notebook(cells=list(cells)), executed)
    to_html(executed, page, title=title, council=usual_words())
    return page


def a_picture() -> str:
    drawn = io.BytesIO()
    Image.new("P", (700, 350), 7).save(drawn, format="png")
    return base64.b64encode(drawn.getvalue()).decode("ascii")


def a_report() -> list[NotebookNode]:
    """Every kind of block a report has."""
    return [
        TITLE,
        shown('<div class="cover"><p>Audit cycle June 2023, data as at 10 July 2023</p></div>'),
        shown('<p class="lead">15 of 38 audits were graded good or better.</p>'),
        new_markdown_cell("## What you decided last month"),
        shown('<p class="absent">Decisions: not supplied this month.</p>'),
        new_markdown_cell("## The month in five sentences\n\nMore in [grades](#grades-by-key-area)."),
        shown('<ol class="claims"><li>15 of 38 (39%, likely range 26% to 55%).</li><li>Two.</li></ol>'),
        new_markdown_cell("## Grades by key area\n\n### Now and then"),
        shown(
            '<table class="figures"><caption>Grades</caption><thead><tr><th scope="col">Area</th>'
            '<th scope="col" class="number">Good or better</th></tr></thead><tbody><tr><th scope="row">Assessment</th>'
            '<td class="number">24 of 38</td></tr></tbody></table>'
        ),
        shown(
            f'<figure class="chart"><img alt="Grades by month" src="data:image/png;base64,{a_picture()}">'
            "<figcaption>Grades by month, n under each point.</figcaption></figure>"
        ),
        shown('<section class="note"><h3>Data quality</h3><p>Twelve warnings.</p></section>'),
        new_markdown_cell("## Method"),
        shown('<ul class="sources"><li>audits.xlsx, 42 rows</li></ul>'),
    ]
