"""Logging in and out, accounts, the branch's profile, the audit log."""

from typing import Any

from starlette.responses import Response

from digest.archive import accounts, audit
from digest.archive.accounts import Role
from digest.errors import UsageError
from digest.model.profile import Profile
from digest.preview import people, profile_file, state
from digest.preview.asking import Ask, Entry, answer

MOST_AUDIT = 300


def log_in(ask: Ask) -> Response:
    """Name and password for a session."""
    if not ask.door.accounts:
        raise UsageError("本机使用不需要登录。请从启动窗口里的地址打开。")
    given = (ask.value("name", str), ask.value("password", str)[: accounts.LONGEST_PASSWORD + 1])
    account = people.log_in(ask.office.store, ask.door, given, ask.address)
    response = answer({"role": account.role.value})
    people.begin(response, ask.door, ask.office.store, (account.name, account.role))
    return response


def log_out(ask: Ask) -> Response:
    """End the session."""
    accounts.end(ask.office.store, ask.request.cookies.get(ask.door.cookie, ""))
    response = answer({})
    response.delete_cookie(ask.door.cookie, path="/")
    return response


def all_accounts(ask: Ask) -> Response:
    """The accounts by name."""
    return answer([state.plain(each) for each in accounts.all_of(ask.office.store)])


def add_account(ask: Ask) -> Response:
    """Make an account."""
    name, role = ask.value("name", str), ask.value("role", str)
    if role not in {each.value for each in Role}:
        raise UsageError("请选择主管或读者。")
    accounts.add(ask.office.store, name, ask.value("password", str), Role(role))
    ask.note("建账号", f"{name}（{role}）")
    return all_accounts(ask)


def change_password(ask: Ask) -> Response:
    """Set an account's password."""
    name = ask.value("name", str)
    accounts.change_password(ask.office.store, name, ask.value("password", str))
    ask.note("改密码", name)
    return all_accounts(ask)


def disable(ask: Ask) -> Response:
    """Lock an account, or let it in again."""
    name, disabled = ask.value("name", str), ask.value("disabled", bool)
    accounts.disable(ask.office.store, name, disabled)
    ask.note("停用账号" if disabled else "启用账号", name)
    return all_accounts(ask)


def log(ask: Ask) -> Response:
    """The audit log, and whether its chain holds."""
    store = ask.office.store
    return answer({"rows": [state.plain(each) for each in audit.latest(store, MOST_AUDIT)], "broken": audit.first_break(store)})


def profile(ask: Ask) -> Response:
    """What the branch is and does, with everything to choose from."""
    rules = ask.office.settings.rules
    usual: dict[str, bool] = {}
    for each in rules.lexicon.businesses:
        usual.setdefault(each.name, each.usual)
    mine: dict[str, Any] = state.plain(rules.profile)
    return answer({"profile": mine, "businesses": usual, "roles": sorted({post.role for post in rules.lexicon.posts if post.acts})})


def save_profile(ask: Ask) -> Response:
    """Write the branch's profile; it counts from the next file on."""
    lists = {name: tuple(str(each)[:40] for each in ask.value(name, list))[:60] for name in ("on", "off", "roles")}
    branch = " ".join(ask.value("branch", str).split())[:40]
    profile_file.save(ask.office.home, Profile(branch=branch, on=lists["on"], off=lists["off"], roles=lists["roles"]))
    ask.office.forget_settings()
    ask.note("改网点情况", branch)
    return profile(ask)


ENTRIES = (
    Entry("POST", "/api/login", None, log_in),
    Entry("POST", "/api/logout", Role.READER, log_out),
    Entry("GET", "/api/accounts", Role.MANAGER, all_accounts),
    Entry("POST", "/api/accounts", Role.MANAGER, add_account),
    Entry("POST", "/api/accounts/password", Role.MANAGER, change_password),
    Entry("POST", "/api/accounts/disable", Role.MANAGER, disable),
    Entry("GET", "/api/audit", Role.MANAGER, log),
    Entry("GET", "/api/profile", Role.MANAGER, profile),
    Entry("POST", "/api/profile", Role.MANAGER, save_profile),
)
