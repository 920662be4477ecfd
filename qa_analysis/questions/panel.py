"""The question notebook's drop-downs: choose, and the answer follows, with the line that would have asked the same."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.errors import Refusal
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.questions.dimensions import one_of, short_name
from qa_analysis.questions.kinds import QUESTIONS, usual_route
from qa_analysis.questions.narrowing import PANEL, REGRADED
from qa_analysis.questions.placed import DATASETS
from qa_analysis.questions.query import TREND_CYCLES, YEAR, Questions
from qa_analysis.telling.blocks import Html, code, paragraph, status

LABELS: Final[Mapping[str, str]] = {
    "question": "Question", "by": "Break down by", "since": "From", "until": "To", "then": "Compared with",
    "now": "Now", "service": "Service", "team": "Team", "area": "Key area", "prompt": "Prompt", "subject": "Subject",
    "kind": "Kind", "theme": "Audit theme", "route": "Route", "age": "Age of child", "status": "Case status",
    "role": "Auditor’s role", "level": "Level", "safeguarding": "Safeguarding",
    "polarity": "Strengths or areas for development",
}  # fmt: skip
BLANK: Final[Mapping[str, str]] = {  # what the first, empty choice of each means
    "by": "no breakdown", "until": "the newest month", "then": "the same months half a year before",
    "now": "the newest three months", "service": "every service", "team": "every team", "area": "overall",
    "theme": "every theme", "polarity": "both", "prompt": "every prompt", "subject": "every subject",
    "kind": "every kind", "age": "every age", "status": "every status", "role": "every role", "level": "every level",
    "safeguarding": "whether about safeguarding or not",
}  # fmt: skip
ROWS: Final = (
    ("question", "by"),
    ("since", "until", "then", "now"),
    ("service", "team"),
    ("area", "prompt", "subject", "kind"),
    ("theme", "route"),
    ("age", "status", "role", "level", "safeguarding", "polarity"),
)
OF_THE_QUESTION: Final = ("by", "since", "service", "team", "area", "route", "subject", "kind")  # offered anew with it
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
    if word == "by":
        named: Iterable[tuple[str, str]] = ((one_of(column), short_name(column)) for column in kind.by)
    elif word in ("now", "then"):
        named = quarters(held.cycles)
    elif word in ("since", "until"):
        named = ((month_name(cycle), cycle) for cycle in reversed(held.cycles))
    elif word == "team" and question not in DATASETS:
        named = ((title, value) for value, title in held.teams_of(service).items())
    else:
        key = "panel route" if word == "route" and question in PANEL else word
        named = ((title, value) for value, title in held.choices_of(key, question).items())
    return [(blank(qa, word, question), ""), *((at_first(title), value) for title, value in named)]


def blank(qa: Questions, word: str, question: str) -> str:
    """What is asked where nothing is chosen, as a person says it."""
    kind = QUESTIONS[question]
    if word == "by" and kind.by_itself:
        return f"{one_of(kind.by_itself)}, as usual"
    if word == "since":
        months = TREND_CYCLES if question == "trend" else YEAR
        return "from the beginning" if kind.is_whole else f"{months} months to the newest"
    if word == "route":
        routes = qa.held.choices["panel route" if question in PANEL else "route"]
        usual = usual_route(kind, qa.held.tables.rules)
        return f"{routes.get(usual, usual)}, as usual"
    if word == "area" and question not in (*REGRADED, "change"):
        return "every key area"
    return BLANK[word]


def quarters(cycles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every three cycles running, the newest first: a month alone seldom has audits enough to be compared."""
    for first, last in reversed(list(zip(cycles, cycles[POOLED_CYCLES - 1 :], strict=False))):
        yield f"{month_name(first)} to {month_name(last)}", f"{first}/{last}"


def asked_for(question: str, values: Mapping[str, str]) -> dict[str, str]:
    """The words of the call: those that were chosen and that the question knows."""
    return {word: value for word, value in values.items() if value and word in QUESTIONS[question].words}


class Panel:
    """Drop-downs, the filters in force, an answer, and the button that keeps it. The drop-downs hold what is chosen."""

    def __init__(self, qa: Questions, widgets: Any) -> None:
        self.qa, self._widgets = qa, widgets
        self.choose = {word: self._drop_down(word, label, widgets) for word, label in LABELS.items()}
        self.shown, self.line, self.kept = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.keep = widgets.Button(
            description="Save this answer",
            icon="save",
            button_style="primary",
            tooltip="Saves the answer as a page of its own, once it has been checked for names",
        )
        self.clear = widgets.Button(description="Clear", icon="times", tooltip="Removes every filter")
        self.chips = widgets.HBox([], layout={"flex_flow": "row wrap"})
        rows = [widgets.HBox([self.choose[word] for word in row], layout={"flex_flow": "row wrap"}) for row in ROWS]
        bar = widgets.HBox([self.keep, self.clear, self.kept], layout=BAR)
        self.box = widgets.VBox([*rows, bar, self.chips, self.shown, self.line])
        self._redraw()
        for drop_down in self.choose.values():
            drop_down.observe(self._changed, names="value")
        self.keep.on_click(self._save)
        self.clear.on_click(self._clear)

    def _drop_down(self, word: str, label: str, widgets: Any) -> Any:
        return widgets.Dropdown(
            options=options(self.qa, word, question="grades", service=""),
            value="grades" if word == "question" else "",
            description=label,
            style={"description_width": LABEL},
            layout={"width": WIDE},
        )

    def _changed(self, change: Mapping[str, Any]) -> None:
        """A question brings its own splits and filters, a service its own teams; what no longer fits is left out."""
        if change["owner"] is self.choose["question"]:
            self._offer(*OF_THE_QUESTION)
        if change["owner"] is self.choose["service"]:
            self._offer("team")
        self._redraw()

    def _offer(self, *words: str) -> None:
        for word in words:
            drop_down = self.choose[word]
            before, fresh = drop_down.value, self._fresh(word)
            self._set(word, before if before in dict(fresh).values() else "", options=fresh)

    def _set(self, *words_and_value: str, options: Options | None = None) -> None:
        """Choose a value of some drop-downs without asking in between."""
        *words, value = words_and_value
        for word in words:
            drop_down = self.choose[word]
            drop_down.unobserve(self._changed, names="value")
            if options is not None:
                drop_down.options = options
            drop_down.value = value
            drop_down.observe(self._changed, names="value")

    def _fresh(self, word: str) -> Options:
        question, service = self.choose["question"].value, self.choose["service"].value
        return options(self.qa, word, question=question, service=service)

    def _clear(self, _: object = None) -> None:
        """Every choice but the question as it was at first."""
        self._set(*(word for word in self.choose if word != "question"), "")
        self._offer("team")
        self._redraw()

    def _remove(self, word: str) -> None:
        self._set(word, "")
        if word == "service":
            self._offer("team")
        self._redraw()

    def _redraw(self) -> None:
        question = self.choose["question"].value
        for word, drop_down in self.choose.items():
            is_known = word == "question" or word in QUESTIONS[question].words
            drop_down.layout.display = "" if is_known else "none"
        words = asked_for(question, {word: drop_down.value for word, drop_down in self.choose.items()})
        self.chips.children = tuple(self._chip(word) for word in words)
        self.clear.disabled = not words
        self.answer = self.qa.ask(question, **words)
        self.shown.value = self.answer._repr_html_()
        self.line.value = (paragraph("The same in one line:") + code(self.answer.call)).markup
        self.keep.disabled, self.kept.value = not self.answer.is_given, ""

    def _chip(self, word: str) -> Any:
        """A filter in force, as a button that removes it."""
        drop_down = self.choose[word]
        said = f"{LABELS[word]}: {drop_down.label}"
        chip = self._widgets.Button(
            description=f"{said} ✕", tooltip=f"Remove {said}", layout={"width": "auto", "margin": "0 0.5rem 0.25rem 0"}
        )
        chip.on_click(lambda _: self._remove(word))
        return chip

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
