"""For how long is kept what no published month holds: a rule of framework.yaml (docs/security.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from qa_analysis.errors import WrongUse


@dataclass(frozen=True)
class Retention:
    """For how many days each is kept; the next run removes what is older."""

    answers: int  # saved answers to questions
    failures: int  # notes of where the software failed
    leftovers: int  # what a killed run left in the folder for temporary files


def retention_of(entry: Mapping[str, Any]) -> Retention:
    """How long things are kept, as the rule says.

    Raises:
        WrongUse: a part is missing or unknown, or is no number of days.
    """
    parts = [field.name for field in fields(Retention)]
    if stray := sorted(set(entry) ^ set(parts)):
        raise WrongUse(f'framework.yaml: retention holds {", ".join(parts)} and no more; look at "{stray[0]}"')
    if wrong := [part for part in parts if type(entry[part]) is not int or entry[part] < 1]:
        raise WrongUse(f"framework.yaml: {wrong[0]} of retention is no whole number of days: {entry[wrong[0]]}")
    return Retention(**entry)
