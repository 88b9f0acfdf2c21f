"""Encrypted packages: opened with the right password only."""

import base64
import hashlib
import struct

import pytest
from Cryptodome.Cipher import AES

from digest.errors import Encrypted
from digest.ingest import read_locked
from digest.ingest.locked import BLOCK_HASH, BLOCK_INPUT, BLOCK_KEY, UnknownScheme, WrongPassword, decrypt
from tests.ingest.make_docx import pack, para, read

SPINS = 10
SALT, DATA_SALT, SECRET, INPUT = bytes(range(16)), bytes(range(16, 32)), bytes(range(32)), b"0123456789abcdef"


def seal(key, start, data):
    """AES in CBC, padded with zeros."""
    return AES.new(key, AES.MODE_CBC, start).encrypt(data + bytes(-len(data) % 16))


def agile(data, password, form="SHA512"):
    """EncryptionInfo and EncryptedPackage as Word writes them."""
    hashed = hashlib.new(form, SALT + password.encode("utf-16-le")).digest()
    for turn in range(SPINS):
        hashed = hashlib.new(form, struct.pack("<I", turn) + hashed).digest()

    def field(purpose, value):
        key = hashlib.new(form, hashed + purpose).digest()[:32].ljust(32, b"\x36")
        return base64.b64encode(seal(key, SALT, value)).decode()

    size = hashlib.new(form).digest_size
    common = f'saltSize="16" blockSize="16" keyBits="256" hashSize="{size}" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="{form}"'
    own = (
        f'encryptedVerifierHashInput="{field(BLOCK_INPUT, INPUT)}" '
        f'encryptedVerifierHashValue="{field(BLOCK_HASH, hashlib.new(form, INPUT).digest())}" encryptedKeyValue="{field(BLOCK_KEY, SECRET)}"'
    )
    xml = (
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<keyData {common} saltValue="{base64.b64encode(DATA_SALT).decode()}"/><keyEncryptors><keyEncryptor>'
        f'<p:encryptedKey spinCount="{SPINS}" {common} saltValue="{base64.b64encode(SALT).decode()}" {own}/></keyEncryptor></keyEncryptors></encryption>'
    )
    package = struct.pack("<Q", len(data))
    for number, at in enumerate(range(0, len(data), 4096)):
        start = hashlib.new(form, DATA_SALT + struct.pack("<I", number)).digest()[:16]
        package += seal(SECRET, start, data[at : at + 4096])
    return struct.pack("<HHI", 4, 4, 0x40) + xml.encode(), package


@pytest.mark.parametrize("form", ["SHA512", "SHA1"])
def test_agile_encryption(form):
    """The right password gives the package back, a wrong one is told."""
    data = bytes(range(256)) * 40
    info, package = agile(data, "2025年密码", form)

    assert decrypt(info, package, "2025年密码", "甲") == data
    with pytest.raises(WrongPassword):
        decrypt(info, package, "另一个", "甲")


def test_other_schemes_are_told():
    """Certificates and unknown versions are no matter of passwords."""
    with pytest.raises(UnknownScheme):
        decrypt(struct.pack("<HHI", 9, 9, 0) + bytes(20), b"", "x", "甲")
    with pytest.raises(UnknownScheme):
        decrypt(struct.pack("<HHI", 4, 4, 0x40) + b"<encryption/>", b"", "x", "甲")


def test_reading_an_encrypted_document(monkeypatch):
    """Through the door: no password asks for one, a wrong one says so, the right one reads."""
    streams = agile(pack(para("第一条 甲。")), "2025")
    monkeypatch.setattr(read_locked, "_streams", lambda source: streams)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(Encrypted, match="--password"):
        read(data)
    with pytest.raises(Encrypted, match="密码不对"):
        read(data, password="2024")
    document = read(data, password="2025")
    assert (document.blocks[0].raw, document.form, document.size) == ("第一条 甲。", "docx", len(data))
