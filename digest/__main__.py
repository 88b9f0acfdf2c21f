"""Lets ``python -m digest`` do what the ``digest`` command does."""

import gc

YOUNG = 50_000  # objects made before the collector looks: ours are values without cycles, and loading makes a million of them


def start() -> int:
    """Run the command as a process of its own."""
    from digest.cli import main  # not at the top: every child process that reads loads this file once more, and needs none of it

    gc.set_threshold(YOUNG)
    code = main()
    gc.freeze()  # the exit would look through every object once more: a twentieth of a short run
    return code


if __name__ == "__main__":
    raise SystemExit(start())
