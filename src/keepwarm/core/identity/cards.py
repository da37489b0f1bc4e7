"""What one source says of one person, brought to the form in which two can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from keepwarm.core.addresses import no_person
from keepwarm.core.identity.keys import phone_key, profile_key
from keepwarm.core.identity.spelling import is_readable, latin, listed
from keepwarm.core.names import _CREDENTIALS as CREDENTIALS
from keepwarm.core.names import _PARTICLES as PARTICLES
from keepwarm.core.names import _TITLES as TITLES
from keepwarm.core.names import _words_of_name as words_of_name
from keepwarm.core.names import fold, from_email, organisation_key
from keepwarm.core.people import Address, PartialDate, PersonRecord

Words = tuple[str, ...]

_NOT_LETTERS = re.compile(r"[^\w]+|_")
_ASIDE = re.compile(r"[(\"“„]\s*(?:(n[ée]e?|born|geb\.?|formerly|ex)\s+)?([^\W\d_][\w'’ -]*?)\s*[)\"”]", re.I)
_GENERATION = re.compile(r"\b(?:(jr|junior|jun|filho|ii|2nd)|(sr|senior|sen|pere)|(iii|3rd)|(iv|4th))\b\.?", re.I)
_TWO_WORDS = re.compile("([a-z]{2,}) ([a-z]{2,})", re.I | re.A)
_NO_NAMES = TITLES | CREDENTIALS | PARTICLES | frozenset(listed("junior jun ii iii iv filho senior sen pere"))
_DEGREE = re.compile(r"\b(?:dipl|mag|prof|dr)\.[\w.-]*", re.I)  # Dipl.-Ing., Dr.med.
_HANGUL_NAME = re.compile("([\uac00-\ud7a3])([\uac00-\ud7a3]{1,3})")
_STREET_WORDS = {
    "street": "st", "straße": "str", "strasse": "str", "road": "rd", "avenue": "av", "ave": "av", "lane": "ln",
    "drive": "dr", "court": "ct", "place": "pl", "crescent": "cr", "cres": "cr", "boulevard": "bd", "blvd": "bd",
    "square": "sq", "terrace": "tce", "apartment": "apt", "flat": "apt", "unit": "apt", "platz": "pl", "circuit": "cct",
}  # fmt: skip
# Where anybody has an address: it says nothing about an employer.
ANYBODYS = frozenset(
    listed(
        """
        gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de live.com msn.com
        yahoo.com yahoo.co.uk yahoo.fr yahoo.de ymail.com icloud.com me.com mac.com aol.com gmx.de gmx.net
        gmx.com gmx.at web.de t-online.de freenet.de proton.me protonmail.com pm.me fastmail.com hey.com
        zoho.com mail.com mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru orange.fr free.fr wanadoo.fr
        laposte.net sfr.fr libero.it virgilio.it tiscali.it btinternet.com sky.com virginmedia.com
        ntlworld.com comcast.net verizon.net att.net sbcglobal.net bigpond.com optusnet.com.au qq.com 163.com
        126.com sina.com naver.com hanmail.net daum.net rediffmail.com uol.com.br bol.com.br terra.com.br
        wp.pl o2.pl onet.pl interia.pl seznam.cz ziggo.nl kpnmail.nl planet.nl telenet.be skynet.be bluewin.ch
        rocketmail.com example.com example.org example.net
        """
    )
)


class Mailbox(NamedTuple):
    """An address without what its owner may vary: the tag after a plus, the dots at Gmail."""

    key: str
    local: str
    domain: str
    employers: Words  # what of the domain may be an employer's name; empty where anybody has addresses
    shared: bool  # info@, office@


class Name(NamedTuple):
    given: Words = ()  # in Latin letters, folded; then what they also go by
    family: Words = ()
    middle: Words = ()
    also_family: Words = ()  # born as, and other words that may be one
    generation: str = ""
    sure: bool = False  # the source itself says which word is which


class Card(NamedTuple):
    name: Name = Name()
    birthday: tuple[int, int, int] = (0, 0, 0)  # year, month, day; 0 where unknown
    mailboxes: tuple[Mailbox, ...] = ()
    phones: Words = ()
    profiles: Words = ()
    organisation: str = ""
    title: str = ""
    number: str = ""  # of the house
    street: str = ""
    city: str = ""
    postcode: str = ""
    source: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it says no more than a name and an employer: a namesake's card looks the same."""
        return not (
            self.mailboxes or self.phones or self.profiles or any(self.birthday)
            or self.title or self.street or self.city or self.postcode
        )  # fmt: skip


def card(record: PersonRecord, source: str = "", country: str = "") -> Card:
    """`country` tells which a phone number without one is of."""
    address = record.addresses[0] if record.addresses else Address("")
    number, street = _street(address.street)
    return Card(
        name=name_of(record),
        birthday=_day(record.birthday),
        mailboxes=tuple(filter(None, (mailbox(value.value) for value in record.emails))),
        phones=_keys(phone_key(value.value, country) for value in record.phones),
        profiles=_keys(profile_key(value.value) for value in record.profiles),
        organisation=organisation_key(record.organisation),
        title=plain(record.title),
        number=number,
        street=street,
        city=plain(address.city),
        postcode=plain(address.postcode).replace(" ", ""),
        source=source,
    )


def _keys(found: Iterable[str]) -> Words:
    return tuple(dict.fromkeys(filter(None, found)))


def _day(day: PartialDate | None) -> tuple[int, int, int]:
    return (day.year or 0, day.month or 0, day.day or 0) if day else (0, 0, 0)


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    return " ".join(_NOT_LETTERS.sub(" ", fold(text)).split()) if text else ""


@lru_cache(maxsize=16_384)
def _street(text: str) -> tuple[str, str]:
    words = [_STREET_WORDS.get(word, word) for word in plain(text).split()]
    number = next((word for word in words if word[0].isdigit()), "")
    return number, " ".join(word for word in words if word != number)


# --- addresses --------------------------------------------------------------------------------------


@lru_cache(maxsize=65_536)
def mailbox(address: str) -> Mailbox | None:
    """Also of what is no address by the rules: a typo may have cost it its @."""
    address = address.strip().lower().removeprefix("mailto:")
    local, _, domain = address.rpartition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    if not address:
        return None
    return Mailbox(f"{local}@{domain}", local, domain, _employers(domain), no_person(address, "") == "role")


def _employers(domain: str) -> Words:
    """The words of a domain that may be an employer's name: acme and mail of mail.acme.co.uk."""
    return (
        () if domain in ANYBODYS else tuple(word.replace("-", "") for word in domain.split(".")[:-1] if len(word) > 2)
    )


# --- names ------------------------------------------------------------------------------------------


def name_of(record: PersonRecord) -> Name:
    asides = _ASIDE.findall(record.name)
    generation = _generation(f"{record.name} {record.suffix}")
    nick = [record.nickname, *(word for born, word in asides if not born)]
    born = [word for born, word in asides if born]
    given, middle, family = _parts(record)
    return Name(
        given=tuple(dict.fromkeys((*_words(given)[:1], *_first(nick)))),
        family=_words(family),
        middle=(*_words(given)[1:], *_words(middle)),
        also_family=tuple(word for text in born for word in _words(text)),
        generation=generation,
        sure=bool(record.family),
    )


def _first(texts: Iterable[str]) -> Words:
    return tuple(word for text in texts for word in _words(text)[:1])


def _generation(text: str) -> str:
    found = _GENERATION.search(text) if " " in text else None
    return str(found.lastindex) if found else ""


def _parts(record: PersonRecord) -> tuple[str, str, str]:
    if record.given or record.family:
        return _bare(record.given), record.middle, _bare(record.family)
    if "@" in record.name:
        spelt = from_email(record.name)
        return _split(spelt) if " " in spelt else ("", "", "")
    if split := _HANGUL_NAME.fullmatch(record.name.strip()):
        return split[2], "", split[1]
    return _split(record.name)


@lru_cache(maxsize=65_536)
def _split(name: str) -> tuple[str, str, str]:
    """Given, middle and family of a whole name: the last word, with the particles that lead to it."""
    if (plainly := _TWO_WORDS.fullmatch(name)) and _NO_NAMES.isdisjoint(name.lower().split()):
        return plainly[1], "", plainly[2]  # as most names are; what follows would say the same, slower
    words = words_of_name(_DEGREE.sub(" ", _GENERATION.sub(" ", name)) if " " in name else name)
    if len(words) < 2:
        return " ".join(words), "", ""
    last = len(words) - 1
    while last > 1 and fold(words[last - 1]) in PARTICLES:
        last -= 1
    return words[0], " ".join(words[1:last]), " ".join(words[last:])


def _bare(part: str) -> str:
    """A part of a name without titles, degrees and asides."""
    return " ".join(words_of_name(part)) if " " in part or "." in part or "," in part else part


@lru_cache(maxsize=65_536)
def _words(text: str) -> Words:
    """The words that can be compared, without particles; joined again where nothing else is left."""
    words = [word for word in _NOT_LETTERS.sub(" ", latin(text).replace("'", "")).split() if is_readable(word)]
    return tuple([word for word in words if word not in PARTICLES or len(word) == 1] or words)
