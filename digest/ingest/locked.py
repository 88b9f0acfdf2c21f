"""Password-protected Office packages to the package inside ([MS-OFFCRYPTO] 2.3.4: agile and standard encryption)."""

import base64
import hashlib
import hmac
import struct

from lxml import etree
from msgspec import Struct

from digest.ingest.xml_tree import parse

BLOCK_INPUT, BLOCK_HASH, BLOCK_KEY = (bytes.fromhex(each) for each in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6"))
SEGMENT = 4096
STANDARD_SPINS = 50_000
MOST_SPINS = 2_000_000  # Office writes 100 000
HASHES = frozenset(("sha1", "sha256", "sha384", "sha512"))
AGILE, STANDARD = (4, 4), (2,)
SIZE_FIELD = 8
MAC_BLOCK = 64  # of SHA-1, for the key derivation of standard encryption
DATA = "{http://schemas.microsoft.com/office/2006/encryption}"
PASSWORD = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}"


class WrongPassword(Exception):
    """The password does not open the package."""


class UnknownScheme(Exception):
    """The encryption is not one of the two."""


class Scheme(Struct, frozen=True, kw_only=True):
    """The parameters of one use of a cipher."""

    salt: bytes
    hash: str
    key: int  # bytes
    block: int


def decrypt(info: bytes, package: bytes, password: str, name: str) -> bytes:
    """The package that EncryptionInfo and EncryptedPackage hold.

    Raises:
        WrongPassword: the verifier does not agree.
        UnknownScheme: certificates, or a cipher other than AES.
    """
    major, minor = struct.unpack_from("<HH", info) if len(info) > 8 else (0, 0)
    if (major, minor) == AGILE:
        return _agile(info[8:], package, password, name)
    if minor in STANDARD and major in (2, 3, 4):
        return _standard(info, package, password)
    raise UnknownScheme


def _agile(descriptor: bytes, package: bytes, password: str, name: str) -> bytes:
    """Agile encryption: the descriptor is XML."""
    root = parse(descriptor, name, "EncryptionInfo")
    key = root.find(f".//{PASSWORD}encryptedKey")
    data = root.find(DATA + "keyData")
    if key is None or data is None:
        raise UnknownScheme
    mine, theirs = _scheme(key), _scheme(data)
    spins = int(key.get("spinCount", "0"))
    if spins > MOST_SPINS:
        raise UnknownScheme
    hashed = _spin(mine.hash, mine.salt + password.encode("utf-16-le"), spins)

    def opened(field: str, purpose: bytes) -> bytes:
        sealed = base64.b64decode(key.get(field, ""))
        made = hashlib.new(mine.hash, hashed + purpose).digest()
        return _cbc(_fitted(made, mine.key), _fitted(mine.salt, mine.block), sealed)

    expected = hashlib.new(mine.hash, opened("encryptedVerifierHashInput", BLOCK_INPUT)).digest()
    if not hmac.compare_digest(opened("encryptedVerifierHashValue", BLOCK_HASH)[: len(expected)], expected):
        raise WrongPassword
    secret = opened("encryptedKeyValue", BLOCK_KEY)[: theirs.key]
    return _segments(package, secret, theirs)


def _scheme(element: etree._Element) -> Scheme:
    """A cipher's parameters from an element's attributes."""
    form = element.get("hashAlgorithm", "").lower().replace("-", "")
    if element.get("cipherAlgorithm") != "AES" or element.get("cipherChaining") != "ChainingModeCBC" or form not in HASHES:
        raise UnknownScheme
    salt = base64.b64decode(element.get("saltValue", ""))
    return Scheme(salt=salt, hash=form, key=int(element.get("keyBits", "0")) // 8, block=int(element.get("blockSize", "0")))


def _segments(package: bytes, secret: bytes, scheme: Scheme) -> bytes:
    """The package, segment by segment, each with its own start."""
    pieces: list[bytes] = []
    for number, at in enumerate(range(SIZE_FIELD, len(package), SEGMENT)):
        start = hashlib.new(scheme.hash, scheme.salt + struct.pack("<I", number)).digest()
        pieces.append(_cbc(secret, _fitted(start, scheme.block), package[at : at + SEGMENT]))
    return b"".join(pieces)[: struct.unpack_from("<Q", package)[0]]


def _standard(info: bytes, package: bytes, password: str) -> bytes:
    """Standard encryption: AES in ECB, SHA-1."""
    from Cryptodome.Cipher import AES

    (header_size,) = struct.unpack_from("<I", info, 8)
    (bits,) = struct.unpack_from("<I", info, 12 + 16)
    at = 12 + header_size
    (salt_size,) = struct.unpack_from("<I", info, at)
    salt, verifier = info[at + 4 : at + 4 + salt_size], info[at + 4 + salt_size : at + 20 + salt_size]
    sealed_hash = info[at + 24 + salt_size : at + 56 + salt_size]
    hashed = _spin("sha1", salt + password.encode("utf-16-le"), STANDARD_SPINS)
    final = hashlib.sha1(hashed + bytes(4), usedforsecurity=False).digest()
    key = b"".join(_masked(final, mask) for mask in (0x36, 0x5C))[: bits // 8]
    if len(key) not in (16, 24, 32):
        raise UnknownScheme
    cipher = AES.new(key, AES.MODE_ECB)
    expected = hashlib.sha1(cipher.decrypt(verifier), usedforsecurity=False).digest()
    if not hmac.compare_digest(cipher.decrypt(sealed_hash)[: len(expected)], expected):
        raise WrongPassword
    body = package[SIZE_FIELD:]
    return cipher.decrypt(body[: len(body) // 16 * 16])[: struct.unpack_from("<Q", package)[0]]


def _masked(final: bytes, mask: int) -> bytes:
    """One half of the key derivation of [MS-OFFCRYPTO] 2.3.4.7."""
    padded = final.ljust(MAC_BLOCK, b"\0")
    return hashlib.sha1(bytes(byte ^ mask for byte in padded), usedforsecurity=False).digest()


def _spin(form: str, start: bytes, spins: int) -> bytes:
    """The password's hash, hashed again and again."""
    made = hashlib.new(form, start).digest()
    for turn in range(spins):
        made = hashlib.new(form, struct.pack("<I", turn) + made).digest()
    return made


def _fitted(data: bytes, size: int) -> bytes:
    """Cut or padded to a size, as the standard pads keys and starts."""
    return data[:size].ljust(size, b"\x36")


def _cbc(key: bytes, start: bytes, sealed: bytes) -> bytes:
    """AES in CBC; what does not fill a block is left out."""
    from Cryptodome.Cipher import AES

    return bytes(AES.new(key, AES.MODE_CBC, start).decrypt(sealed[: len(sealed) // 16 * 16]))
