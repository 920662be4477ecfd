"""The ticket is the consistent sampler's, to the digit; one record has one ticket whatever file it came from."""

import numpy as np
import pandas as pd
import pytest

from qa_analysis.draw.canonical import canonical
from qa_analysis.draw.tickets import digests, hashed, in_order, offset, ticket, written

SIX = ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]


def as_published(ticket: str) -> str:
    """A ticket as Rivest's consistent_sampler prints it: one number, its decimal digits from the last to the first."""
    return "0." + f"{int(ticket, 16):064d}"[::-1]


def test_the_published_example_of_the_consistent_sampler_is_reproduced() -> None:
    drawn = sorted(SIX, key=lambda number: as_published(ticket("314159", number)))
    assert drawn[:4] == ["B-2", "B-3", "A-3", "A-2"]


def test_a_published_ticket_is_reproduced_to_the_last_digit() -> None:
    assert (
        as_published(ticket("01382438112797316654", "AB-130"))
        == "0.26299714122838008416507544297546663599715395525154425586041245287750224561854"
    )


def test_many_tickets_at_once_are_those_of_each_record_and_go_in_the_order_of_their_text() -> None:
    tickets = digests("314159", SIX)
    assert written(tickets) == [ticket("314159", number) for number in SIX]
    assert [SIX[place] for place in in_order(tickets)] == sorted(SIX, key=lambda number: ticket("314159", number))


def test_what_comes_before_the_ticket_weighs_most() -> None:
    tickets = digests("314159", SIX)
    order = in_order(tickets, np.array([1, 0, 1, 0, 1, 0]), np.array([False, True, False, False, False, False]))
    assert [SIX[place] for place in order] == ["B-1", "B-3", "A-2", "A-1", "B-2", "A-3"]


def test_where_the_first_digits_are_alike_the_others_settle_the_order() -> None:
    tickets = np.array([[7, 0, 0, 9], [7, 0, 0, 2], [7, 0, 1, 0], [3, 9, 9, 9]], dtype=np.uint64)
    texts = written(tickets)
    assert [texts[place] for place in in_order(tickets)] == sorted(texts)
    assert in_order(tickets, np.array([0, 0, 1, 1])).tolist() == [1, 0, 3, 2]


def test_the_offset_lies_from_zero_up_to_one_and_comes_of_the_seed_alone() -> None:
    assert 0 <= offset("314159") < 1
    assert offset("314159") == offset("314159") != offset("314160")
    assert hashed("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([12345, 7], ["12345", "7"]),
        ([12345.0, None], ["12345", ""]),
        ([" 0012 ", "0012.0"], ["0012", "0012"]),
        (["A.0", "1.50"], ["A.0", "1.50"]),
        (["Zoe\u0301", "Zo\u00e9"], ["Zo\u00e9", "Zo\u00e9"]),
        (["a\u00a0 b", pd.NA], ["a b", ""]),
    ],
)
def test_a_number_has_one_spelling(values: list[object], texts: list[str]) -> None:
    assert canonical(pd.Series(values)).tolist() == texts
    assert canonical(pd.Series(values, dtype="object")).tolist() == texts
