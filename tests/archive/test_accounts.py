"""Accounts: hashed, two roles, sessions that end; names and passwords that are refused."""

import pytest

from digest.archive import accounts
from digest.archive.accounts import Role
from digest.errors import UsageError
from tests.archive.made import store_in

GOOD = "晨会-2025-网点"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A cheap hash: these tests are about what surrounds it."""
    from argon2 import PasswordHasher

    monkeypatch.setattr(accounts, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts.decoy.cache_clear()


@pytest.fixture
def store(tmp_path):
    """An archive with one manager."""
    store = store_in(tmp_path)
    accounts.add(store, "王主管", GOOD, Role.MANAGER)
    return store


def test_the_right_password_opens(store):
    """And only that one, whatever the width of the name."""
    assert accounts.verify(store, " 王主管 ", GOOD).role is Role.MANAGER
    assert accounts.verify(store, "王主管", GOOD + "x") is None
    assert accounts.verify(store, "没有此人", GOOD) is None


def test_the_password_is_not_in_the_file(store):
    """Only its argon2 hash is."""
    (row,) = store.rows("SELECT hash FROM account")

    assert row["hash"].startswith("$argon2id$")
    assert GOOD not in row["hash"]


def test_the_defaults_are_strong(monkeypatch):
    """The hash in use is argon2id with at least the low-memory profile of RFC 9106."""
    monkeypatch.undo()
    strong = accounts.hasher()

    assert (strong.type.name, strong.memory_cost >= 65536, strong.time_cost >= 3) == ("ID", True, True)


@pytest.mark.parametrize(
    ("name", "password"), [("", GOOD), ("新人", "短"), ("新人", "1" * 12), ("新人甲", "新人甲12345"), ("新人", "长" * 300), ("王主管", GOOD)]
)
def test_refuses(store, name, password):
    """Empty or taken names, short, simple or endless passwords."""
    with pytest.raises(UsageError):
        accounts.add(store, name, password, Role.READER)


def test_sessions_end(store):
    """By logging out, by idling, by age."""
    now = [0.0]
    token = accounts.begin(store, "王主管", Role.MANAGER, seconds=lambda: now[0])
    assert accounts.session_of(store, token, seconds=lambda: now[0]).account == "王主管"
    now[0] = accounts.IDLE_SESSION + 1
    assert accounts.session_of(store, token, seconds=lambda: now[0]) is None

    token = accounts.begin(store, "王主管", Role.MANAGER, seconds=lambda: now[0])
    accounts.end(store, token)
    assert accounts.session_of(store, token, seconds=lambda: now[0]) is None


def test_a_new_password_ends_all_sessions(store):
    """Whoever had the old one is out."""
    token = accounts.begin(store, "王主管", Role.MANAGER)
    accounts.change_password(store, "王主管", "另一个-足够长的-密码")

    assert accounts.session_of(store, token) is None
    assert accounts.verify(store, "王主管", GOOD) is None


def test_the_last_manager_stays(store):
    """Nobody locks everybody out."""
    with pytest.raises(UsageError, match="至少要留一个"):
        accounts.disable(store, "王主管")
    accounts.add(store, "李主管", GOOD, Role.MANAGER)
    accounts.disable(store, "王主管")

    assert accounts.verify(store, "王主管", GOOD) is None
