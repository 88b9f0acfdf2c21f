"""One request as the handlers see it, and the frame around every handler: who may, with which body, and how errors are told."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from msgspec import Struct, field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from digest.archive import audit
from digest.archive.accounts import Role, Session
from digest.archive.drafts import VersionConflict
from digest.errors import ArchiveError, DigestError, SecretDocument, UsageError
from digest.preview import people
from digest.preview.guards import UNSAFE
from digest.preview.office import Office
from digest.preview.people import Door

NOBODY = None  # a handler that needs no session


class Ask(Struct):
    """A request with everything a handler needs; handlers run in a thread and never see the network."""

    request: Request
    office: Office
    door: Door
    session: Session | None
    given: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""

    @property
    def who(self) -> str:
        """The account's name."""
        return self.session.account if self.session else ""

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return self.request.client.host if self.request.client else ""

    def number(self, name: str) -> int:
        """A number in the path."""
        return int(self.request.path_params[name])

    def query(self, name: str, usual: str = "") -> str:
        """A word of the query, never longer than a line."""
        return self.request.query_params.get(name, usual)[:200]

    def value(self, name: str, kind: type, usual: Any = None) -> Any:
        """A value of the JSON body.

        Raises:
            UsageError: it is missing or of another kind.
        """
        value = self.given.get(name, usual)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise UsageError("请求的内容不完整。请刷新页面后再试。")
        return value

    def note(self, act: str, what: str = "") -> None:
        """A row in the audit log."""
        audit.note(self.office.store, act, what, who=self.who, address=self.address)


Handler = Callable[[Ask], Response]
Streamed = Callable[[Ask, AsyncIterator[bytes]], Awaitable[Response]]


class Entry(Struct, frozen=True):
    """One address: method, path, who may, and what answers. ``raw`` bodies are bytes; ``streamed`` ones are read by the handler."""

    method: str
    path: str
    role: Role | None
    handler: Handler | None = None
    raw: bool = False
    streamed: Streamed | None = None


def route(entry: Entry, office: Office, door: Door) -> Route:
    """An entry as a Starlette route."""

    async def endpoint(request: Request) -> Response:
        """Check, read, answer, and tell errors."""
        session = await run_in_threadpool(people.session_of, request, door, office.store)
        refusal = refuse(entry, request, session)
        if refusal is not None:
            return refusal
        ask = Ask(request, office, door, session)
        try:
            if entry.streamed is not None:
                return await entry.streamed(ask, request.stream())
            if entry.method in UNSAFE:
                await read_body(ask, entry)
            assert entry.handler is not None
            return await run_in_threadpool(entry.handler, ask)
        except DigestError as error:
            return told(error)

    return Route(entry.path, endpoint, methods=[entry.method])


def refuse(entry: Entry, request: Request, session: Session | None) -> Response | None:
    """The answer to somebody who may not; None for who may."""
    if entry.role is None:
        return None
    page = not entry.path.startswith("/api/")
    if session is None:
        return RedirectResponse("/login", status_code=303) if page else failure("请先登录。", 401)
    if entry.role is Role.MANAGER and session.role is not Role.MANAGER:
        return RedirectResponse("/archive", status_code=303) if page else failure("只有主管账号可以这样做。", 403)
    if entry.method in UNSAFE and not people.token_fits(request, session):
        return failure("页面已过期。请刷新页面后再试。", 403)
    return None


async def read_body(ask: Ask, entry: Entry) -> None:
    """The body as bytes or as a JSON object.

    Raises:
        UsageError: it is no JSON object.
    """
    ask.body = await ask.request.body()
    if entry.raw or not ask.body:
        return
    try:
        given = json.loads(ask.body)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise UsageError("请求的内容不完整。请刷新页面后再试。")
    ask.given = given


def told(error: DigestError) -> Response:
    """An expected failure as an answer."""
    if isinstance(error, VersionConflict):
        now = error.current
        current = {"version": now.version, "who": now.who, "at": now.at}
        return JSONResponse({"error": str(error), "kind": "VersionConflict", "current": current}, status_code=409)
    status = 400 if isinstance(error, UsageError) else 403 if isinstance(error, SecretDocument) else 404 if isinstance(error, ArchiveError) else 422
    return failure(str(error), status, type(error).__name__)


def failure(sentence: str, status: int, kind: str = "") -> Response:
    """A sentence for the user."""
    return JSONResponse({"error": sentence, "kind": kind}, status_code=status)


def answer(value: Any) -> Response:
    """Plain data as JSON."""
    return JSONResponse(value)
