"""Where a record has no auditor, the fewest changes that would give it one are found, three at most."""

from itertools import combinations

from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st
from selected import allocated, auditors, loads, records, staff

from qa_analysis.notices.allocation import Allocation
from qa_analysis.notices.changes import Kind

TM = {"role": "team manager", "team": "North"}


def said(given: Allocation) -> list[tuple[str, str]]:
    """What would be changed, of whom."""
    return [
        (change.kind, change.worker_id or f"{change.child_id} for {change.by_child_id}") for change in given.changes
    ]


def test_a_record_with_an_auditor_asks_for_no_change() -> None:
    given = allocated(records({}), staff(a="team manager"))
    assert (given.changes, given.freed, len(given.left)) == ((), 0, 0)


def test_one_persons_readiness_frees_every_record_and_no_second_change_is_asked() -> None:
    people = staff(
        a="assistant team manager", b="practice assessor lead", c={"role": "assistant team manager", "team": "North"}
    )
    given = allocated(records({}, {}, {}), people)
    assert auditors(given) == {"C1": "", "C2": "", "C3": ""}
    assert said(given) == [(Kind.READY, "a")]
    assert given.freed == 3
    assert given.audits["nobody_because"].tolist() == [
        "2 not recorded as ready to audit, 1 of the case's team, now or lately"
    ] * 3  # fmt: skip


def test_the_next_record_in_turn_stands_in_for_one_that_only_its_own_line_could_audit() -> None:
    people = staff(tm="team manager")
    next_ones = records(
        {"child_id": "N1"}, {"child_id": "N2", "team": "South", "team_manager_id": "else"}, outcome="replacement"
    )
    given = allocated(records({}), people, replacements=next_ones)
    assert said(given) == [(Kind.REPLACED, "C1 for N2")]


def test_a_record_of_another_stratum_stands_in_for_nobody() -> None:
    other = records(
        {"child_id": "N1", "team": "South", "stratum": "South", "team_manager_id": "else"}, outcome="replacement"
    )
    assert said(allocated(records({}), staff(tm="team manager"), replacements=other)) == []


def test_no_record_stands_in_for_two() -> None:
    one = records({"child_id": "N1", "team": "South", "team_manager_id": "else"}, outcome="replacement")
    given = allocated(records({}, {}), staff(tm="team manager"), replacements=one)
    assert said(given) == [(Kind.REPLACED, "C1 for N1")]
    assert given.freed == 1


def test_before_managers_audit_the_smallest_change_is_one_manager_who_does() -> None:
    given = allocated(records({}, {}), staff(a="team manager", b="service manager", c="social worker"), month="2022-08")
    assert said(given) == [(Kind.ROLE, "a")]
    assert given.freed == 2


def test_with_nobody_who_could_audit_no_change_is_invented() -> None:
    given = allocated(records({}), staff(a="social worker"))
    assert (auditors(given), given.changes, given.freed) == ({"C1": ""}, (), 0)
    assert given.audits["nobody_because"].tolist() == ["nobody in the staff list has a role that audits"]


def test_where_each_audits_one_at_most_the_others_are_shared_out_by_one_more_each() -> None:
    given = allocated(records(*[{}] * 4), staff(a="team manager", b="team manager"), audits_each=1)
    assert loads(given) == [2, 1, 1]  # two have nobody
    assert [kind for kind, _ in said(given)] == [Kind.MORE, Kind.MORE]
    assert given.freed == 2


def test_a_readiness_recorded_is_asked_before_a_second_audit_only_where_that_needs_fewer_changes() -> None:
    ready_or_more = allocated(records({}, {}), staff(a="team manager", b="assistant team manager"), audits_each=1)
    assert said(ready_or_more) == [(Kind.MORE, "a")]


def test_three_changes_are_the_most_and_what_is_left_after_them_is_known() -> None:
    given = allocated(records(*[{}] * 6), staff(a="team manager"), audits_each=1)
    assert len(given.changes) == 3
    assert given.freed == 3
    assert len(given.left) == 5


@settings(max_examples=20, deadline=None)
@examples(st.lists(st.lists(st.sampled_from("abcd"), max_size=3), min_size=1, max_size=5))
def test_no_fewer_people_made_ready_would_free_as_many_records(barred: list[list[str]]) -> None:
    """Against every set of up to three people: the one found frees the most, and no smaller one as many."""
    people = staff(**dict.fromkeys("abcd", "assistant team manager"))
    places = ("team_manager_id", "service_manager_id", "reviewing_officer_id")
    rows = [{**dict.fromkeys(places), **dict(zip(places, who, strict=False))} for who in barred]
    given = allocated(records(*rows), people)
    freed = {
        some: sum(bool(set(some) - set(who)) for who in barred)
        for size in range(4)
        for some in combinations("abcd", size)
    }
    most = max(freed.values())
    assert given.freed == most
    assert len(given.changes) == min(len(some) for some, number in freed.items() if number == most)
