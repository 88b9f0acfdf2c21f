"""What a child process sets on itself before it opens a file: memory and processor time.

POSIX has resource limits; on Windows a job object holds the memory limit, and the parent's clock alone limits time.
"""

import ctypes
import logging
import os

from digest.ingest.limits import MEGABYTE

logger = logging.getLogger(__name__)

JOB_PROCESS_MEMORY, JOB_EXTENDED_LIMIT = 0x100, 9  # winnt.h


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("Basic", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def confine(memory: int) -> None:
    """Limit this process's memory (megabytes), for ever; where the system cannot, the parent's clock remains."""
    try:
        if os.name == "nt":
            _confine_windows(memory)
        else:
            _confine_posix(memory)
    except (OSError, ValueError, ImportError, AttributeError):
        logger.warning("no memory limit on this system")


def renew_time(seconds: int) -> None:
    """Allow this process so many more seconds of processor time."""
    if os.name == "nt":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard < 0 else min(wanted, hard), hard))


def _confine_posix(memory: int) -> None:
    """Address space and core dumps."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))


def _confine_windows(memory: int) -> None:
    """A job object that this process puts itself into; its handle is left to the process's end."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        raise OSError("CreateJobObjectW")
    limit = ExtendedLimits()
    limit.Basic.LimitFlags = JOB_PROCESS_MEMORY
    limit.ProcessMemoryLimit = memory * MEGABYTE
    if not kernel.SetInformationJobObject(job, JOB_EXTENDED_LIMIT, ctypes.byref(limit), ctypes.sizeof(limit)):
        raise OSError("SetInformationJobObject")
    if not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
        raise OSError("AssignProcessToJobObject")
