"""Which councils a region has, and what is no list of councils."""

from pathlib import Path

import pytest

from qa_analysis.errors import WrongUse
from qa_analysis.region.councils import Member, members_of, since_of


def folders(place: Path, *names: str) -> Path:
    for name in names:
        (place / name).mkdir(parents=True)
    return place


def listed(place: Path, text: str) -> Path:
    file = place / "councils.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_each_folder_is_a_council_with_the_key_file_of_its_name_beside_it(tmp_path: Path) -> None:
    place = folders(tmp_path / "all", "Birch", "Alder & Ash", ".hidden")
    (place / "Birch.key").write_text("00")
    (place / "read me.txt").write_text("not a council")
    assert members_of(place, tmp_path / "outputs") == (
        Member("Alder & Ash", place / "Alder & Ash"),
        Member("Birch", place / "Birch", place / "Birch.key"),
    )


def test_a_list_says_where_extracts_and_keys_lie_counted_from_the_list(tmp_path: Path) -> None:
    place = folders(tmp_path, "a/extracts", "b")
    file = listed(place, f"Birch: b\nAlder:\n  folder: {place / 'a' / 'extracts'}\n  key_file: keys/alder.key\n")
    assert members_of(file, tmp_path / "outputs") == (
        Member("Alder", place / "a" / "extracts", place / "keys" / "alder.key"),
        Member("Birch", place / "b"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "councils.yaml holds no council."),
        ("Birch: nowhere", 'councils.yaml, Birch: there is no folder "nowhere". Write the folder of its extracts.'),
        ("Birch: {folder: b, kye_file: k}", 'councils.yaml, Birch: "kye_file" is not known. Did you mean "key_file"?'),
        ("Birch: b\nBirch: a", 'councils.yaml, line 1: "Birch" is there twice, or is no word.'),
        ("Birch: b\nbirch: a", "The name birch is there twice. Each council needs its own."),
        ("Birch: b\nAlder: b", "is there twice. Each council needs its own."),
        ("Birch: {folder: b, key_file: k}\nAlder: {folder: a, key_file: ./k}", "is there twice. Each council needs"),
        ("../Birch: b", '"../Birch" is no name of a council'),
        ("Con: b", '"Con" is no name of a council'),
        ("Birch.: b", '"Birch." is no name of a council'),
        ("Region: b", 'A council may not be called "region"'),
        ("Birch: outputs", "The extracts of Birch and the outputs lie in one another."),
        ("- Birch", "councils.yaml: here names and values are needed"),
    ],
)
def test_what_is_no_list_of_councils_is_refused_in_a_line(text: str, said: str, tmp_path: Path) -> None:
    folders(tmp_path, "a", "b", "outputs")
    with pytest.raises(WrongUse) as refused:
        members_of(listed(tmp_path, text), tmp_path / "outputs")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_empty_folder_and_none_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="holds no council"):
        members_of(folders(tmp_path / "empty", ".hidden"), tmp_path / "outputs")
    with pytest.raises(WrongUse, match="There is no folder or file"):
        members_of(tmp_path / "nowhere", tmp_path / "outputs")


def test_outputs_among_the_councils_would_be_read_as_one(tmp_path: Path) -> None:
    place = folders(tmp_path / "all", "Birch", "published")
    with pytest.raises(WrongUse, match="The extracts of published and the outputs lie in one another"):
        members_of(place, place / "published")


def test_a_council_is_absent_before_its_first_month_and_after_its_last(tmp_path: Path) -> None:
    place = folders(tmp_path, "a", "b")
    text = (
        "Alder: {folder: a, until: 2023-03, joined_as: Alder and Birch}\nAlder and Birch: {folder: b, from: 2023-04}\n"
    )
    alder, both = members_of(listed(place, text), tmp_path / "outputs")
    assert [alder.absent_in(month) for month in ("2023-03", "2023-04")] == [
        "",
        "It was a council by itself until March 2023. Its records are in those of Alder and Birch since.",
    ]
    assert [both.absent_in(month) for month in ("2023-03", "2023-04")] == [
        "It is a council by itself from April 2023 on.",
        "",
    ]
    assert since_of((alder, both)) == {"Alder and Birch": "2023-04"}


@pytest.mark.parametrize(
    ("alder", "said"),
    [
        ("from: 2023-4", "2023-4"),
        ("from: 2023-04, until: 2023-03", "Alder is there from 2023-04 until 2023-03. Turn the two round."),
        ("joined_as: Birch", "Alder joined Birch. Write until which month it was by itself: until."),
        ("until: 2023-03, joined_as: Brich", 'Alder: "Brich", which it joined, is no other council of the list.'),
        ("until: 2023-03, joined_as: Alder", 'Alder: "Alder", which it joined, is no other council of the list.'),
    ],
)
def test_dates_that_cannot_be_are_refused(alder: str, said: str, tmp_path: Path) -> None:
    place = folders(tmp_path, "a", "b")
    with pytest.raises(WrongUse) as refused:
        members_of(listed(place, f"Alder: {{folder: a, {alder}}}\nBirch: b\n"), tmp_path / "outputs")
    assert said in str(refused.value)
