import os
import stat
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.identity import (
    KEY_VARIABLE,
    Key,
    key_from_environment,
    key_from_file,
    make_key_file,
    new_key,
    own_key,
    pseudonym,
    pseudonymise,
    pseudonymise_issues,
)
from qa_analysis.errors import WrongUse

KEY = Key(bytes(range(32)))
STAFF = Contract(
    "staff",
    "one row per post held",
    is_core=False,
    columns=(
        Column("worker_id", "id", key=True, person="worker"),
        Column("started_on", "date", key=True),
        Column("name", "text", person="name"),
        Column("team", "text"),
    ),
)


def staff() -> pd.DataFrame:
    return pd.DataFrame(
        {"worker_id": ["W1", "W2", None], "name": ["Ann Lee", None, None], "team": ["North", "W1", "x"]}
    )


def test_identifying_columns_are_replaced_and_the_others_left() -> None:
    frames, _ = pseudonymise({"staff": staff()}, {"staff": STAFF}, key=KEY)
    held = frames["staff"]
    assert held["worker_id"].tolist()[:2] == [pseudonym(w, domain="worker", key=KEY) for w in ("W1", "W2")]
    assert held["worker_id"].isna().tolist() == [False, False, True]
    assert held["team"].tolist() == ["North", "W1", "x"]


def test_the_way_back_leads_to_the_originals() -> None:
    frames, identities = pseudonymise({"staff": staff()}, {"staff": STAFF}, key=KEY)
    assert identities.original(frames["staff"]["worker_id"].dropna()).tolist() == ["W1", "W2"]
    assert identities.original(frames["staff"]["name"].dropna()).tolist() == ["Ann Lee"]


def test_a_child_and_a_worker_with_one_number_have_two_pseudonyms() -> None:
    assert pseudonym("612306", domain="child", key=KEY) != pseudonym("612306", domain="worker", key=KEY)


def test_another_key_gives_another_pseudonym() -> None:
    assert pseudonym("W1", domain="worker", key=KEY) != pseudonym("W1", domain="worker", key=new_key())


def test_a_pseudonym_carries_at_least_eighty_bits() -> None:
    assert 5 * len(pseudonym("W1", domain="worker", key=KEY)) >= 80


@given(st.text(min_size=1))
def test_a_pseudonym_never_shows_the_original(original: str) -> None:
    made = pseudonym(original, domain="child", key=KEY)
    assert made == pseudonym(original, domain="child", key=KEY)
    assert made.isalnum()
    assert len(original) < 3 or original not in made


def test_a_key_and_identities_never_print_themselves() -> None:
    _, identities = pseudonymise({"staff": staff()}, {"staff": STAFF}, key=KEY)
    assert KEY.secret.hex() not in repr(KEY)
    assert "Ann" not in repr(identities)


def test_issues_lose_the_persons_in_their_key_and_owner() -> None:
    issues = pd.DataFrame(
        {"dataset": ["staff", "staff"], "key": ["W1+2023-01-01", "W+1+2023-01-01"], "owner": ["W9", None]}
    )
    safe, identities = pseudonymise_issues(issues, {"staff": STAFF}, key=KEY)
    worker = pseudonym("W1", domain="worker", key=KEY)
    assert safe["key"].tolist()[0] == f"{worker}+2023-01-01"
    assert safe["key"].isna().tolist() == [False, True]  # which part is the person cannot be told
    assert identities.originals[worker] == "W1"
    assert safe["owner"].iloc[0] == pseudonym("W9", domain="worker", key=KEY)


def test_a_key_file_is_made_private_and_read_back(tmp_path: Path) -> None:
    made = make_key_file(tmp_path / "keys" / "key")
    assert key_from_file(tmp_path / "keys" / "key") == made
    assert os.name != "posix" or stat.S_IMODE((tmp_path / "keys" / "key").stat().st_mode) == 0o600


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    make_key_file(tmp_path / "key")
    with pytest.raises(FileExistsError):
        make_key_file(tmp_path / "key")


def test_an_own_key_is_made_once_and_then_read(tmp_path: Path) -> None:
    made, is_new = own_key(tmp_path / "key", is_unused=True)
    assert (is_new, own_key(tmp_path / "key", is_unused=False)) == (True, (made, False))
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_an_empty_own_key_is_made_anew_where_nothing_was_published_with_it(tmp_path: Path) -> None:
    (tmp_path / "key").touch(mode=0o600)
    made, is_new = own_key(tmp_path / "key", is_unused=True)
    assert (is_new, key_from_file(tmp_path / "key")) == (True, made)


def test_an_empty_own_key_with_published_months_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "key").touch(mode=0o600)
    with pytest.raises(WrongUse, match=r"is empty\. Put it back from your backup; or delete it and run again"):
        own_key(tmp_path / "key", is_unused=False)
    assert (tmp_path / "key").read_bytes() == b""


def test_a_crash_while_a_key_is_written_leaves_no_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        make_key_file(tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    make_key_file(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(WrongUse, match="private"):
        key_from_file(tmp_path / "key")


def test_a_named_key_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="no key"):
        key_from_file(tmp_path / "key")


@pytest.mark.parametrize("text", ["", "short", "zz" * 32, "ab" * 10])
def test_a_key_of_the_wrong_kind_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, text)
    with pytest.raises(WrongUse, match="64 hexadecimal"):
        key_from_environment()
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(WrongUse, match="64 hexadecimal"):
        key_from_file(path)
