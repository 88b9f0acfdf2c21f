"""Fixtures of the review page's tests."""

import pytest

from digest.archive import accounts
from tests.preview.client import Desk


@pytest.fixture
def desk(tmp_path):
    """An office whose manager has come in."""
    it = Desk(tmp_path)
    it.enter()
    yield it
    it.close()


@pytest.fixture
def branch(tmp_path):
    """An office for the branch's LAN: everybody logs in."""
    it = Desk(tmp_path, accounts_on=True)
    yield it
    it.close()


@pytest.fixture
def quick_hash(monkeypatch):
    """A cheap password hash, where a test is about something else."""
    from argon2 import PasswordHasher

    monkeypatch.setattr(accounts, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts.decoy.cache_clear()
    yield
    accounts.decoy.cache_clear()
