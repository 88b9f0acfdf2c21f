"""What a child process asks of the system before it opens a file."""

import ctypes

import pytest

from digest.ingest import child_limits
from digest.ingest.limits import MEGABYTE

MEMORY = 700


class Call:
    """One function of a library that writes down what it was asked."""

    def __init__(self, name, answer, story):
        """Answer always the same."""
        self.name, self.answer, self.story = name, answer, story

    def __call__(self, *words):
        """Write down the call."""
        self.story.append((self.name, words))
        return self.answer


class FakeKernel:
    """Stands in for kernel32; its functions are made as they are asked for."""

    def __init__(self, story, **answers):
        """Answer 1, or what is given by name."""
        self.story, self.answers = story, answers

    def __getattr__(self, name):
        """A function of the library, the same one each time."""
        self.__dict__[name] = Call(name, self.answers.get(name, 1), self.story)
        return self.__dict__[name]


def windows(monkeypatch, **answers):
    """Let the limits meet a kernel32 that answers so; gives the list of its calls."""
    story = []
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: FakeKernel(story, **answers), raising=False)
    return story


def test_windows_sets_the_limit_before_it_enters_the_job(monkeypatch):
    """The job is made, gets its memory limit, and only then holds this process."""
    story = windows(monkeypatch, CreateJobObjectW=42, GetCurrentProcess=7)
    child_limits._confine_windows(MEMORY)
    assert [name for name, _ in story] == ["CreateJobObjectW", "SetInformationJobObject", "GetCurrentProcess", "AssignProcessToJobObject"]
    job, kind, limit, size = story[1][1]
    assert (job, kind, size) == (42, child_limits.JOB_EXTENDED_LIMIT, ctypes.sizeof(child_limits.ExtendedLimits))
    assert limit._obj.ProcessMemoryLimit == MEMORY * MEGABYTE
    assert limit._obj.Basic.LimitFlags == child_limits.JOB_PROCESS_MEMORY
    assert story[3][1] == (42, 7)


@pytest.mark.parametrize("refused", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"])
def test_windows_tells_each_step_that_failed(monkeypatch, refused):
    """A limit that the system did not take is not thought to be there."""
    windows(monkeypatch, **{refused: 0})
    with pytest.raises(OSError, match=refused):
        child_limits._confine_windows(MEMORY)
