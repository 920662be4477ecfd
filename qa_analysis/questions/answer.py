"""One answer: a claim, its caveat, its figures, its picture and where it all came from. Or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pandas import DataFrame

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import listed
from qa_analysis.measures.figure import COLUMNS, frame_of
from qa_analysis.month import cases
from qa_analysis.month.figures import Written
from qa_analysis.month.month import NONE_RESTATED, Month
from qa_analysis.questions.asked import EVERY, HEADLINE_ROUTES, Asked, NoAnswer
from qa_analysis.questions.narrowing import PANEL
from qa_analysis.questions.opening import Held
from qa_analysis.questions.pictures import picture
from qa_analysis.questions.rows import ROWS, filters_of, finished, population
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.tables import group_titles, read_table
from qa_analysis.questions.words import caveat, in_words, sentence
from qa_analysis.telling.blocks import Html, bullets, chart, folded, framed, heading, page, paragraph, table

ASK_AGAIN = "To ask again:"  # by which a page is known as a saved answer
HOW = "In the sheet, choose Data and then Filter"
TIER = "For managers of the service only. It names nobody; do not share it further."


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer that shows itself in a notebook. One that could not be given has no figures and says what is enough."""

    question: str
    sentence: str
    caveat: str
    call: str
    provenance: Mapping[str, str]
    extracts: DataFrame
    figures: DataFrame = field(default_factory=lambda: DataFrame(columns=list(COLUMNS)))
    told: tuple[Scope, Month] | None = None
    where: str = ""  # which restricted list holds its cases, and how to filter it

    def __repr__(self) -> str:
        """The answer in plain text, for those who ask outside a notebook."""
        return "\n".join([self.question, self.sentence, self.caveat])

    @property
    def is_given(self) -> bool:
        """Whether there is an answer."""
        return self.told is not None

    @property
    def table(self) -> DataFrame:
        """The figures, in the columns of measures.csv. One row per figure; a copy, so that the answer stays."""
        return self.figures.copy()

    @cached_property
    def chart(self) -> Html | None:
        """The picture with its words; none where there is too little to draw."""
        if self.told is None:
            return None
        scope, month = self.told
        drawn = picture(scope, month, group_titles(scope.tables.rules))
        if drawn is None:
            return None
        alt = f"{self.question} {self.sentence} The same figures are in the table."
        return chart(drawn, alt=alt, caption=f"{self.question} Data as at {self.provenance['Data as at']}.")

    def called(self, line: str) -> "Answer":
        """The same answer, under the line that asked for it."""
        return replace(self, call=line)

    def body(self) -> Html:
        """The claim, its caveat, the picture and the table."""
        said = [paragraph(self.sentence, kind="lead"), paragraph(self.caveat, kind="note")]
        if self.told is None:
            return page(*said)
        scope, _ = self.told
        titles = group_titles(scope.tables.rules)
        read = read_table(self.figures, titles, scope.asked.question, by=scope.asked.by)
        behind = folded("Find the cases behind these figures", paragraph(self.where))
        return page(*said, *([self.chart] if self.chart else []), table(read, "The figures"), behind)

    def sources(self) -> Html:
        """Where the answer came from."""
        lines = bullets(f"{name}: {value}" for name, value in self.provenance.items())
        return page(lines, table(self.extracts, "Extracts used", numbers=["Rows"]))

    def _repr_html_(self) -> str:
        asked = paragraph(self.question, kind="asked")
        return framed(page(asked, self.body(), folded("Where this comes from", self.sources()))).markup


def answered(asked: Asked, held: Held) -> Answer:
    """The answer to a question that was understood.

    Raises:
        NoAnswer: there is too little to answer it from.
    """
    scope, rows = ROWS[asked.question](asked, held)
    if not rows:
        raise NoAnswer(
            "The data hold nothing that answers this question.",
            "Ask about a longer period, or about the whole service.",
        )
    who = population(asked, held)
    month = _told(scope, frame_of(rows, as_at=held.tables.as_at))
    return Answer(
        question=in_words(asked, filters_of(asked, held)),
        sentence=sentence(scope, month),
        caveat=caveat(scope, month),
        call="",
        provenance=_provenance(held) | {"Population": who},
        extracts=_extracts(held),
        figures=frame_of(finished(rows, scope, who), as_at=held.tables.as_at),
        told=(scope, month),
        where=where(asked, held, filters_of(asked, held)),
    )


def refused(question: str, stopped: NoAnswer, held: Held) -> Answer:
    """The answer that there is none: why, and what would be enough."""
    return Answer(
        question=f"{question}: no answer",
        sentence=stopped.why,
        caveat=stopped.enough,
        call="",
        provenance=_provenance(held),
        extracts=_extracts(held),
    )


def saved_page(answer: Answer) -> Html:
    """The answer as a page of its own."""
    return page(
        heading(answer.question, level=1),
        paragraph(TIER),
        answer.body(),
        folded("Where this comes from", answer.sources(), is_open=True),
        paragraph(f"{ASK_AGAIN} {answer.call}"),
    )


def _told(scope: Scope, figures: DataFrame) -> Month:
    """The figures as the month's words and pictures read them."""
    nothing = DataFrame()
    return Month(
        month=scope.asked.last or scope.held.tables.month,
        as_at=scope.held.tables.as_at.date(),
        rules=scope.tables.rules,
        supplied=tuple(scope.held.tables.frames),
        held=Written(figures),
        quality=nothing,
        decisions=nothing,
        extracts=nothing,
        restated=NONE_RESTATED,
        quotations=nothing,
    )


def _provenance(held: Held) -> dict[str, str]:
    """What every answer of one opening has in common."""
    rules = held.tables.rules
    return {
        "Data as at": day_name(held.tables.as_at.date()),
        "Rules": f"Quality Assurance framework, version {rules.version}",
    }


def _extracts(held: Held) -> DataFrame:
    """The files and sheets read, with their fingerprints. One row per file or sheet."""
    read = held.extracts
    place = read["file"] + read["sheet"].fillna("").map(lambda sheet: f", sheet {sheet}" if sheet else "")
    return DataFrame(
        {
            "Dataset": read["dataset"],
            "From": place,
            "Rows": read["rows_loaded"].map("{:,}".format),
            "SHA-256": read["sha256"],
        }
    )


def where(asked: Asked, held: Held, filters: dict[str, str]) -> str:
    """The workbook of the cases and its filters; that there is none, where no list holds them."""
    sheet = cases.SHEET_OF.get(asked.question)
    if sheet is None:
        return "No restricted list holds these: they are counts of events, and of no case."
    folder = f"restricted/ of {held.published}" if held.published else "restricted/ of the published month"
    chosen = [
        f"{cases.HEADINGS[word]} “{filters[word]}”"
        for word in cases.WORDS[sheet]
        if word in filters
    ]  # fmt: skip
    chosen += _period(asked) + _route(asked, held)
    how = f"{HOW}: {listed(chosen)}." if chosen else "It holds all of them."
    return f"{cases.FILE} in {folder}, for the {cases.FOR}: sheet “{sheet}”. {how} {_reach(asked, held)}".strip()


def _period(asked: Asked) -> list[str]:
    """The months to choose."""
    if asked.question == "change":
        return [f"{cases.MONTH} {_months(asked.now)} and {_months(asked.then)}"]
    return [f"{cases.MONTH} {_months(asked.cycles)}"] if asked.first else []


def _months(cycles: tuple[str, ...]) -> str:
    """Months as the workbook writes them."""
    return " to ".join(dict.fromkeys([cycles[0], cycles[-1]]))


def _route(asked: Asked, held: Held) -> list[str]:
    """The routes to choose: those counted as the headline by name."""
    heading = "Route of moderation" if asked.question in PANEL else cases.HEADINGS["route"]
    if asked.question in ("observations", "complaints", "alerts") or asked.route == EVERY:
        return []
    if asked.route == HEADLINE_ROUTES:
        return [f"{heading} {listed(list(held.tables.rules.headline_routes), ' or ')}"]
    return [f"{heading} {asked.route}"]


def _reach(asked: Asked, held: Held) -> str:
    """That the list holds a year, where the question goes further back."""
    first = held.tables.rolling_cycles[0]
    began = min([asked.first or first, *asked.then[:1]])
    if began >= first:
        return ""
    return f"It begins with {month_name(first)}; earlier cases are in that file of an earlier month."
