"""The application: every address in one table, behind one guard."""

from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from digest import shipped
from digest.preview import views_archive, views_files, views_import, views_pages, views_people, views_print, views_review
from digest.preview.asking import Entry, route
from digest.preview.guards import Guard, Site
from digest.preview.office import Office
from digest.preview.people import Door

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

FOLDERS = (("preview", "static"), ("typeset", "fonts"))
TABLES = (views_pages, views_files, views_review, views_print, views_import, views_archive, views_people)


def entries() -> tuple[Entry, ...]:
    """Every address there is, besides the static files."""
    return tuple(entry for table in TABLES for entry in table.ENTRIES)


def application(office: Office, door: Door, site: Callable[[], Site]) -> Starlette:
    """The ASGI application of an office."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> "AsyncIterator[None]":
        """Close the office at the end."""
        yield
        office.close()

    static, fonts = (StaticFiles(directory=shipped.path(*place), follow_symlink=False) for place in FOLDERS)
    return Starlette(
        routes=[*(route(entry, office, door) for entry in entries()), Mount("/static", static), Mount("/fonts", fonts)],
        middleware=[Middleware(Guard, site=site)],
        exception_handlers={404: missing, 405: missing, 500: broken},
        lifespan=lifespan,
    )


def missing(request: "Request", error: Exception) -> Response:
    """Nothing there."""
    return PlainTextResponse("没有这个地址。请回到首页。", status_code=404)


def broken(request: "Request", error: Exception) -> Response:
    """Our own fault."""
    return PlainTextResponse("程序出错了，这是程序的问题，不是文件的问题。刷新后再试；仍然这样请反馈给维护者。", status_code=500)
