"""A real Dask cluster of processes on 127.0.0.1, for tests and benches."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).parents[2]
ALLOWED = 1  # deaths of a task's worker before the scheduler gives the task up


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path, daemon: str = "False", workers: int = 2) -> None:
        self.folder = folder
        self.file = folder / f"scheduler-{time.monotonic_ns()}.json"
        settings = {"DASK_DISTRIBUTED__WORKER__DAEMON": daemon, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(ALLOWED)}
        self.environment = os.environ | settings
        self.processes: list[subprocess.Popen] = []
        try:
            self.scheduler = self.start("scheduler", "--port", "0")
            for number in range(workers):
                self.start("worker", "--nthreads", "1", "--local-directory", str(folder / f"w{number}"), "--death-timeout", "20")
            self.address = self.written_address()
        except BaseException:  # nobody else would end what was started
            self.stop()
            raise

    def written_address(self) -> str:
        """Where the scheduler listens; its file is made before it is written, so an empty or half one is waited for."""
        deadline = time.monotonic() + 60
        while True:
            try:
                return str(json.loads(self.file.read_text())["address"])
            except (FileNotFoundError, json.JSONDecodeError):
                assert self.scheduler.poll() is None, (self.folder / "scheduler.log").read_text(errors="replace")
                assert time.monotonic() < deadline, "the scheduler did not start"
                time.sleep(0.05)

    def start(self, role: str, *words: str) -> subprocess.Popen:
        """One process of the cluster."""
        common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(self.file)]
        with (self.folder / f"{role}.log").open("ab") as log:
            command = [sys.executable, "-m", f"distributed.cli.dask_{role}", *common, *words]
            process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """End all of it."""
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(4)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def worker_pids(self) -> list[int]:
        """The processes that do the work (the nannies only watch over them)."""
        with Client(self.address, set_as_default=False) as client:
            return list(client.run(os.getpid).values())
