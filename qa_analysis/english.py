"""Numbers with their nouns and verbs: one audit was, two audits were."""


def counted(tally: float, one: str, many: str = "") -> str:
    """A number with its noun: "1 audit", "1,204 audits"; `many` where the plural is not the singular with an s."""
    number = f"{tally:,.0f}" if float(tally).is_integer() else f"{tally:g}"
    return f"{number} {agreeing(tally, one, many or f'{one}s')}"


def agreeing(tally: float, one: str, many: str) -> str:
    """The word that goes with a number: the one for 1, the other for any other number."""
    return one if tally == 1 else many
