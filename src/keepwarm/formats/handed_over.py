"""A card as it is handed over: a .vcf, a photo of a QR code, a pasted signature, a link; into one person."""

from __future__ import annotations

import io

from keepwarm.core import signature
from keepwarm.core.people import PersonRecord
from keepwarm.formats import mecard, qr_photo, vcard
from keepwarm.formats.batch import Sample, Unreadable

HEAD = 64 * 1024


class NothingRead(Exception):
    """What was handed over tells of nobody. One sentence for the user."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def file(name: str, data: bytes) -> PersonRecord:
    """The first card of a file, or of the code in a picture. Raises NothingRead."""
    if vcard.recognise(Sample(name, data[:HEAD])):
        return _card(data)
    try:
        told = qr_photo.text(data)
    except qr_photo.NoPhoto as wrong:
        raise NothingRead(str(wrong)) from None
    if not told:
        raise NothingRead("There is no QR code to be seen in this picture. Closer, and with light, it mostly works.")
    return text(told)


def text(pasted: str) -> PersonRecord:
    """A vCard or MECARD as text, a link, else the end of a letter. Raises NothingRead."""
    said = pasted.strip()
    if said[:11].upper() == "BEGIN:VCARD":
        return _card(said.encode())
    found = mecard.person(said) or signature.read(said)
    if found is None:
        raise NothingRead("There is no name, address or number in it that we can read. Please type the name.")
    return found


def _card(data: bytes) -> PersonRecord:
    try:
        for batch in vcard.read(io.BytesIO(data)):
            for person in batch.people:
                return person
    except Unreadable:
        pass  # told below, as any other card of nobody
    raise NothingRead("This card names nobody. Please type the name.")
