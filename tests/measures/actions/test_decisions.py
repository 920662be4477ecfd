from small import found, tables

from qa_analysis.measures.actions.decisions import by_meeting, decision_counts, decisions

BASE = {"item": "Supervision standard", "decision": "…", "owner_id": "w1"}


def held(*rows: dict[str, str | None], **more: object):
    return tables(audits=[{}], smt_decisions=[{**BASE, **row} for row in rows], **more)


def test_the_last_meeting_and_what_is_still_open_are_shown() -> None:
    shown = decisions(
        held(
            {"meeting_on": "2023-06-20", "due_on": "2023-07-20", "item": "new"},
            {"meeting_on": "2023-06-20", "completed_on": "2023-07-01", "item": "done at once"},
            {"meeting_on": "2023-03-20", "due_on": "2023-05-01", "item": "old and open"},
            {"meeting_on": "2023-03-20", "completed_on": "2023-04-01", "item": "old and done"},
            {"meeting_on": "2023-07-11", "item": "after the day"},
        )
    )
    assert shown[["item", "status"]].to_numpy().tolist() == [
        ["new", "open"], ["done at once", "done"], ["old and open", "overdue"],
    ]  # fmt: skip


def test_the_owner_is_a_post_held_on_the_day_never_a_name() -> None:
    staff = [
        {"worker_id": "w1", "name": "Ann Lee", "role": "team manager", "team": "x", "service_area": "x",
         "started_on": "2022-01-01", "ended_on": "2023-05-31"},
        {"worker_id": "w1", "name": "Ann Lee", "role": "service manager", "team": "x", "service_area": "x",
         "started_on": "2023-06-01"},
    ]  # fmt: skip
    shown = decisions(held({"meeting_on": "2023-06-20"}, staff=staff))
    assert shown["owner"].tolist() == ["service manager"]
    assert "Ann Lee" not in shown.to_csv()


def test_without_staff_the_post_is_not_recorded() -> None:
    assert decisions(held({"meeting_on": "2023-06-20"}))["owner"].tolist() == ["post not recorded"]


def test_the_text_of_a_decision_stays_out() -> None:
    assert list(decisions(held({"meeting_on": "2023-06-20"})).columns) == [
        "decided_on", "item", "owner", "due_on", "status",
    ]  # fmt: skip


def test_overdue_decisions_are_counted() -> None:
    rows = decision_counts(held({"meeting_on": "2023-06-20", "due_on": "2023-07-09"}, {"meeting_on": "2023-06-20"}))
    assert found(rows, "decisions_open", by="").value == 2
    assert found(rows, "decisions_overdue", by="").value == 1


def test_decisions_not_supplied_give_no_figure() -> None:
    assert decision_counts(tables(audits=[{}])) == []


def test_open_decisions_are_told_by_owners_post_with_the_oldest() -> None:
    known = tables(
        audits=[{}],
        smt_decisions=[
            {"meeting_on": "2022-10-19", "due_on": "2022-11-01", "owner_id": "w1"},
            {"meeting_on": "2023-06-20", "due_on": "2023-08-01", "owner_id": "w1"},
            {"meeting_on": "2023-06-20", "owner_id": "w2"},
            {"meeting_on": "2022-01-01", "owner_id": "w2", "completed_on": "2022-02-01"},
        ],
        staff=[{"worker_id": "w1", "role": "service manager", "started_on": "2020-01-01"}],
    )
    rows = decision_counts(known)
    owner = {"by": "owner", "group": "service manager"}
    assert found(rows, "decisions_open", **owner).value == 2
    assert found(rows, "decisions_overdue", **owner).value == 1
    assert found(rows, "decisions_open", by="owner", group="post not recorded").value == 1
    oldest = found(rows, "decisions_open_oldest_days", by="")
    assert (oldest.value, oldest.note) == (264, "19 October 2022")


def test_where_no_decision_is_open_none_is_the_oldest() -> None:
    done = [{"meeting_on": "2022-01-01", "owner_id": "w2", "completed_on": "2022-02-01"}]
    rows = decision_counts(tables(audits=[{}], smt_decisions=done))
    assert {row.measure: row.value for row in rows} == {"decisions_open": 0, "decisions_overdue": 0}


def test_each_meeting_has_its_decisions_done_open_and_overdue_the_oldest_first() -> None:
    rows = by_meeting(
        held(
            {"meeting_on": "2023-06-20", "due_on": "2023-07-20"},
            {"meeting_on": "2023-06-20", "due_on": "2023-07-09"},
            {"meeting_on": "2023-03-20", "due_on": "2023-05-01", "completed_on": "2023-06-01"},
            {"meeting_on": "2023-03-20", "completed_on": "2023-07-11"},  # after the day: open still
        )
    )
    assert [(*row.group, row.value) for row in rows] == [
        ("2023-03-20", "done", 1), ("2023-03-20", "open", 1), ("2023-03-20", "overdue", 0),
        ("2023-06-20", "done", 0), ("2023-06-20", "open", 1), ("2023-06-20", "overdue", 1),
    ]  # fmt: skip
