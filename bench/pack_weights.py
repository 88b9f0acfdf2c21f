"""Write the packed form of the learned weights anew, after a change of digest/rank/weights.tsv that is no training: python bench/pack_weights.py."""

import sys
from pathlib import Path

from digest.rank import learned, packed

WRITTEN = Path(__file__).parents[1] / "digest" / "rank" / "weights.tsv"


def main() -> None:
    """Write the file beside the text."""
    target = WRITTEN.with_name(learned.PACKED)
    target.write_bytes(packed.pack(WRITTEN.read_bytes().decode("utf-8")))
    sys.stdout.write(f"{target}: {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
