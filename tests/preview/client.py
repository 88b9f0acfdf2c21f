"""A client of the review server's application, logged in, without a network."""

import re
import warnings
from pathlib import Path

from digest import ingest
from digest.archive import accounts
from digest.archive.accounts import Role
from digest.archive.store import Store
from digest.preview.app import application
from digest.preview.guards import site_of
from digest.preview.office import Office
from digest.preview.people import TOKEN, Door
from tests.preview.made import CIRCULAR, source_from

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have httpx2; httpx does what we need
    from starlette.testclient import TestClient

ADDRESS = "http://127.0.0.1:5000"


class Desk:
    """An office with a client for it."""

    def __init__(self, home: Path, *, accounts_on: bool = False, samples: Path | None = None) -> None:
        self.office = Office(Store(home / "archive.sqlite"), home, samples)
        self.door = Door(key="key-of-this-run", accounts=accounts_on, port=5000)
        site = site_of(["127.0.0.1", "localhost"], 5000)
        self.app = application(self.office, self.door, lambda: site)
        self.client = self.fresh()

    def fresh(self) -> TestClient:
        """A browser that nobody knows yet."""
        return TestClient(self.app, base_url=ADDRESS, headers={"origin": ADDRESS}, follow_redirects=False)

    def enter(self) -> TestClient:
        """Come in by the start address."""
        self.client.get(f"/?key={self.door.key}")
        return self.with_token(self.client, "/")

    def log_in(self, name: str, role: Role, password: str = "晨会-2025-网点") -> TestClient:
        """Make an account and log in with it."""
        accounts.add(self.office.store, name, password, role)
        client = self.fresh()
        assert client.post("/api/login", json={"name": name, "password": password}).status_code == 200
        return self.with_token(client, "/archive")

    @staticmethod
    def with_token(client: TestClient, page: str) -> TestClient:
        """The client with the token that a page of ours carries."""
        client.headers[TOKEN] = re.search('name="csrf" content="([^"]*)"', client.get(page).text)[1]
        return client

    def take_in(self, text: str = CIRCULAR, name: str = "印章管理.txt") -> int:
        """A circular straight into the archive; its draft."""
        return self.office.take_in(source_from(text, name), ingest.read, "主管").draft

    def edit(self, draft: int, version: int, op: str, **values):
        """The answer to an edit; values named like this function's own go into ``values`` as a dict."""
        extra = values.pop("extra", {})
        return self.client.post(f"/api/drafts/{draft}/edits", json={"version": version, "op": op, "values": values, **extra})

    def close(self) -> None:
        """End everything."""
        self.office.close()
