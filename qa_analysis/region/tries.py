"""How often a council was begun in one run of the region, counted where whoever runs it next can read it."""

import json
from pathlib import Path

from qa_analysis.disk import replace_whole
from qa_analysis.region.orders import REGION, Order


def tries_file(order: Order) -> Path:
    """Where the count of a council's month lies."""
    return order.outputs / REGION / "tries" / order.month / f"{order.council}.json"


def tries_of(order: Order) -> int:
    """How often the council was begun in this run of the region; an earlier run does not count."""
    try:
        held = json.loads(tries_file(order).read_text(encoding="utf-8"))
        return int(held["tries"]) if held["begun"] == order.begun else 0
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def count_try(order: Order) -> int:
    """The number of this beginning, written down before anything is begun.

    Raises:
        OSError: it could not be written.
    """
    number, file = tries_of(order) + 1, tries_file(order)
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"begun": order.begun, "tries": number})
    replace_whole(file, lambda staged: staged.write_text(text, encoding="utf-8"))
    return number
