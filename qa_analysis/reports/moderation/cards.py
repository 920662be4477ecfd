"""How each auditor grades beside the panel: a card for that auditor, and all cards for the Quality Assurance Manager.

Tier A. In the order of the auditors' identifiers, never by severity: it is there to be talked about, not to rank.
"""

from collections.abc import Iterator, Mapping
from math import isnan

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.moderation.calibration import CARD_FROM, FULL_FROM, cards, grade_mix, pooled
from qa_analysis.month.named import Named

OVERVIEW = "calibration-for-the-quality-assurance-manager.xlsx"
WIDTHS = {"Question": 64, "Answer": 60, "Auditor": 16, "Name": 26, "What we can say": 44, "File": 26}
HOW_TO_READ = (
    "With few moderated audits a large difference is mostly chance, so your result is adjusted towards the average of "
    "all auditors: the fewer the audits, the larger the adjustment. Nobody is ranked. A grade of inadequate can only "
    "be raised and one of outstanding only lowered, so read this beside the grades you gave. The panel tends to change "
    "a grade less often where it has seen it first."
)
NO_MOVE = 0.005  # of a grade: less is printed as none


def calibration_cards(named: Named) -> Iterator[Book]:
    """One workbook per auditor with enough random moderations, and one of all for the Quality Assurance Manager."""
    found = cards(named.tables)
    if found.empty:
        return
    known_as = named.identities.original(found["auditor_id"])
    held = found.assign(known_as=known_as).sort_values("known_as", ignore_index=True)
    told = held[held["random_moderations"] >= CARD_FROM].reset_index(drop=True)
    files = {
        auditor: f"calibration-card-{number:03d}.xlsx" for number, auditor in enumerate(told["auditor_id"], start=1)
    }
    mix, mean = grade_mix(named.tables), pooled(named.tables)[1].mean
    for _, card in told.iterrows():
        person = named.person(card["auditor_id"])
        title = f"Your grades compared with the panel's: {person}"
        sheet = Sheet("Card", title, shown(card, mix, mean), widths=WIDTHS)
        yield Book(files[card["auditor_id"]], title, (sheet,))
    title = "All auditors of the year, not ranked"
    overview = Sheet("Auditors", title, listed(held, named.names, files), widths=WIDTHS)
    yield Book(OVERVIEW, title, (overview,))


def shown(card: Series, mix: DataFrame, mean: float) -> DataFrame:
    """One auditor's card. One row per question."""
    own = mix.loc[card["auditor_id"]] if card["auditor_id"] in mix.index else mix.sum() * 0
    rows = [
        ("Audits you completed in the cycles shown", f"{card['audits']}"),
        ("The overall grades you gave", ", ".join(f"{grade} {tally}" for grade, tally in own.items())),
        ("Your audits selected at random for moderation", f"{card['random_moderations']}"),
        *_counted(card),
        *_compared(card, mean),
        ("What we can say", card["said"]),
        (
            "Disputed or referred audits also moderated, not counted here",
            f"{card['referred_moderations']}",
        ),
        ("How to read this", HOW_TO_READ),
    ]
    return pd.DataFrame(rows, columns=["Question", "Answer"])


def listed(held: DataFrame, names: Mapping[str, str], files: Mapping[str, str]) -> DataFrame:
    """Every auditor of the year, also those with too few moderations. One row per auditor."""
    return pd.DataFrame(
        {
            "Auditor": held["known_as"],
            "Name": [names.get(auditor, "") for auditor in held["auditor_id"]],
            "Audits": held["audits"],
            "Random moderations": held["random_moderations"],
            "Shift": held["shift"].round(2),
            "From": held["lower"].round(2),
            "To": held["upper"].round(2),
            "What we can say": held["said"],
            "Referred": held["referred_moderations"],
            "File": [files.get(auditor, "no card") for auditor in held["auditor_id"]],
        }
    )


def steps(shift: float) -> str:
    """A mean change in words: "0.25 of a grade lower"."""
    if abs(shift) < NO_MOVE:
        return "no change"
    way = "lower" if shift >= 0 else "higher"
    return f"{abs(shift):.2f} of a grade {way}"


def _compared(card: Series, mean: float) -> list[tuple[str, str]]:
    """The auditor beside all auditors, where there is another."""
    if isnan(card["shift"]):
        return []
    return [
        ("Average change the panel makes to your grades, adjusted towards all auditors", steps(card["shift"])),
        ("Likely range", f"{steps(card['lower'])} to {steps(card['upper'])}"),
        ("Average change the panel makes to all auditors' grades", steps(mean)),
    ]


def _counted(card: Series) -> list[tuple[str, str]]:
    """The auditor's own counts, where they rest on enough."""
    if card["random_moderations"] < FULL_FROM:
        return []
    counted = f"upheld {card['upheld']:.0f}, lowered {card['lowered']:.0f}, raised {card['raised']:.0f}"
    return [("Outcome of those moderations", counted)]
