"""Every test of the archive runs in both schemas: SQLite, and a PostgreSQL of our own."""

import pytest

from digest.archive import engine, store
from tests import servers
from tests.archive import made


def pytest_generate_tests(metafunc):
    """Twice where a store is opened, once where the test is about one database only."""
    if not hasattr(metafunc.module, "store_in"):
        return
    alone = metafunc.definition.get_closest_marker("database")
    metafunc.parametrize("database", alone.args if alone else ("sqlite", "postgresql"), indirect=True)


@pytest.fixture(scope="session")
def schemas():
    """A running PostgreSQL."""
    pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed: pip install -e '.[postgres]'")
    if servers.postgres_programs() is None:
        pytest.skip("no PostgreSQL server programs here: apt-get install postgresql")
    with servers.postgres() as server:
        yield servers.Schemas(server)


@pytest.fixture
def opened(monkeypatch):
    """Every engine that a test opens, closed at its end."""
    engines, usual = [], engine.open_engine

    def remembered(address):
        engines.append(usual(address))
        return engines[-1]

    monkeypatch.setattr(store, "open_engine", remembered)
    yield remembered
    for each in engines:
        each.close()


@pytest.fixture(autouse=True)
def database(request, monkeypatch, opened):
    """Where ``store_in`` puts its archives in this run of the test."""
    kind = getattr(request, "param", "sqlite")
    if kind == "postgresql":
        monkeypatch.setattr(made, "place_in", request.getfixturevalue("schemas").of)
    return kind
