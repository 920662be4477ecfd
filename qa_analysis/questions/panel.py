"""The question notebook's drop-downs: choose, and the answer follows, with the line that would have asked the same."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.errors import Refusal
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.questions.asked import short_name
from qa_analysis.questions.kinds import QUESTIONS
from qa_analysis.questions.query import Questions
from qa_analysis.questions.scope import PANEL
from qa_analysis.telling.blocks import Html, code, paragraph, status

LABELS: Final[Mapping[str, str]] = {
    "question": "Question", "by": "Split by", "since": "From", "until": "To", "then": "Compared with", "now": "Now",
    "service": "Service", "team": "Team", "area": "Key area", "theme": "Theme", "route": "Route",
    "polarity": "Strengths or areas for development",
}  # fmt: skip
BLANK: Final[Mapping[str, str]] = {  # what the first, empty choice of each means
    "by": "not split", "since": "as usual", "until": "the newest", "then": "six months before",
    "now": "the newest three months", "service": "every service", "team": "every team", "area": "overall",
    "theme": "every theme", "route": "as usual", "polarity": "both",
}  # fmt: skip
ROWS: Final = (
    ("question", "by"),
    ("since", "until", "then", "now"),
    ("service", "team"),
    ("area", "theme", "route", "polarity"),
)
BAR = {"margin": "0.5rem 0 1rem 7.5rem", "align_items": "center"}  # under the drop-downs, past their labels
WIDE, LABEL = "25rem", "7.5rem"

Options = list[tuple[str, str]]


def panel(qa: Questions) -> object:
    """The drop-downs on open data; without ipywidgets a line that says how to do without."""
    try:
        import ipywidgets
    except ImportError:
        return paragraph("The drop-downs need JupyterLab (qa-analysis explore). The lines below do the same without.")
    return Panel(qa, ipywidgets).box


def options(qa: Questions, word: str, *, question: str, service: str) -> Options:
    """What a drop-down offers, the blank first. Each with the title people read and the value that is asked."""
    held, kind = qa.held, QUESTIONS[question]
    if word == "question":
        return [(one.asks, name) for name, one in QUESTIONS.items()]
    blank = BLANK[word]
    if word == "by":
        blank = f"{short_name(kind.by_itself)}, as usual" if kind.by_itself else blank
        named: Iterable[tuple[str, str]] = ((short_name(column), short_name(column)) for column in kind.by)
    elif word in ("now", "then"):
        named = quarters(held.cycles)
    elif word in ("since", "until"):
        named = ((month_name(cycle), cycle) for cycle in reversed(held.cycles))
    elif word == "team":
        named = ((title, value) for value, title in held.teams_of(service).items())
    else:
        key = "panel route" if word == "route" and question in PANEL else word
        named = ((title, value) for value, title in held.choices[key].items())
    return [(blank, ""), *((at_first(title), value) for title, value in named)]


def quarters(cycles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every three cycles running, the newest first: a month alone seldom has audits enough to be compared."""
    for first, last in reversed(list(zip(cycles, cycles[POOLED_CYCLES - 1 :], strict=False))):
        yield f"{month_name(first)} to {month_name(last)}", f"{first}/{last}"


def asked_for(question: str, values: Mapping[str, str]) -> dict[str, str]:
    """The words of the call: those that were chosen and that the question knows."""
    return {word: value for word, value in values.items() if value and word in QUESTIONS[question].words}


class Panel:
    """Drop-downs, an answer, and the button that keeps it. What is chosen is held by the drop-downs alone."""

    def __init__(self, qa: Questions, widgets: Any) -> None:
        self.qa = qa
        self.choose = {word: self._drop_down(word, label, widgets) for word, label in LABELS.items()}
        self.shown, self.line, self.kept = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.keep = widgets.Button(
            description="Save this answer",
            icon="save",
            button_style="primary",
            tooltip="Saves the answer as a page of its own, once it has been checked for names",
        )
        rows = [widgets.HBox([self.choose[word] for word in row], layout={"flex_flow": "row wrap"}) for row in ROWS]
        self.box = widgets.VBox([*rows, widgets.HBox([self.keep, self.kept], layout=BAR), self.shown, self.line])
        self._redraw()
        for drop_down in self.choose.values():
            drop_down.observe(self._changed, names="value")
        self.keep.on_click(self._save)

    def _drop_down(self, word: str, label: str, widgets: Any) -> Any:
        return widgets.Dropdown(
            options=options(self.qa, word, question="grades", service=""),
            value="grades" if word == "question" else "",
            description=label,
            style={"description_width": LABEL},
            layout={"width": WIDE},
        )

    def _changed(self, change: Mapping[str, Any]) -> None:
        """A question brings its own splits and routes, a service its own teams; what no longer fits is left out."""
        if change["owner"] is self.choose["question"]:
            self._offer("by", "route")
        if change["owner"] is self.choose["service"]:
            self._offer("team")
        self._redraw()

    def _offer(self, *words: str) -> None:
        for word in words:
            drop_down = self.choose[word]
            drop_down.unobserve(self._changed, names="value")
            before, fresh = drop_down.value, self._fresh(word)
            drop_down.options = fresh
            drop_down.value = before if before in dict(fresh).values() else ""
            drop_down.observe(self._changed, names="value")

    def _fresh(self, word: str) -> Options:
        question, service = self.choose["question"].value, self.choose["service"].value
        return options(self.qa, word, question=question, service=service)

    def _redraw(self) -> None:
        question = self.choose["question"].value
        for word, drop_down in self.choose.items():
            is_known = word == "question" or word in QUESTIONS[question].words
            drop_down.layout.display = "" if is_known else "none"
        words = asked_for(question, {word: drop_down.value for word, drop_down in self.choose.items()})
        self.answer = self.qa.ask(question, **words)
        self.shown.value = self.answer._repr_html_()
        self.line.value = (paragraph("The same in one line:") + code(self.answer.call)).markup
        self.keep.disabled, self.kept.value = not self.answer.is_given, ""

    def _save(self, _: object) -> None:
        self.kept.value = status("Checking that nobody is named …").markup
        self.keep.disabled = True
        self.kept.value = _saved(self.qa, self.answer).markup
        self.keep.disabled = False


def _saved(qa: Questions, answer: Any) -> Html:
    """Where the answer went, or why it went nowhere."""
    try:
        path: Path = qa.save(answer)
    except Refusal as refusal:
        return status(str(refusal))
    return status(f"Saved as {path.name} in the folder {path.parent.name}.")
