"""A calendar file that other programs read as it was meant: whole days, whatever stands in the words."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa_analysis.notices.calendar_file import Entry, calendar_file

MADE_ON, DAY = date(2023, 6, 26), date(2023, 6, 30)


def read(*entries: Entry, made_on: date = MADE_ON) -> list[dict[str, str]]:
    """The entries as a library of calendar files reads them."""
    icalendar = pytest.importorskip(
        "icalendar", reason="icalendar is not installed, so calendar files were not read back"
    )
    calendar = icalendar.Calendar.from_ical(calendar_file(entries, made_on=made_on).encode())
    assert calendar.errors == []
    return [
        {
            "uid": str(event["uid"]), "starts": event["dtstart"].dt, "ends": event["dtend"].dt,
            "kind": event["dtstart"].params["value"], "title": str(event["summary"]),
            "about": str(event["description"]), "stamp": event["dtstamp"].dt.isoformat(), "errors": event.errors,
        }
        for event in calendar.walk("VEVENT")
    ]  # fmt: skip


def test_a_file_is_written_line_by_line_as_the_standard_says() -> None:
    lines = calendar_file([Entry("k", DAY, "Book it; soon", "An hour, here\nor there")], made_on=MADE_ON).split("\r\n")
    assert [line for line in lines if not line.startswith("UID:")] == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//qa-analysis//audit notices//EN", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "BEGIN:VEVENT", "DTSTAMP:20230626T000000Z", "DTSTART;VALUE=DATE:20230630",
        "DTEND;VALUE=DATE:20230701", "SUMMARY:Book it\\; soon", "DESCRIPTION:An hour\\, here\\nor there",
        "CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_an_entry_is_a_whole_day_that_ends_on_the_next() -> None:
    event = read(Entry("2023-07 C1", DAY, "Book it", "For an hour"))[0]
    uid = event.pop("uid")
    assert event == {
        "starts": DAY, "ends": date(2023, 7, 1), "kind": "DATE", "title": "Book it", "about": "For an hour",
        "stamp": "2023-06-26T00:00:00+00:00", "errors": [],
    }  # fmt: skip
    assert "C1" not in uid


def test_the_same_audit_is_the_same_entry_when_the_list_is_made_again() -> None:
    first, again = (
        read(Entry("k", DAY, "a", "b")),
        read(Entry("k", date(2023, 7, 4), "c", "d"), made_on=date(2023, 6, 28)),
    )
    other = read(Entry("l", DAY, "a", "b"))
    assert first[0]["uid"] == again[0]["uid"] != other[0]["uid"]


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=120))
@example("Áine O’Brien; one, two\\n: “three” 😀" * 4)
@example("END:VEVENT")
def test_words_come_back_as_they_were_and_no_line_is_longer_than_the_standard_allows(words: str) -> None:
    written = calendar_file([Entry("k", DAY, words, f"{words}\n{words}")], made_on=MADE_ON)
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    assert "\n" not in written.replace("\r\n", "")
    event = read(Entry("k", DAY, words, f"{words}\n{words}"))[0]
    assert (event["title"], event["about"]) == (words, f"{words}\n{words}")


def test_a_file_without_an_entry_is_a_calendar_all_the_same() -> None:
    assert read() == []
