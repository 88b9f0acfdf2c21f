"""An opaquely signed mail (smime.p7m) to the message that was signed; the signature itself is not checked (RFC 5652)."""

SEQUENCE, SET, OCTETS, CONTEXT = 0x30, 0x31, 0x04, 0xA0
OCTETS_IN_PIECES = 0x24
SIGNED = bytes.fromhex("06092a864886f70d010702")
DEEPEST = 20


def signed_content(data: bytes) -> bytes:
    """The content of a SignedData; empty where it is something else (an encrypted message) or damaged."""
    if SIGNED not in data[:64]:
        return b""
    try:
        return _content(data)
    except (IndexError, ValueError, StopIteration):  # StopIteration: a signature without what it signs
        return b""


def _content(data: bytes) -> bytes:
    """ContentInfo, SignedData, encapContentInfo, content."""
    outer = _children(_value(data, 0)[1])
    signed = _children(_children(outer[1][1])[0][1])
    inside = next(value for tag, value in signed[1:] if tag == SEQUENCE)
    wrapped = next(value for tag, value in _children(inside) if tag == CONTEXT)
    tag, value = _children(wrapped)[0]
    return _octets(tag, value, 0)


def _octets(tag: int, value: bytes, depth: int) -> bytes:
    """An octet string, whole or in pieces."""
    if tag == OCTETS:
        return value
    if tag != OCTETS_IN_PIECES or depth > DEEPEST:
        return b""
    return b"".join(_octets(kind, piece, depth + 1) for kind, piece in _children(value))


def _children(data: bytes) -> list[tuple[int, bytes]]:
    """The elements one after the other."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while at < len(data) and data[at : at + 2] != b"\0\0":
        tag, value, at = _value(data, at)
        found.append((tag, value))
    return found


def _value(data: bytes, at: int) -> tuple[int, bytes, int]:
    """Tag and value of the element at a place, and the place behind it (BER, one-byte tags)."""
    tag, size = data[at], data[at + 1]
    at += 2
    if size == 0x80:
        end = _end_of(data, at)
        return tag, data[at:end], end + 2
    if size > 0x80:
        count = size & 0x7F
        size = int.from_bytes(data[at : at + count])
        at += count
    if at + size > len(data):
        raise ValueError("cut short")
    return tag, data[at : at + size], at + size


def _end_of(data: bytes, at: int) -> int:
    """Where an element without a stated length ends."""
    while data[at : at + 2] != b"\0\0":
        at = _value(data, at)[2]
    return at
