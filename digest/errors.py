"""Every failure the user can meet: one Chinese sentence (what, where, what to do next) and a stable exit code.

The codes are listed in docs/errors.md and never change their meaning.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """Process exit codes (退出码)."""

    OK = 0
    BUG = 1  # our own fault
    USAGE = 2  # wrong options or arguments
    UNKNOWN_FORMAT = 3
    UNREADABLE = 4  # damaged file
    ENCRYPTED = 5
    NO_TEXT = 6  # scan without OCR, empty file
    MISSING_TOOL = 7
    SECRET = 8  # red marking: refused
    DOES_NOT_FIT = 9
    TEMPLATE = 10  # broken template or settings file
    LIMITS = 11  # bomb, too large, too slow
    ARCHIVE = 12
    UNFIT = 13  # digest doctor found something that must be mended first
    PARTLY = 20  # a batch in which some files failed
    BROKEN_OFF = 21  # a batch that ended before its last file: the cluster or the disk is gone


class DigestError(Exception):
    """Base of all expected failures; ``str(error)`` is the sentence for the user."""

    exit_code = ExitCode.BUG


class UsageError(DigestError):
    """The call's words are off."""

    exit_code = ExitCode.USAGE


class UnknownFormat(DigestError):
    """Not a format this tool reads (yet)."""

    exit_code = ExitCode.UNKNOWN_FORMAT


class Unreadable(DigestError):
    """The file is damaged or is not what it says it is."""

    exit_code = ExitCode.UNREADABLE


class Encrypted(DigestError):
    """A password is needed or wrong."""

    exit_code = ExitCode.ENCRYPTED


class NoText(DigestError):
    """Nothing readable inside: an empty file, or a scan where OCR is missing."""

    exit_code = ExitCode.NO_TEXT


class MissingTool(DigestError):
    """An optional part (OCR, converter) is not installed."""

    exit_code = ExitCode.MISSING_TOOL


class SecretDocument(DigestError):
    """A red secrecy marking: nothing is generated and nothing is stored."""

    exit_code = ExitCode.SECRET


class DoesNotFit(DigestError):
    """The page cannot hold even the fixed parts; names the section."""

    exit_code = ExitCode.DOES_NOT_FIT


class BadTemplate(DigestError):
    """A template or settings file of the user's is broken; names file and line."""

    exit_code = ExitCode.TEMPLATE


class TooMuch(DigestError):
    """A limit was hit: size, time, memory, nesting."""

    exit_code = ExitCode.LIMITS


class ArchiveError(DigestError):
    """The archive cannot be opened or written."""

    exit_code = ExitCode.ARCHIVE


class BrokenOff(DigestError):
    """A batch ended before every file had its turn; what is done is kept, and ``--resume`` goes on."""

    exit_code = ExitCode.BROKEN_OFF
