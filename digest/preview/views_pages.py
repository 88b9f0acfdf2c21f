"""The page shells: small HTML with no data in it but who is asking; everything else comes over the API."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from digest import __version__
from digest.archive import audit
from digest.archive.accounts import Role
from digest.preview import people
from digest.preview.asking import Ask, Entry


@cache
def shells() -> Environment:
    """The packaged page templates; everything put in is escaped."""
    return Environment(loader=PackageLoader("digest.preview", "pages"), autoescape=True, undefined=StrictUndefined)


def shell(ask: Ask, name: str, title: str) -> Response:
    """One page."""
    session = ask.session
    return HTMLResponse(
        shells()
        .get_template(f"{name}.html")
        .render(
            title=title,
            csrf=session.csrf if session else "",
            who=session.account if session else "",
            role=session.role.value if session else "",
            accounts=ask.door.accounts,
            version=__version__,
            page=name,
        )
    )


def start(ask: Ask) -> Response:
    """The start page; the start address carries a key that opens a session once and leaves the address bar."""
    if key := ask.request.query_params.get("key"):
        response = RedirectResponse("/", status_code=303)
        if people.key_fits(key, ask.door):
            people.begin(response, ask.door, ask.office.store, (people.LOCAL, Role.MANAGER))
            audit.note(ask.office.store, "打开", who=people.LOCAL, address=ask.address)
        return response
    if ask.session is None:
        return RedirectResponse("/login", status_code=303)
    return shell(ask, "start", "开始") if ask.session.role is Role.MANAGER else RedirectResponse("/archive", status_code=303)


def login(ask: Ask) -> Response:
    """Name and password, or where to find the start address."""
    return shell(ask, "login", "登录")


def review(ask: Ask) -> Response:
    """The review page."""
    return shell(ask, "review", "审阅")


def archive(ask: Ask) -> Response:
    """The archive page."""
    return shell(ask, "archive", "历史库")


def settings(ask: Ask) -> Response:
    """Profile, accounts, backup and audit log."""
    return shell(ask, "settings", "设置")


ENTRIES = (
    Entry("GET", "/", None, start),
    Entry("GET", "/login", None, login),
    Entry("GET", "/review/{draft:int}", Role.MANAGER, review),
    Entry("GET", "/archive", Role.READER, archive),
    Entry("GET", "/settings", Role.MANAGER, settings),
)
