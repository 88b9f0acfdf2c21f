"""What every request must pass before anything looks at it: right host, own origin, small enough, quick enough; and what every answer carries."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from msgspec import Struct
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
FRAMED = ("/api/printing/",)  # the PDF that the page itself prints from a hidden frame
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
SMALL_BODY = 512 * 1024
CHUNK_SECONDS = 20.0  # a sender that is silent for so long is gone, or means harm
LARGE = {"/api/files": 200 * 1024 * 1024, "/api/imports/": 40 * 1024 * 1024, "/api/restore": 8 * 1024**3}
LEAST_RATE = 50_000  # bytes a second on average, after the first half minute; a LAN is far faster
HALF_MINUTE = 30.0


class TooLarge(Exception):
    """The body is larger than its address allows."""


class TooSlow(Exception):
    """The body comes in too slowly."""


class Site(Struct, frozen=True):
    """The addresses under which this server is reached, as host:port, and whether by TLS."""

    hosts: frozenset[str]
    secure: bool = False

    @property
    def origins(self) -> frozenset[str]:
        """What a page of ours says it comes from."""
        scheme = "https" if self.secure else "http"
        return frozenset(f"{scheme}://{host}" for host in self.hosts)


def site_of(names: Iterable[str], port: int, *, secure: bool = False) -> Site:
    """The site under some host names; IPv6 literals get their brackets."""
    hosts = {f"[{name}]" if ":" in name else name.lower() for name in names}
    default = 443 if secure else 80
    return Site(frozenset({f"{host}:{port}" for host in hosts} | (hosts if port == default else set())), secure)


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, site: Callable[[], Site]) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on, and dress the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        dressed = dress(send, str(scope["path"]))
        refusal = refuse(scope["method"], str(scope["path"]), headers, self.site())
        if refusal:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, dressed)
            return
        try:
            await self.app(scope, watched(receive, limit_of(str(scope["path"])), headers), dressed)
        except TooLarge:
            await PlainTextResponse("内容太大。", status_code=413, headers={"connection": "close"})(scope, receive, dressed)
        except TooSlow:
            await PlainTextResponse("传得太慢，已断开。", status_code=408, headers={"connection": "close"})(scope, receive, dressed)


def refuse(method: str, path: str, headers: Headers, site: Site) -> str:
    """Why a request is refused; empty when it is not.

    A foreign Host is a rebound name (DNS rebinding); a foreign Origin or Sec-Fetch-Site is another site's page.
    """
    if headers.get("host", "").lower() not in site.hosts:
        return "地址不对：请用启动时显示的地址打开。"
    origin, fetch = headers.get("origin"), headers.get("sec-fetch-site")
    if method in UNSAFE and (origin is None or origin.lower() not in site.origins):
        return "请求不是从本程序的页面发出的。"
    if origin is not None and origin.lower() not in site.origins:
        return "请求不是从本程序的页面发出的。"
    arriving = method == "GET" and headers.get("sec-fetch-mode") == "navigate" and not path.startswith("/api/")
    if fetch in ("cross-site", "same-site") and not arriving:
        return "请求不是从本程序的页面发出的。"
    return ""


def limit_of(path: str) -> int:
    """How many bytes a body may have."""
    return next((limit for start, limit in LARGE.items() if path.startswith(start)), SMALL_BODY)


def watched(receive: Receive, limit: int, headers: Headers) -> Receive:
    """The receive channel, counted and timed."""
    loop = asyncio.get_running_loop()
    begun, seen, done = loop.time(), 0, False
    try:
        announced = int(headers.get("content-length", "0"))
    except ValueError:
        announced = limit + 1

    async def receive_watched() -> Message:
        """The next piece of the body."""
        nonlocal seen, done
        if announced > limit:
            raise TooLarge
        if done:  # what comes now is the news that the client left, for which one waits
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), CHUNK_SECONDS)
        except TimeoutError:
            raise TooSlow from None
        seen += len(message.get("body", b""))
        done = not message.get("more_body", False)
        spent = loop.time() - begun
        if seen > limit:
            raise TooLarge
        if spent > HALF_MINUTE and seen < LEAST_RATE * (spent - HALF_MINUTE):
            raise TooSlow
        return message

    return receive_watched


def dress(send: Send, path: str) -> Callable[[Message], Awaitable[None]]:
    """The send channel, with the headers that every answer carries."""
    ancestors = "'self'" if path.startswith(FRAMED) else "'none'"

    async def send_dressed(message: Message) -> None:
        """Add the headers to the start of the answer."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers["content-security-policy"] = POLICY.format(ancestors=ancestors)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return send_dressed
