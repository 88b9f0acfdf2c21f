"""What a finder gets to read: one sentence with its quoted names blanked out, and the days the document stands on."""

from collections.abc import Callable, Iterator

from msgspec import Struct, field

from digest.model.facts import Fact, FactKind
from digest.zh import days
from digest.zh.matching import shield


class Calendar(Struct, frozen=True, kw_only=True):
    """The days that rules count from: ``issued`` (成文日期) and ``effective`` (施行日期), ISO or empty."""

    issued: str = ""
    effective: str = ""

    def year_for(self, month: int, day: int) -> int | None:
        """The year of a day written without one: the year of issue if the day lies on or after the issue, else unknown.

        A circular of 15 September that says 9月30日前 can only mean this year; one of 24 December that says 1月10日前 may
        mean next year or report on the last, so it stays unknown.
        """
        if not self.issued:
            return None
        year = int(self.issued[:4])
        return year if f"{year:04}-{month:02}-{day:02}" >= self.issued[:10] else None


class Reading(Struct, frozen=True, kw_only=True):
    """One sentence to be searched. ``plain`` is ``text`` with names of documents blanked out, place for place."""

    text: str
    sentence: int = 0
    cells: tuple[tuple[str, str], ...] = ()
    calendar: Calendar = Calendar()
    plain: str = field(default="")
    written: tuple[days.Day, ...] = ()

    def fact(self, kind: FactKind, start: int, end: int, **more: object) -> Fact:
        """A fact on characters [start, end), blanks at either end left out."""
        cut = self.text[start:end]
        start += len(cut) - len(cut.lstrip())
        end -= len(cut) - len(cut.rstrip())
        return Fact(kind=kind, text=self.text[start:end], sentence=self.sentence, start=start, end=end, **more)  # type: ignore[arg-type]

    def days_in(self, start: int, end: int) -> tuple[days.Day, ...]:
        """The written days that begin inside [start, end)."""
        return tuple(day for day in self.written if start <= day.start < end)

    def dated(self, day: days.Day) -> tuple[str, str]:
        """ISO day and the basis of its year: empty basis where the year is written, here or earlier in the sentence."""
        if day.year is not None:
            return day.iso(), ""
        earlier = [other for other in self.written if other.start < day.start and other.year is not None]
        if earlier and (day.month, day.day) >= (earlier[-1].month, earlier[-1].day):
            return day.iso(earlier[-1].year), ""
        year = self.calendar.year_for(day.month, day.day)
        iso = day.iso(year) if year is not None else ""
        return iso, f"发文日期{self.calendar.issued[:10]}的年份" if iso else ""


def read(text: str, sentence: int = 0, cells: tuple[tuple[str, str], ...] = (), calendar: Calendar | None = None) -> Reading:
    """Prepare one sentence for the finders."""
    plain = shield(text)
    return Reading(
        text=text,
        sentence=sentence,
        cells=cells,
        calendar=calendar or Calendar(),
        plain=plain,
        written=tuple(days.find(plain)) if "月" in plain or "-" in plain or "/" in plain or "." in plain else (),
    )


Finder = Callable[[Reading], Iterator[Fact]]
