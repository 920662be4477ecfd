"""Each manager's narrative desk: the month's facts by part, what they wrote, and what to look at before it is sent.

For the manager alone (tier A): their people's supervision by name, words of their text that may name somebody, and
sentences that claim a change without a signal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.dates import days_written, month_name
from qa_analysis.disclosure.naming import Naming
from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.narratives.claims import Claim, Signal, claims
from qa_analysis.measures.narratives.places import COLUMN, SERVICE, expected, month_end, places_on
from qa_analysis.measures.narratives.submitted import CALLED, DATASET, SLOTS, of_month, sent_in, state_of
from qa_analysis.measures.posts import in_post
from qa_analysis.measures.supervision.standing import standing
from qa_analysis.month.named import NOT_RECORDED, Named
from qa_analysis.reports.performance.facts import FACTS, Facts

INDEX: Final = "narratives.xlsx"
MANAGES: Final[Mapping[str, str]] = {SERVICE: "service manager", "team": "team manager"}
NOTHING: Final = "Nothing written"
WIDTHS: Final = {
    "Service or team": 24, "Part": 20, "What": 48, "Figure": 34, "Signal": 34, "Your words": 80, "Sentence": 70,
    "Word": 16, "What the figures say": 60, "Words": 24, "Line": 70, "Why": 44, "Person": 30, "Stands": 28,
    "Last held": 18, "Next due": 18, "Services and teams": 50, "Sent in": 18, "File": 24,
}  # fmt: skip
Place = tuple[str, str]  # a level and a name


@dataclass(frozen=True)
class Desk:
    """What one manager sees before the meeting: the places they write for."""

    named: Named
    who: str
    places: tuple[Place, ...]
    naming: Naming
    facts: Facts

    @cached_property
    def sent(self) -> Mapping[Place, Mapping[str, str]]:
        """What was sent in of each of their places, by part; nothing where narratives were not supplied."""
        supplied = DATASET in self.named.tables.frames
        every = sent_in(self.named.tables) if supplied else {}
        return {place: every[place] for place in self.places if place in every}

    @cached_property
    def claimed(self) -> tuple[tuple[Place, str, Claim], ...]:
        """The sentences that claim a change and have no signal for it, by place and part."""
        return tuple(
            (place, part, claim)
            for place, parts in self.sent.items()
            for part, text in parts.items()
            for claim in claims(text, self.facts.signals(place))
            if not claim.has_signal
        )

    def facts_table(self) -> DataFrame:
        """The month's facts of each place by the part that they may stand in. One row per fact."""
        rows = [[name, *fact] for level, name in self.places for fact in self.facts.of((level, name))]
        return DataFrame(rows, columns=["Service or team", *FACTS])

    def words_table(self) -> DataFrame:
        """What they wrote, and which parts are empty. One row per place and part."""
        rows = [
            [name, at_first(CALLED[part]), self.sent.get((level, name), {}).get(part) or NOTHING]
            for level, name in self.places
            for part in SLOTS
        ]
        return DataFrame(rows, columns=["Service or team", "Part", "Your words"])

    def claims_table(self) -> DataFrame:
        """Sentences that claim a change without a signal. One row per sentence."""
        rows = [
            [name, at_first(CALLED[part]), claim.sentence, claim.phrase, _said(claim)]
            for (_, name), part, claim in self.claimed
        ]
        return DataFrame(rows, columns=["Service or team", "Part", "Sentence", "Word", "What the figures say"])

    def names_table(self) -> DataFrame:
        """Where their text may name somebody. One row per mark; none is the good answer."""
        rows = [
            [name, at_first(CALLED[part]), line.strip(), mark.words, at_first(mark.why)]
            for (_, name), parts in self.sent.items()
            for part, text in parts.items()
            for line in text.splitlines()
            for mark in self.naming.marks(line)
        ]
        return DataFrame(rows, columns=["Service or team", "Part", "Line", "Words", "Why"])

    def people_table(self) -> DataFrame:
        """How the supervision of those they manage stands, those that wait longest first. One row per person.

        Theirs are who the staff list says, and who is in their team; of a service its Team Managers.
        """
        columns = ["Person", "Stands", "Last held", "Next due"]
        if not {"staff", "supervision"} <= set(self.named.tables.frames):
            return DataFrame(columns=columns)
        everybody = standing(self.named.tables)
        mine = everybody[self._are_theirs(everybody)].sort_values(["due_on", "held_on"], na_position="first")
        people, stands = [self.named.person(who) for who in mine["worker_id"]], list(mine["state"].map(at_first))
        held, due = (list(days_written(mine[name]).fillna("")) for name in ("held_on", "due_on"))
        return DataFrame(dict(zip(columns, (people, stands, held, due), strict=True)), columns=columns)

    def _are_theirs(self, people: DataFrame) -> "Series[bool]":
        """Whether this manager manages each person: managers change, and the list may still have the one before."""
        leads = people["role"] == MANAGES["team"]
        teams, services = ([name for level, name in self.places if level == one] for one in ("team", SERVICE))
        here = (people["team"].isin(teams) & ~leads) | (people["service_area"].isin(services) & leads)
        return ((people["manager_id"] == self.who) | here) & (people["worker_id"] != self.who)


def desks(named: Named) -> Iterator[Book]:
    """One workbook per manager who writes for a service or team, and an index; none where staff do not tell of any."""
    facts = Facts(named.tables)
    naming = Naming.of_council(named.tables, set(named.identities.originals.values()))
    held = owners(named)
    index = []
    for number, who in enumerate(sorted(held, key=lambda one: (named.person(one), one)), start=1):
        desk, file = Desk(named, who, tuple(held[who]), naming, facts), f"narrative-{number:03d}.xlsx"
        person = named.person(who)
        yield _book(desk, person, file)
        states = [state_of(dict(desk.sent[place]) if place in desk.sent else None) for place in desk.places]
        index.append(
            {
                "Person": person, "Services and teams": "; ".join(name for _, name in desk.places),
                "Sent in": "; ".join(states), "Claims": len(desk.claimed), "Names": len(desk.names_table()),
                "File": file,
            }
        )  # fmt: skip
    if index:
        title = "Index of narrative desks"
        numbers = {name: ["0"] * len(index) for name in ("Claims", "Names")}
        yield Book(INDEX, title, (Sheet("Desks", title, DataFrame(index), (), WIDTHS, numbers),))


def owners(named: Named) -> dict[str, list[Place]]:
    """Who writes for which services and teams: the author of what was sent in, else who manages the place now."""
    tables = named.tables
    places = places_on(tables, month_end(tables.month))
    asked = [] if places is None else expected(places)
    authors = _authors(named)
    asked += [place for place in authors if place not in asked]
    found: dict[str, list[Place]] = {}
    for place in asked:
        found.setdefault(authors.get(place) or _manager(named, place), []).append(place)
    return found


def _authors(named: Named) -> dict[Place, str]:
    if DATASET not in named.tables.frames:
        return {}
    rows = of_month(named.tables)
    authors = rows["author_id"].fillna("")
    return dict(zip(zip(rows["level"].astype(str), rows["entity"].astype(str), strict=True), authors, strict=True))


def _manager(named: Named, place: Place) -> str:
    """Who holds the manager's post of a place on the day; that it is not recorded is said."""
    level, name = place
    staff = named.tables.optional("staff")
    if staff is None:
        return NOT_RECORDED
    posts = in_post(staff, named.tables.as_at)
    mine = posts[(posts["role"] == MANAGES[level]) & (posts[COLUMN[level]] == name)]
    return str(mine["worker_id"].iloc[-1]) if len(mine) else NOT_RECORDED


def _book(desk: Desk, person: str, file: str) -> Book:
    when = month_name(desk.named.tables.month)
    names = desk.names_table()
    kept = (
        "Nobody else sees these lines. Until they are changed, the whole narrative is shown on no page."
        if len(names)
        else "Nothing was found. Somebody who knows the families reads the text before it is sent all the same."
    )
    sheets = {
        "Facts": (f"Facts of {when}: {person}", desk.facts_table(), "No signal: no more than ordinary ups and downs."),
        "Your words": (f"What was sent in for {when}", desk.words_table(), "It is passed on as you wrote it."),
        "Claims": (
            f"Sentences that claim a change without a signal, {when}", desk.claims_table(),
            "Say what you did instead, or what shows the change; where no figure counts it, leave it as it is.",
        ),
        "Names": (f"What may name somebody, {when}", names, kept),
        "Your people": (
            "Supervision of those you manage", desk.people_table(),
            "As their records say; somebody without a record is listed first.",
        ),
    }  # fmt: skip
    return Book(
        file,
        f"Narrative for {when}: {person}",
        tuple(Sheet(name, title, held, (line,), WIDTHS) for name, (title, held, line) in sheets.items()),
    )


def _said(claim: Claim) -> str:
    """What the figures say of a claim: "No signal: Supervision held in time"."""
    about = "; ".join(_about(signal) for signal in claim.figures)
    return f"{at_first(claim.says)}{f': {about}' if about else ''}"


def _about(signal: Signal) -> str:
    return f"{signal.name} ({signal.verdict}{f' since {signal.since}' if signal.since else ''})"
