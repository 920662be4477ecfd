from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas import DataFrame
from small import CONTRACTS, LONG_AT_IT, NO_ISSUES, frames, tables

from qa_analysis.council import Own
from qa_analysis.data.aside import no_aside
from qa_analysis.month.causes import Earlier, changed_rows, explained, rows_table
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.digests import Digested
from qa_analysis.month.figures import Written
from qa_analysis.month.measuring import month_of
from qa_analysis.month.month import CAUSES, Month
from qa_analysis.month.quotations import masked
from qa_analysis.month.restatements import restated
from qa_analysis.month.rows import Rows

NOW, JULY = "2023-06", date(2023, 7, 10)
MEASURES = ("audits_completed", "good_or_better")
USUAL = [
    {"audit_id": f"{cycle}-{number}", "cycle_month": cycle, "audited_on": f"{cycle}-15", "child_id": f"c{number}",
     "key_worker_id": f"w{number}", "overall_grade": "good" if number < 4 else "inadequate"}
    for cycle in ("2023-05", NOW)
    for number in range(6)
]  # fmt: skip
NOT_QUOTED = masked(tables(audits=[{}]), ())


def rows(audits: list[dict[str, Any]], own: Own = LONG_AT_IT) -> Rows:
    return Rows(frames(audits=audits), CONTRACTS, NO_ISSUES, extracts_table(()), NOT_QUOTED, own, no_aside())


def told(held: Rows, day: date = JULY) -> Month:
    """The month of some rows, of two measures alone."""
    whole = month_of(held, NOW, as_at=day)
    return replace(whole, held=Written(pd.concat([whole.held.of(name) for name in MEASURES], ignore_index=True)))


def earlier(held: Rows, **but: Any) -> Earlier:
    usual = {"is_same_program": True, "is_same_rules": True, "is_same_council": True, "known": {}}
    return Earlier(folder=NOW, month=NOW, as_at=JULY, rows=lambda: held, **{**usual, **but})


def ledger(then: Rows, now: Rows, *, day: date = JULY, published: DataFrame | None = None, **but: Any) -> DataFrame:
    """What changed since a publication, with its causes. One row per figure."""
    was = told(then).measures if published is None else published
    month, before, digested = told(now, day), earlier(then, **but), Digested(now)
    changes = restated(month, {NOW: was})
    return explained(changes, before, changed_rows(before, digested), published=was, now=digested, month=month)


def completed(found: DataFrame) -> pd.Series:
    """How many audits were done in June, as the ledger tells it."""
    whole = found[found["measure"].eq("audits_completed") & found["by"].eq("") & found["period"].eq(NOW)]
    assert len(whole) == 1
    return whole.iloc[0]


def adds_up(found: DataFrame) -> bool:
    """Whether what is then and what each cause adds is what is now, wherever the causes are measured out."""
    measured = found[~found["by"].isin(["team", "service_area"]) & found["then"].notna() & found["now"].notna()]
    parts = measured[[f"by_{cause}" for cause in CAUSES]].astype("float64").fillna(0).sum(axis=1)
    return bool(np.allclose(measured["then"] + parts, measured["now"].astype("float64"), atol=1e-9))


LATE = {**USUAL[-1], "audit_id": "late", "child_id": "c9", "key_worker_id": "w9"}


def test_an_audit_that_came_late_is_the_cause() -> None:
    row = completed(ledger(rows(USUAL), rows([*USUAL, LATE])))
    assert (row["then"], row["now"], row["cause"], row["by_late"]) == (6, 7, "late", 1)


def test_an_audit_that_is_gone_is_the_cause() -> None:
    row = completed(ledger(rows(USUAL), rows(USUAL[:-1])))
    assert (row["cause"], row["by_deleted"]) == ("deleted", -1)


def test_a_grade_that_was_corrected_is_the_cause() -> None:
    now = rows([*USUAL[:-1], {**USUAL[-1], "overall_grade": "good"}])
    found = ledger(rows(USUAL), now)
    assert set(found["cause"]) == {"changed"}
    assert "audits_completed" not in set(found["measure"])


def test_several_causes_each_have_their_part_and_add_up() -> None:
    now = rows([*USUAL[:-2], {**USUAL[-2], "cycle_month": "2023-05"}, LATE])
    found = ledger(rows(USUAL), now)
    row = completed(found)
    assert (row["cause"], row["by_late"], row["by_changed"], row["by_deleted"]) == ("late; changed; deleted", 1, -1, -1)
    assert adds_up(found)


def test_a_number_that_the_same_rows_no_longer_give_is_put_down_to_the_software() -> None:
    held = rows(USUAL)
    published = told(held).measures
    published.loc[published["measure"].eq("audits_completed"), "value"] += 1
    row = completed(ledger(held, held, published=published, is_same_program=False))
    assert (row["cause"], row["by_software"]) == ("software", -1)


def test_or_to_the_rules_where_the_framework_has_others() -> None:
    held = rows(USUAL)
    published = told(held).measures
    published.loc[published["measure"].eq("audits_completed"), "value"] += 1
    found = ledger(held, held, published=published, is_same_program=False, is_same_rules=False)
    assert completed(found)["cause"] == "rules"


def test_what_the_council_says_of_itself_is_a_rule() -> None:
    now = rows(USUAL, replace(LONG_AT_IT, first_cycle=NOW))
    found = ledger(rows(USUAL), now, is_same_council=False)
    assert set(found["cause"]) == {"rules"}


def test_what_happened_after_the_day_is_neither_late_nor_changed() -> None:
    after = {**LATE, "audited_on": "2023-07-15"}
    row = completed(ledger(rows(USUAL), rows([*USUAL, after]), day=date(2023, 8, 10)))
    assert (row["cause"], row["by_later"]) == ("later", 1)


def test_of_a_team_the_cause_is_named_and_not_measured_out() -> None:
    found = ledger(rows(USUAL), rows([*USUAL, LATE]))
    teams = found[found["by"].eq("team")]
    assert len(teams)
    assert set(teams["cause"]) == {"late"}
    assert teams[[f"by_{cause}" for cause in CAUSES]].isna().all(axis=None)


def test_rows_of_then_are_not_read_where_the_digests_are_the_same() -> None:
    held = rows(USUAL)
    known = Digested(held).known(JULY)
    unread = replace(earlier(held, known=known), rows=lambda: pytest.fail("the rows were read"))
    assert changed_rows(unread, Digested(held)) == {}


def test_what_became_of_the_rows_is_told_in_counts_alone() -> None:
    before = earlier(rows(USUAL))
    found = rows_table(before, changed_rows(before, Digested(rows([*USUAL, LATE]))))
    assert found.to_numpy().tolist() == [[NOW, "audits", 1, 0, 0]]


def edits(number: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Random edits of a past month, each with what was done."""
    random = np.random.default_rng(2023)
    for _ in range(number):
        place, kind = int(random.integers(len(USUAL))), str(random.choice(["late", "changed", "deleted"]))
        others = [*USUAL[:place], *USUAL[place + 1 :]]
        if kind == "late":
            yield kind, [*USUAL, {**USUAL[place], "audit_id": "late"}]
        elif kind == "deleted":
            yield kind, others
        else:
            grade = str(random.choice(["outstanding", "requires improvement"]))
            yield kind, [*others, {**USUAL[place], "overall_grade": grade}]


def test_random_edits_of_past_months_are_each_told_with_their_cause() -> None:
    then = rows(USUAL)
    was = told(then).measures
    for kind, audits in edits(8):
        found = ledger(then, rows(audits), published=was)
        before = earlier(then)
        assert rows_table(before, changed_rows(before, Digested(rows(audits))))[kind].tolist() == [1]
        assert set(found["cause"]) <= {kind}
        assert kind == "changed" or len(found)
        assert adds_up(found)


def test_rows_sent_again_in_another_order_raise_no_alarm() -> None:
    random, then = np.random.default_rng(5), rows(USUAL)
    was = told(then).measures
    for _ in range(3):
        again = rows([USUAL[place] for place in random.permutation(len(USUAL))])
        assert ledger(then, again, published=was).empty
