"""A process killed in the middle of edits loses nothing that it confirmed."""

import os
import random
import signal
import subprocess
import sys
import time

from digest.archive import drafts
from digest.archive.drafts import Change
from digest.archive.store import Store
from tests.archive import made
from tests.archive.made import content_of, source_of, store_in
from tests.archive.test_sources import add

SEQUENCES = int(os.environ.get("DIGEST_CRASHES", "8"))  # the full run is 200: DIGEST_CRASHES=200
EDITOR = """
import random, sys
from digest.archive import drafts
from digest.archive.drafts import Change, Content
from digest.archive.store import Store
dice = random.Random(int(sys.argv[2]))
store = Store(sys.argv[1])
version = drafts.get(store, 1).standing.version
while True:
    body = f"{version}:" + "字" * dice.randint(0, 9000)
    content = Content(body=body, title="印章", kind="通报", template="cards", text=body)
    if dice.random() < 0.2 and version > 5 and drafts.get(store, 1).undo:
        body = drafts.travel(store, 1, version, by=-1, who="甲")
        told = (Content(body=body, title="印章", kind="通报", template="cards", text=body), Change(who="甲", label="撤销"))
        version = drafts.settle(store, 1, version, by=-1, told=told)
    else:
        version = drafts.save(store, 1, version, content=content, change=Change(who="甲", label="改字"))
    print(version, body.partition(":")[0], flush=True)
"""


def killed_run(path, seed, seconds):
    """Let an editor work on the archive for a while, kill it, and give what it confirmed last."""
    process = subprocess.Popen([sys.executable, "-c", EDITOR, str(path), str(seed)], stdout=subprocess.PIPE, text=True)
    first = process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    lines = [first, *process.communicate()[0].splitlines()]
    return next(line.split() for line in reversed(lines) if len(line.split()) == 2)


def test_nothing_confirmed_is_lost_when_killed(tmp_path):
    """After each kill the file is sound and stands at the last confirmed version, or one that was just being confirmed."""
    store = store_in(tmp_path)
    drafts.create(store, add(store, source_of()), content_of(body="1:"), Change(who="甲", label="生成"))
    store.close()
    address = made.place_in(tmp_path)
    dice = random.Random(6)
    for seed in range(SEQUENCES):
        version, mark = killed_run(address, seed, dice.uniform(0, 0.15))
        after = Store(address)
        opened = drafts.get(after, 1)
        logged = [row.version for row in drafts.history(after, 1, most=10**6)]
        after_sound = after.sound()
        after.close()

        assert after_sound
        assert logged == list(range(opened.standing.version, 0, -1))
        assert opened.standing.version - int(version) in (0, 1)
        assert opened.standing.version > int(version) or opened.body.partition(":")[0] == mark
