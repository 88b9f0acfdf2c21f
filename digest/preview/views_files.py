"""The start page's requests: files in, their progress, samples, what was worked on last."""

from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from starlette.responses import Response

from digest.archive import drafts
from digest.archive.accounts import Role
from digest.errors import UsageError
from digest.model.source import Source
from digest.preview import state
from digest.preview.asking import Ask, Entry, answer

LONGEST_NAME = 160
MADE = ".sheet"  # a sample's own sheet lies beside it under this name
SAMPLE_FORMS = (".docx", ".doc", ".pdf", ".eml", ".msg", ".txt", ".md", ".html", ".ofd", ".wps")


def bare_name(given: str) -> str:
    """A file's name as shown: the last part of whatever was sent, printable and not endless. It never becomes a path."""
    name = PurePosixPath(given.replace("\\", "/")).name
    name = "".join(character for character in name if character.isprintable()).strip().lstrip(".")
    return name[-LONGEST_NAME:] or "未命名文件"


def upload(ask: Ask) -> Response:
    """Queue a file; its bytes are the body, its name stands in the query."""
    if not ask.body:
        raise UsageError("这个文件是空的。请检查后再放。")
    name = bare_name(ask.request.query_params.get("name", ""))
    source = Source(name=name, data=ask.body, password=unquote(ask.request.headers.get("x-file-password", ""))[:200])
    return answer(state.job_view(ask.office.jobs.add(source, ask.who)))


def jobs(ask: Ask) -> Response:
    """Every file on its way, and whether any still moves."""
    return answer([state.job_view(job) for job in ask.office.jobs.all() if job.who == ask.who])


def cancel(ask: Ask) -> Response:
    """Stop reading a file."""
    job = ask.office.jobs.get(ask.number("job"))
    if job is None or job.who != ask.who:
        raise UsageError("没有这个文件，可能已读完。")
    ask.office.jobs.cancel(job.id)
    return answer(state.job_view(job))


def recent(ask: Ask) -> Response:
    """The drafts that were changed last."""
    return answer([state.standing(each) for each in drafts.recent(ask.office.store, 30)])


def sample_files(folder: Path | None) -> list[Path]:
    """The sample circulars, in order of their names."""
    if folder is None or not folder.is_dir():
        return []
    files = (path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in SAMPLE_FORMS)
    return sorted(path for path in files if not path.stem.endswith(MADE))


def samples(ask: Ask) -> Response:
    """The names of the samples."""
    return answer([path.name for path in sample_files(ask.office.samples)])


def take_sample(ask: Ask) -> Response:
    """Queue a sample by its place in the list: no name from the browser reaches the disk."""
    files, place = sample_files(ask.office.samples), ask.number("place")
    if place >= len(files):
        raise UsageError("没有这个样例。请刷新页面后再试。")
    return answer(state.job_view(ask.office.jobs.add(Source(name=files[place].name, data=files[place].read_bytes()), ask.who)))


ENTRIES = (
    Entry("POST", "/api/files", Role.MANAGER, upload, raw=True),
    Entry("GET", "/api/jobs", Role.MANAGER, jobs),
    Entry("DELETE", "/api/jobs/{job:int}", Role.MANAGER, cancel),
    Entry("GET", "/api/drafts", Role.MANAGER, recent),
    Entry("GET", "/api/samples", Role.MANAGER, samples),
    Entry("POST", "/api/samples/{place:int}", Role.MANAGER, take_sample),
)
