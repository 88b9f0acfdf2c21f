"""Mails written part by part."""

import base64
from email.header import Header
from email.message import EmailMessage

from digest import ingest
from digest.model.document import BlockKind, Document
from digest.model.source import Source


def plain(text, *, charset="gb18030", label="gb2312", subject="关于核对现金的通知", more=""):
    """A mail of one text part, base64, whose charset label may lie."""
    head = f"From: {Header('运营管理部', 'utf-8').encode()} <a@bank.example>\r\nTo: all@bank.example\r\nSubject: {Header(subject, 'utf-8').encode()}\r\n"
    head += f"Date: Wed, 3 Sep 2025 11:05:00 +0800\r\nMIME-Version: 1.0\r\n{more}"
    head += f"Content-Type: text/plain; charset={label}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(text.encode(charset))


def message(subject="转发通知", text="请组织学习。", html=""):
    """An EmailMessage to attach things to."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "甲 <a@bank.example>", "乙 <b@bank.example>"
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def read(data, name="邮件.eml") -> Document:
    """The document, through the door."""
    return ingest.read(Source(name=name, data=bytes(data)))


def layers(document):
    """The texts of each part, furniture left out."""
    return [[block.raw.strip() for block in document.blocks if block.part == part.number and block.kind is not BlockKind.FURNITURE] for part in document.parts]


def furniture(document):
    """The texts of furniture blocks."""
    return [block.raw.strip() for block in document.blocks if block.kind is BlockKind.FURNITURE]
