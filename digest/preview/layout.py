"""Draft in, its page out: laid out, numbered as it stands, drawn as PDF and picture; what was just drawn is kept for a moment."""

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from digest import render, sheet
from digest.archive.values import dump
from digest.errors import DoesNotFit
from digest.model.look import Look
from digest.model.page import Page
from digest.model.sheet import Sheet
from digest.preview import pictures
from digest.preview.draft import Draft, printable, renumber

KEPT = 24  # pages: about half a megabyte each with PDF and picture
SCALES = (1.5, 2.0, 3.0)
LINE_SPOT = re.compile(r"line-(\d+)$")


class Laid(Struct, frozen=True, kw_only=True):
    """A draft on paper. ``numbers[i]`` is the draft's number of the line printed as i + 1; ``problem`` says why there is no page."""

    key: str
    sheet: Sheet
    look: Look
    page: Page | None
    numbers: tuple[int, ...]
    problem: str = ""


class Shelf:
    """The pages drawn last, by what they say."""

    def __init__(self) -> None:
        self._laid: OrderedDict[str, Laid] = OrderedDict()
        self._drawn: OrderedDict[tuple[str, float], bytes] = OrderedDict()
        self._orders: dict[str, tuple[int, ...]] = {}
        self._lock = threading.RLock()

    def lay(self, draft: Draft, look: Look) -> Laid:
        """The draft's page, laid out anew unless it is the same as a moment ago."""
        printed = printable(draft)
        key = key_of(printed, look)
        with self._lock:
            if key in self._laid and self._laid[key].look == look:
                self._laid.move_to_end(key)
                return self._laid[key]
        numbers = numbers_of(draft, printed)
        made = lay(*self._guess(printed, numbers), look, key)
        with self._lock:
            self._laid[key] = made
            self._orders[look.name] = made.numbers
            trim(self._laid)
        return made

    def _guess(self, printed: Sheet, numbers: tuple[int, ...]) -> tuple[Sheet, tuple[int, ...]]:
        """The sheet numbered as its lines stood on the page last time: mostly right, and then one layout is enough."""
        with self._lock:
            last = self._orders.get(printed.template, ())
        if sorted(last) != sorted(numbers) or len(set(numbers)) != len(numbers):
            return printed, numbers
        places = {number: place for place, number in enumerate(last, start=1)}
        return renumber(printed, {old: places[number] for old, number in enumerate(numbers, start=1)}), last

    def known(self, key: str) -> Laid | None:
        """A page laid out a moment ago."""
        with self._lock:
            return self._laid.get(key)

    def pdf(self, laid: Laid) -> bytes:
        """The page as PDF."""
        return self._keep((laid.key, 0.0), lambda: pdf_of(laid))

    def picture(self, laid: Laid, scale: float) -> bytes:
        """The page as a grey PNG, at the nearest allowed scale."""
        nearest = min(SCALES, key=lambda each: abs(each - scale))
        return self._keep((laid.key, nearest), lambda: pictures.page_png(self.pdf(laid), nearest))

    def _keep(self, key: tuple[str, float], make: "Callable[[], bytes]") -> bytes:
        """What was drawn under a key, drawn if it is not there."""
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        data = make()
        with self._lock:
            self._drawn[key] = data
            trim(self._drawn, 2 * KEPT)
        return data


def trim(kept: OrderedDict, most: int = KEPT) -> None:  # type: ignore[type-arg]
    """Forget the oldest."""
    while len(kept) > most:
        kept.popitem(last=False)


def key_of(printed: Sheet, look: Look) -> str:
    """A name for what a page says and how it looks."""
    told = (dump(replace(printed, left_out=())), look.name, look.page_text, repr(look.sizes), repr(look.margins), look.branch, str(look.answers))
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def numbers_of(draft: Draft, printed: Sheet) -> tuple[int, ...]:
    """The draft's numbers of the printed lines, -1 for the lines of the notes."""
    here = draft.numbers
    return (*here, *([-1] * (len(printed.lines) - len(here))))


def lay(printed: Sheet, numbers: tuple[int, ...], look: Look, key: str) -> Laid:
    """A sheet on its page, the lines numbered as the eye meets them there."""
    try:
        page = sheet.place(printed, look)
        order = as_seen(page, len(numbers))
        if order != tuple(range(1, len(numbers) + 1)):
            printed = renumber(printed, {old: new for new, old in enumerate(order, start=1)})
            numbers = tuple(numbers[old - 1] for old in order)
            page = sheet.place(printed, look)
    except DoesNotFit as error:
        return Laid(key=key, sheet=printed, look=look, page=None, numbers=numbers, problem=str(error))
    return Laid(key=key, sheet=printed, look=look, page=page, numbers=numbers)


def as_seen(page: Page, count: int) -> tuple[int, ...]:
    """The printed numbers in the order of the page's spots; a line without a spot keeps its turn at the end."""
    seen = dict.fromkeys(int(hit[1]) for spot in page.spots if (hit := LINE_SPOT.match(spot.key)))
    rest = (number for number in range(1, count + 1) if number not in seen)
    return (*(number for number in seen if 1 <= number <= count), *rest)


def pdf_of(laid: Laid) -> bytes:
    """A page as PDF.

    Raises:
        DoesNotFit: there is no page.
    """
    if laid.page is None:
        raise DoesNotFit(laid.problem)
    return render.write(laid.sheet, laid.page, laid.look, "pdf")


def form_of(printed: Sheet, look: Look, form: str) -> bytes:
    """A printed sheet in any form, laid out anew.

    Raises:
        DoesNotFit: it does not stand on one page in this design.
    """
    return render.write(printed, sheet.place(printed, look), look, form)


def with_answers(printed: Sheet, look: Look) -> bytes:
    """The manager's copy: the same page with the answers to its questions.

    Raises:
        DoesNotFit: the answers do not fit.
    """
    page, told = sheet.with_answers(printed, look)
    return render.write(printed, page, told, "pdf")


def copies(printed: Sheet, look: Look, count: int) -> bytes:
    """One PDF of so many pages, each with its own number in the restriction's blank."""
    return render.write_copies(printed, sheet.copies(printed, look, count), look)
