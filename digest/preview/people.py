"""Who is asking: the session behind a cookie, the token each change carries, and logging in."""

import hmac

from msgspec import Struct, field
from starlette.requests import Request
from starlette.responses import Response

from digest.archive import accounts, audit
from digest.archive.accounts import Role, Session
from digest.archive.store import Store
from digest.errors import UsageError
from digest.preview.limiter import Limiter

LOCAL = "本机主管"  # the name of whoever sits at this PC, where no accounts are used
TOKEN = "x-csrf-token"


class Door(Struct):
    """How people come in. ``key`` is the word in the start address; with ``accounts`` a name and password are asked instead."""

    key: str
    accounts: bool
    port: int
    secure: bool = False
    # measured against guessing: 8 tries a quarter of an hour is 768 a day for one name
    tries: Limiter = field(default_factory=lambda: Limiter(8, 900.0, total=300))

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies do not know ports, so the name must."""
        return f"digest_{self.port}"


def session_of(request: Request, door: Door, store: Store) -> Session | None:
    """The session behind a request's cookie."""
    token = request.cookies.get(door.cookie, "")
    return accounts.session_of(store, token) if token else None


def begin(response: Response, door: Door, store: Store, who: tuple[str, Role]) -> None:
    """Open a session and hand out its cookie."""
    token = accounts.begin(store, who[0], who[1])
    response.set_cookie(door.cookie, token, httponly=True, samesite="strict", secure=door.secure, path="/")


def key_fits(given: str, door: Door) -> bool:
    """Whether the start address carries the right word."""
    return not door.accounts and hmac.compare_digest(given.encode("utf-8", "surrogatepass"), door.key.encode())


def token_fits(request: Request, session: Session) -> bool:
    """Whether a change carries its session's token."""
    return hmac.compare_digest(request.headers.get(TOKEN, "").encode("utf-8", "surrogatepass"), session.csrf.encode())


def log_in(store: Store, door: Door, given: tuple[str, str], address: str) -> accounts.Account:
    """The account of a name and password.

    Raises:
        UsageError: they do not fit, or it was tried too often.
    """
    name, password = accounts.tidy(given[0])[:80], given[1]
    if not door.tries.allow(f"name:{name}", f"from:{address}"):
        audit.note(store, "登录被限", name, address=address)
        raise UsageError("试得太多了。请过一刻钟再试，或请主管重设密码。")
    account = accounts.verify(store, name, password)
    if account is None:
        audit.note(store, "登录失败", name, address=address)
        raise UsageError("账号或密码不对。请检查大小写后再试。")
    door.tries.forgive(f"name:{name}")
    audit.note(store, "登录", who=account.name, address=address)
    return account
