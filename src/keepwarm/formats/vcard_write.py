"""People as vCards 3.0 or 4.0 that other address books read, and that read back as they were."""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Literal
from urllib.parse import quote

from keepwarm.core.people import Address, PartialDate, PersonRecord, Photo, Value
from keepwarm.formats.vcard_heads import label_of

Version = Literal["3.0", "4.0"]

_LINE = 75  # octets, without the line end
_KNOWN_LABELS = {
    **{word: word.upper() for word in ("home", "work", "cell", "fax", "pager", "other", "main", "car")},
    "home fax": "HOME,FAX",
    "work fax": "WORK,FAX",
}
_SCHEMES = {"skype": "skype", "aim": "aim", "xmpp": "xmpp", "jabber": "xmpp", "gtalk": "xmpp", "msn": "msnim"}
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_URI_ESCAPES = str.maketrans({"\\": "\\\\", "\n": None, "\r": None})
_PARAMETER_ESCAPES = str.maketrans({"^": "^^", '"': "^'", "\n": "^n", "\r": None})


def write(records: Iterable[PersonRecord], version: Version = "3.0") -> Iterator[str]:
    """One card at a time, its line ends CRLF. What a version has no word for goes under an X- name."""
    for record in records:
        yield "".join(folded(line) for line in _lines(record, version))


def one_line_address(street: str, city: str, region: str, postcode: str, country: str) -> str:
    place = f"{region} {postcode}" if region and postcode else region or postcode
    return ", ".join([part for part in (street, city, place, country) if part])


def folded(line: str) -> str:
    """A line with its CRLF, cut at 75 octets and never inside a character."""
    if len(line) <= _LINE and line.isascii():
        return line + "\r\n"
    rest = line.encode("utf-8", "surrogatepass")
    pieces: list[bytes] = []
    while len(rest) > _LINE - bool(pieces):
        cut = _LINE - bool(pieces)  # the space that opens a folded line counts
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join([*pieces, rest]).decode("utf-8", "surrogatepass") + "\r\n"


def _lines(record: PersonRecord, version: Version) -> Iterator[str]:
    groups = (f"item{number}" for number in count(1))
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield from _name(record, version)
    yield from _work(record)
    yield from _values("EMAIL", record.emails, version, groups)
    yield from _values("TEL", record.phones, version, groups)
    for address in record.addresses:
        yield from _address(address, version, groups)
    yield from _pages(record, groups)
    yield from _dates(record, version)
    yield from _rest(record, version)
    yield "END:VCARD"


def _name(record: PersonRecord, version: Version) -> Iterator[str]:
    parts = (record.family, record.given, record.middle, record.prefix, record.suffix)
    yield f"FN:{_text(record.name)}"
    if any(parts) or version == "3.0":  # 3.0 asks for it even where it is empty
        yield "N:" + ";".join(map(_text, parts))
    if record.nickname:
        yield f"NICKNAME:{_text(record.nickname)}"
    if record.is_organisation:
        yield "KIND:org" if version == "4.0" else "X-ABShowAs:COMPANY"
    elif record.name == record.organisation:
        yield "KIND:individual"  # else a reader takes a person named as their firm for the firm


def _work(record: PersonRecord) -> Iterator[str]:
    if record.organisation or record.department:
        department = f";{_text(record.department)}" if record.department else ""
        yield f"ORG:{_text(record.organisation)}{department}"
    if record.title:
        yield f"TITLE:{_text(record.title)}"


def _values(field: str, values: tuple[Value, ...], version: Version, groups: Iterator[str]) -> Iterator[str]:
    """The first of several is the preferred one."""
    preferred = ("PREF=1" if version == "4.0" else "TYPE=PREF") if len(values) > 1 else ""
    for value in values:
        yield from _labelled(field, value.label, _text(value.value), groups, preferred)
        preferred = ""


def _labelled(field: str, label: str, value: str, groups: Iterator[str], *parameters: str) -> Iterator[str]:
    """A property under its label; a label of the user's own stands in a line beside it, as Apple does."""
    known = _KNOWN_LABELS.get(label)
    types = f"TYPE={known}" if known else ""
    head = ";".join(filter(None, (field, types, *parameters)))
    if known or not label:
        yield f"{head}:{value}"
    else:
        group = next(groups)
        yield f"{group}.{head}:{value}"
        yield f"{group}.X-ABLabel:{_text(label)}"


def _address(address: Address, version: Version, groups: Iterator[str]) -> Iterator[str]:
    parts = address[2:]
    value = ";;" + ";".join(map(_text, parts))
    if address.text == one_line_address(*parts):
        yield from _labelled("ADR", address.label, value, groups)
    elif version == "4.0":
        label = _parameter("LABEL", address.text.replace("\\", "\\\\"))
        yield from _labelled("ADR", address.label, value, groups, label)
    else:
        group = next(groups)  # what ties the two lines together
        known = _KNOWN_LABELS.get(address.label)
        yield f"{group}.ADR{f';TYPE={known}' if known else ''}:{value}"
        yield f"{group}.LABEL:{_text(address.text)}"
        if address.label and not known:
            yield f"{group}.X-ABLabel:{_text(address.label)}"


def _pages(record: PersonRecord, groups: Iterator[str]) -> Iterator[str]:
    for link in record.links:
        yield from _labelled("URL", link.label, _uri(link.value), groups)
    for profile in record.profiles:
        if profile.label.isascii() and profile.label.isalpha() and _is_read_as_it_is(profile.label):
            yield f"X-SOCIALPROFILE;TYPE={profile.label}:{_uri(profile.value)}"
        else:
            yield from _labelled("X-SOCIALPROFILE", profile.label, _uri(profile.value), groups)
    for handle in record.handles:
        service = f";{_parameter('X-SERVICE-TYPE', handle.label)}" if handle.label else ""
        scheme = _SCHEMES.get(handle.label, "x-apple")
        yield f"IMPP{service}:{scheme}:{quote(handle.value, safe='@+')}"


def _is_read_as_it_is(label: str) -> bool:
    """Some words are no label as a TYPE: "pref" and "internet", or mean another one: "mobile"."""
    return label != "pref" and label_of([label]) == label


def _dates(record: PersonRecord, version: Version) -> Iterator[str]:
    if record.birthday:
        yield _date("BDAY", record.birthday, version)
    if record.anniversary:
        yield _date("ANNIVERSARY" if version == "4.0" else "X-ANNIVERSARY", record.anniversary, version)
    if record.known_since:
        yield f"X-KEEPWARM-KNOWN-SINCE:{record.known_since.isoformat()}"


def _date(field: str, day: PartialDate, version: Version) -> str:
    """4.0 knows dates without a year; for 3.0 Apple's year 1604 is what most programs understand."""
    if version == "4.0":
        # There only year and month alone keep their hyphen.
        shown = str(day) if day.year and not day.day else str(day).replace("-", "")
        return f"{field}:{shown if day.year else '--' + shown}"
    if day.month and day.day and not day.year:
        return f"{field};X-APPLE-OMIT-YEAR=1604:1604-{day.month:02d}-{day.day:02d}"
    return f"{field}:{day}"


def _rest(record: PersonRecord, version: Version) -> Iterator[str]:
    if record.categories:
        yield "CATEGORIES:" + ",".join(map(_text, record.categories))
    if record.note:
        yield f"NOTE:{_text(record.note)}"
    if record.photo:
        yield _photo(record.photo, version)
    if record.external_id:
        yield f"UID:{_text(record.external_id)}"
    if record.revised:
        yield f"REV:{_moment(record.revised, version)}"


def _photo(photo: Photo, version: Version) -> str:
    data = binascii.b2a_base64(photo.data, newline=False).decode()
    if version == "4.0":
        return f"PHOTO:data:{photo.media_type};base64,{data}"
    return f"PHOTO;ENCODING=b;TYPE={photo.media_type.rpartition('/')[2].upper()}:{data}"


def _moment(moment: datetime, version: Version) -> str:
    """Fractions of a second only where the version has them."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    if version == "4.0":
        return f"{utc.replace(microsecond=0):%Y%m%dT%H%M%S}Z"
    return utc.isoformat() + "Z"


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _uri(value: str) -> str:
    """A link keeps its commas and semicolons."""
    return value.translate(_URI_ESCAPES)


def _parameter(name: str, value: str) -> str:
    """RFC 6868 for what a parameter cannot hold; quotes where a sign would end it."""
    return f'{name}="{value.translate(_PARAMETER_ESCAPES)}"'
