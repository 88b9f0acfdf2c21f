"""Every choice a user has, in one frozen value; steps never see it, they get plain arguments."""

from msgspec import Struct

FORMS = ("pdf", "docx", "html", "json")
FOLDER = "学习单"  # where sheets go unless told otherwise


class Options(Struct, frozen=True, kw_only=True):
    """What the command line or the review page chose for one run.

    ``template`` empty means: chosen by kind and amount of text. ``home`` empty means the usual place (see places.home).
    """

    forms: tuple[str, ...] = FORMS
    template: str = ""
    ocr: bool = True
    password: str = ""
    home: str = ""
    sheets: int = 1  # a long regulation on so many, cut between chapters
    answers: bool = False  # the manager's copy beside the sheet: answers to the check questions
    copies: int = 0  # so many numbered copies of a restricted sheet
    guarded: bool = True  # read in the limited child process
