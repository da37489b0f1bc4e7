"""A card as it is handed over: a .vcf, a photo of a QR code, a MECARD, a link."""

from __future__ import annotations

import io

import pytest
import qrcode
from PIL import Image

from keepwarm.formats import handed_over, mecard
from keepwarm.formats.handed_over import NothingRead
from tests.build import card

MECARD = r"MECARD:N:Nwosu,Amara;TEL:+447700900142;EMAIL:amara@example.com;ORG:Acme\; Sons;;"


def photo(text: str, kind: str = "PNG") -> bytes:
    """A picture of a table with the code on it, a little askew."""
    code = qrcode.make(text).convert("L")
    table = Image.new("L", (code.width * 3, code.height * 3), 200)
    table.paste(code.rotate(7, fillcolor=255, expand=True), (code.width, code.height // 2))
    out = io.BytesIO()
    table.save(out, kind)
    return out.getvalue()


def test_it_works() -> None:
    who = handed_over.file("card.jpg", photo(card("Amara Nwosu", "EMAIL:amara@example.com", "ORG:Acme"), "JPEG"))
    assert (who.name, who.organisation, who.emails[0].value) == ("Amara Nwosu", "Acme", "amara@example.com")


def test_a_card_as_a_file() -> None:
    assert handed_over.file("a.vcf", card("Ann Lee", "TEL:+44 7700 900142").encode()).name == "Ann Lee"


def test_a_mecard_in_a_photo() -> None:
    who = handed_over.file("photo.png", photo(MECARD))
    assert (who.name, who.given, who.family, who.organisation) == ("Amara Nwosu", "Amara", "Nwosu", "Acme; Sons")


def test_a_link_in_a_photo() -> None:
    who = handed_over.file("photo.png", photo("https://www.linkedin.com/in/amara-nwosu"))
    assert (who.name, who.profiles[0].value) == ("Amara Nwosu", "https://www.linkedin.com/in/amara-nwosu")


def test_pasted_cards() -> None:
    assert handed_over.text(card("Ann Lee", "TEL:+44 7700 900142")).name == "Ann Lee"
    assert handed_over.text(MECARD).name == "Amara Nwosu"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no picture that we can open"),
        (b"\x89PNG\r\n\x1a\nbroken", "no picture that we can open"),
        (photo("x")[:400], "no picture that we can open"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "names nobody"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(NothingRead, match=said):
        handed_over.file("card", data)


def test_a_picture_without_a_code() -> None:
    out = io.BytesIO()
    Image.new("L", (300, 300), 128).save(out, "PNG")
    with pytest.raises(NothingRead, match="no QR code"):
        handed_over.file("photo.png", out.getvalue())


def test_a_picture_that_unfolds_to_gigabytes_is_not_opened() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(NothingRead, match="larger|cannot|can open"):
        handed_over.file("bomb.png", out.getvalue())


@pytest.mark.parametrize("text", ["", "MECARD:", "MECARD:N:;;", "WIFI:S:home;;"])
def test_a_mecard_of_nobody(text: str) -> None:
    assert mecard.person(text) is None
