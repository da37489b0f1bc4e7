"""The properties of one vCard into one person; what cannot be read is told beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import unquote

from keepwarm.core.names import from_email
from keepwarm.core.people import Address, PartialDate, PersonRecord, Photo, Value
from keepwarm.formats import vcard_lines, vcard_problems
from keepwarm.formats.batch import Problem
from keepwarm.formats.vcard_heads import SERVICES, Head
from keepwarm.formats.vcard_lines import long_text, one_line, parts, text, texts
from keepwarm.formats.vcard_write import one_line_address

Property = tuple[Head, str]
Bag = dict[str, list[Property]]  # the properties of one card by what they are about
Labels = dict[str, str]  # what X-ABLabel says about each group

_SCHEMES = {"msnim": "msn", "ymsgr": "yahoo", "tg": "telegram", "x-apple": "", "im": ""}
_SAME_SCHEMES = ("xmpp", "aim", "msn", "skype", "sip", "icq", "gtalk", "irc", "matrix", "slack", "telegram")
_SCHEMES |= {name: name for name in (*_SAME_SCHEMES, "signal", "whatsapp", "threema", "qq", "gg", "sametime")}

_APPLE_WORDS = {"mobile": "cell", "homefax": "home fax", "workfax": "work fax", "otherfax": "fax"}
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF8", "image/gif"))

_apple_word = re.compile(r"_?\$!<(.*)>!\$_?", re.DOTALL)
_linkedin = re.compile(r"(?:https?://)?(?:[\w-]+\.)*linkedin\.com/", re.IGNORECASE)
_days = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"--(?P<month>\d\d)-?(?P<day>\d\d)",
        r"(?P<year>\d{4})-(?P<month>\d\d)",
        r"(?P<year>\d{4})",
        r"--(?P<month>\d\d)",
        r"---(?P<day>\d\d)",
        r"(?P<year>\d{4})[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)",
        r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})",
    )
]
_moment = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)

_NO_YEAR = 1604  # what Apple writes for a birthday whose year is not known; a leap year


def person(row: int, bag: Bag, raw: bytes, problems: list[Problem]) -> PersonRecord | None:
    """None for a card with nothing that a person could be called by."""
    labels = _labels(bag["WORD"]) if "WORD" in bag else {}
    emails = _emails(row, bag["EMAIL"], labels, problems) if "EMAIL" in bag else ()
    phones = _values(bag.get("TEL"), labels, _phone)
    family, given, middle, prefix, suffix = _name_parts(bag["N"], raw) if "N" in bag else _NAMELESS
    nickname = _joined(bag["NICKNAME"]) if "NICKNAME" in bag else ""
    organisation, department = _organisation(bag["ORG"]) if "ORG" in bag else ("", "")
    title = first(bag, "TITLE") or first(bag, "ROLE")
    handles = _handles(bag, labels) if "IMPP" in bag or "PROFILE" in bag else ()
    links, profiles = _links(bag, labels) if "URL" in bag or "PROFILE" in bag else ((), ())
    written = first(bag, "FN") or first(bag, "CN")
    name = written or _full_name(given, middle, family) or prefix or suffix or first(bag, "NAME")
    name = name or nickname or organisation or _name_from_address(emails, phones or handles)
    if not name:
        return None
    return PersonRecord(
        row,
        name,
        first(bag, "UID"),
        given,
        middle,
        family,
        prefix,
        suffix,
        nickname,
        emails,
        phones,
        links,
        profiles,
        handles,
        organisation,
        department,
        title,
        _addresses(bag, labels) if "ADR" in bag or "LABEL" in bag else (),
        _note(bag["NOTE"]) if "NOTE" in bag else "",
        _date(row, "BDAY", bag["BDAY"], problems) if "BDAY" in bag else None,
        _anniversary(row, bag, labels, problems) if "ANNIVERSARY" in bag or "DATE" in bag else None,
        _categories(bag["CATEGORIES"]) if "CATEGORIES" in bag else (),
        _photo(row, bag, problems) if "PHOTO" in bag or "LOGO" in bag else None,
        _known_since(bag["KNOWN"]) if "KNOWN" in bag else None,
        _revised(bag["REV"]) if "REV" in bag else None,
        _is_organisation(bag, written, organisation, title, given or family or middle or nickname),
    )


# Names


_NAMELESS = ("", "", "", "", "")


def _name_parts(props: list[Property], raw: bytes) -> tuple[str, str, str, str, str]:
    """Family, given, middle, prefix, suffix; of several names the first with anything in it."""
    for head, value in props:
        if "," in value and not vcard_lines.old_style(raw):
            found = _lists_in_name(*parts(head, value))
        else:
            found = texts(head, value)
        if any(found):
            family, given, middle, prefix, suffix, *_ = [*found, "", "", "", ""]
            return family, given, middle, prefix, suffix
    return _NAMELESS


def _lists_in_name(head: Head, pieces: list[str]) -> list[str]:
    """From 3.0 on each part may be a list: `Public;John;Quinlan,Paul;;Jr.,M.D.`"""
    lists = [[text(head, item) for item in vcard_lines.split(piece, ",")] for piece in pieces]
    return [(", " if at == 4 else " ").join(filter(None, items)) for at, items in enumerate(lists)]


def _full_name(given: str, middle: str, family: str) -> str:
    if family and given and _east_asian(family + given):
        return family + given
    return " ".join(filter(None, (given, middle, family)))


def _east_asian(name: str) -> bool:
    return all("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in name)


def _name_from_address(emails: tuple[Value, ...], others: tuple[Value, ...]) -> str:
    if emails:
        return from_email(emails[0].value)
    return others[0].value if others else ""


def _is_organisation(bag: Bag, written: str, organisation: str, title: str, named: str) -> bool:
    """True where the card says so, or has nothing but the firm's name where a person's would be."""
    if "SHOW" in bag and first(bag, "SHOW").upper() == "COMPANY":
        return True
    if "KIND" in bag and (kind := first(bag, "KIND").lower()):
        return kind == "org"
    if named or not organisation:
        return False
    return written == organisation or (not written and not title)


def _organisation(props: list[Property]) -> tuple[str, str]:
    for head, value in _by_rank(props):
        name, *departments = texts(head, value)
        if name or any(departments):
            return name, ", ".join(filter(None, departments))
    return "", ""


# Values


def _by_rank(props: list[Property]) -> list[Property]:
    last = 0
    for head, _ in props:
        if head.rank < last:
            return sorted(props, key=lambda prop: prop[0].rank)
        last = head.rank
    return props  # in order as they are, nearly always


def first(bag: Bag, field: str) -> str:
    if field not in bag:
        return ""
    for head, value in _by_rank(bag[field]):
        found = text(head, value)
        if found:
            return found
    return ""


def _joined(props: list[Property]) -> str:
    return ", ".join(_items(props))


def _categories(props: list[Property]) -> tuple[str, ...]:
    return tuple(_items(props))


def _items(props: list[Property]) -> list[str]:
    """Each value of a list once, over all its lines."""
    found: dict[str, None] = {}
    for head, value in props:
        found |= dict.fromkeys(texts(head, value, ","))
    return [item for item in found if item]


def _note(props: list[Property]) -> str:
    if len(props) == 1:
        return long_text(*props[0])
    return "\n".join(filter(None, dict.fromkeys(long_text(*prop) for prop in props)))


def _values(props: list[Property] | None, labels: Labels, said: Callable[[Head, str], str] = text) -> tuple[Value, ...]:
    """Each value once with its label, the preferred ones first."""
    if props is None:
        return ()
    if len(props) == 1:
        head, value = props[0]
        found = said(head, value)
        return (Value(found, _label(head, labels)),) if found else ()
    kept: dict[str, Value] = {}
    for head, value in _by_rank(props):
        found = said(head, value)
        if found and found not in kept:
            kept[found] = Value(found, _label(head, labels))
    return tuple(kept.values())


def _label(head: Head, labels: Labels) -> str:
    return labels.get(head.group, head.label) if labels and head.group else head.label


def _labels(props: list[Property]) -> Labels:
    """The words of X-ABLabel; Apple writes its own as `_$!<Mobile>!$_`."""
    labels: Labels = {}
    for head, value in props:
        word = text(head, value).lower()
        apple = _apple_word.fullmatch(word)
        if apple:
            word = _APPLE_WORDS.get(apple[1], apple[1])
        if word and head.group:
            labels[head.group] = word
    return labels


def _email(head: Head, value: str) -> str:
    address = text(head, value)
    if address[:7].lower() == "mailto:":
        return address[7:].strip()
    return address


def _emails(row: int, props: list[Property], labels: Labels, problems: list[Problem]) -> tuple[Value, ...]:
    emails = _values(props, labels, _email)
    wrong = [email for email in emails if "@" not in email.value]
    if not wrong:
        return emails
    problems += [vcard_problems.no_email(row, email.value) for email in wrong]
    return tuple(email for email in emails if "@" in email.value)


def _phone(head: Head, value: str) -> str:
    number = text(head, value)
    if number[:4].lower() == "tel:":
        number, _, rest = number[4:].partition(";")
        extension = re.search(r"(?:^|;)ext=([\w-]+)", rest, re.IGNORECASE)
        number += f" ext. {extension[1]}" if extension else ""
    if number.isascii():
        return number
    # Phones wrap numbers in marks of writing direction, which nobody sees and no one can dial.
    return re.sub("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", number).strip()


def _links(bag: Bag, labels: Labels) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """Web pages, and social profiles; a LinkedIn page is a profile wherever it stands."""
    links: list[Value] = []
    profiles: dict[str, Value] = {}
    for link in _values(bag.get("URL"), labels):
        if _linkedin.match(link.value):
            profiles[link.value] = Value(link.value, "linkedin")
        else:
            links.append(link)
    for head, value in _by_rank(bag["PROFILE"]) if "PROFILE" in bag else ():
        if not _only_a_name((head, value)) and (found := text(head, value)):
            profiles.setdefault(found, Value(found, _service(head, labels)))
    return tuple(links), tuple(profiles.values())


def _only_a_name(prop: Property) -> bool:
    """A profile without a page: `X-SOCIALPROFILE;type=chess;x-user=ada:x-apple:ada`."""
    return prop[1][:8].lower() == "x-apple:"


def _service(head: Head, labels: Labels) -> str:
    named = head.others.get("SERVICE-TYPE") or head.others.get("X-SERVICE-TYPE")
    return one_line(named).lower() if named else _label(head, labels)


def _handles(bag: Bag, labels: Labels) -> tuple[Value, ...]:
    apple = [prop for prop in bag.get("PROFILE", ()) if _only_a_name(prop)]
    props = _by_rank([*bag.get("IMPP", ()), *apple])
    kept: dict[tuple[str, str], Value] = {}
    for head, value in props:
        handle = _handle(head, text(head, value), labels)
        if handle.value:
            kept.setdefault(handle, handle)
    return tuple(kept.values())


def _handle(head: Head, said: str, labels: Labels) -> Value:
    """The service and the name there, of `IMPP;X-SERVICE-TYPE=Skype:skype:ada` or `X-SKYPE:ada`."""
    if head.name in SERVICES:
        return Value(said, SERVICES[head.name])
    service = _service(head, labels if head.group in labels else {}) if head.others or labels else ""
    if not service and head.name != "IMPP":
        service = head.label
    scheme, colon, name = said.partition(":")
    scheme = scheme.lower()
    if scheme == "im" and ":" in name:
        scheme, colon, name = name.partition(":")
    if not colon or not (scheme in _SCHEMES or scheme == service):
        return Value(said, service)
    return Value(one_line(unquote(name)), service or _SCHEMES.get(scheme, scheme))


# Addresses


def _addresses(bag: Bag, labels: Labels) -> tuple[Address, ...]:
    props = _by_rank(bag["ADR"]) if "ADR" in bag else []
    found = [_address(head, value, labels) for head, value in props]
    if "LABEL" in bag:
        _put_labels(found, [head for head, _ in props], bag["LABEL"], labels)
    if len(found) > 1:
        found = list(dict.fromkeys(found))
    return tuple([address for address in found if address.text])


def _put_labels(found: list[Address], heads: list[Head], props: list[Property], labels: Labels) -> None:
    """Each LABEL to the next ADR of its group, else of its kind, else it is an address by itself."""
    groups: dict[str, list[int]] = {}
    kinds: dict[str, list[int]] = {}
    for place, head in reversed(list(enumerate(heads))):
        groups.setdefault(head.group, []).append(place)
        kinds.setdefault(head.label, []).append(place)
    for head, value in props:
        full = _on_one_line(long_text(head, value))
        places = groups.get(head.group) if head.group else kinds.get(head.label)
        if not places:
            found.append(Address(full, _label(head, labels)))
        elif full:
            place = places.pop()
            found[place] = found[place]._replace(text=full)


def _address(head: Head, value: str, labels: Labels) -> Address:
    if "\\" in value or head.encoding:
        plain, pieces = parts(head, value)
        pieces = [_on_one_line(long_text(plain, piece)) for piece in pieces]
    else:
        pieces = texts(head, value)
    box, extended, street, city, region, postcode, country, *_ = [*pieces, "", "", "", "", "", ""]
    if box or extended:
        street = ", ".join(filter(None, (box, street, extended)))
    full = one_line_address(street, city, region, postcode, country)
    if "LABEL" in head.others:
        full = _on_one_line(vcard_lines.tidy(vcard_lines.unescaped(head.others["LABEL"]))) or full
    return Address(full, _label(head, labels), street, city, region, postcode, country)


def _on_one_line(lines: str) -> str:
    if "\n" not in lines:
        return lines
    return ", ".join(filter(None, (line.strip(" \t,") for line in lines.split("\n"))))


# Dates


def _anniversary(row: int, bag: Bag, labels: Labels, problems: list[Problem]) -> PartialDate | None:
    if "ANNIVERSARY" in bag:
        return _date(row, "ANNIVERSARY", bag["ANNIVERSARY"], problems)
    named = [prop for prop in bag["DATE"] if labels.get(prop[0].group) == "anniversary"]
    return _date(row, "X-ABDATE", named, problems) if named else None


def _date(row: int, field: str, props: list[Property], problems: list[Problem]) -> PartialDate | None:
    said = ""
    for head, value in props:
        said = text(head, value)
        found = partial_date(said)
        if found:
            return found
    if said.strip("0-"):
        problems.append(vcard_problems.no_date(row, field, said))
    return None


def partial_date(said: str) -> PartialDate | None:
    """A date of any vCard version, with or without a year or a day; a time after it is dropped."""
    day = said.partition("T")[0].partition(" ")[0].removesuffix("Z")
    match = next(filter(None, (pattern.fullmatch(day) for pattern in _days)), None)
    if not match:
        return None
    found = {key: int(digits) for key, digits in match.groupdict().items()}
    if found.get("year") == _NO_YEAR:
        del found["year"]
    return PartialDate(**found) if _exists(**found) else None


def _exists(year: int = 2000, month: int = 1, day: int = 1) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _known_since(props: list[Property]) -> date | None:
    found = partial_date(text(*props[0]))
    if not (found and found.year and found.month and found.day):
        return None
    return date(found.year, found.month, found.day)


def _revised(props: list[Property]) -> datetime | None:
    """None for what is no time: REV is the program's own mark, and nothing is lost without it."""
    said = _moment.match(text(*props[0]))
    if not said:
        return None
    try:
        revised = datetime.fromisoformat(said[0])
    except ValueError:
        return None
    return revised if revised.tzinfo else revised.replace(tzinfo=UTC)


# Pictures


def _photo(row: int, bag: Bag, problems: list[Problem]) -> Photo | None:
    """The first picture that is in the card itself; one elsewhere on the internet is not fetched."""
    unreadable = False
    for head, value in _by_rank([*bag.get("PHOTO", ()), *bag.get("LOGO", ())]):
        if value[:5].lower() != "data:" and ":" in value[:40]:
            continue
        photo = _picture(value)
        if photo:
            return photo
        unreadable = unreadable or head.name == "PHOTO"
    if unreadable:
        problems.append(vcard_problems.no_picture(row))
    return None


def _picture(value: str) -> Photo | None:
    encoded = value[5:].partition(",")[2] if value[:5].lower() == "data:" else value
    data = vcard_lines.unbased(encoded)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Photo(data, "image/webp")
    return next((Photo(data, kind) for start, kind in _PICTURES if data.startswith(start)), None)
