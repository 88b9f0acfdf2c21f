"""Large parts are deflated once, whoever asks first."""

from concurrent.futures import ThreadPoolExecutor

from digest.render import write_docx_zip
from digest.render.write_docx_zip import LARGE, pack


def test_a_font_is_deflated_once_for_all_threads(monkeypatch):
    """One that is packed ahead in another thread is waited for, not packed again."""
    taken = []
    deflate = write_docx_zip.deflate
    monkeypatch.setattr(write_docx_zip, "deflate", lambda data: taken.append(len(data)) or deflate(data))
    write_docx_zip.pack_large.cache_clear()
    font = bytes(range(256)) * (LARGE // 256 + 1)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(pack, [font] * 8))

    assert taken == [len(font)]
    assert all(each is found[0] for each in found)
