"""A file is put in its place whole, or what was there stays."""

from pathlib import Path

import pytest

from qa_analysis.disk import replace_whole


def test_a_file_is_written_once_beside_its_place_and_what_was_there_is_whole_until_then(tmp_path: Path) -> None:
    place, seen = tmp_path / "answer.html", list[str]()
    place.write_text("before")

    def write(staged: Path) -> None:
        staged.write_text("half of it")
        seen.append(place.read_text())
        staged.write_text("after")

    replace_whole(place, write)
    assert (seen, place.read_text()) == (["before"], "after")
    assert list(tmp_path.iterdir()) == [place]


def test_what_cannot_be_written_to_its_end_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "answer.html"
    place.write_text("before")

    def write(staged: Path) -> None:
        staged.write_text("half of it")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        replace_whole(place, write)
    assert [(path, path.read_text()) for path in tmp_path.iterdir()] == [(place, "before")]
