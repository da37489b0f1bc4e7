"""Hard pairs drawn anew: the kinds of `hard_pairs.csv` with other names, numbers and firms for every seed.

A line of KINDS is a pair: 1 where the two are one person, the first card, the second. A card is its source, its name and
what else it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

Row = dict[str, str]

KINDS = """
1 | linkedin, {long} {family}, company={firm}, title={title}, phone={phone} | phone, {short} {family}, phone={phone}
1 | linkedin, {long} {family}, company={firm} Ltd, title={title} | mail, {short} {family}, email={short}.{family}@{firm}.example
1 | google, {long} {family}, email={mail}, city={city} | mail, {short} {family}, email={mail}
1 | google, {long} {family}, email={mail}, phone={phone} | phone, {short}, phone={phone}
1 | linkedin, {given} {family}, company={firm}, title={title} | outlook, {family}; {given}, company={firm} S.A., phone={phone}
1 | google, {given} {family}, phone={phone} | phone, {family} {given}, phone={phone}
1 | google, {given} {family}, birthday={day} | facebook, {family} {given}, birthday={day}, city={city}
1 | phone, {cyrillic}, phone={phone} | google, {transliterated}, phone={phone}, email={mail}
1 | linkedin, {cyrillic}, company={firm}, title={title} | outlook, {transliterated}, company={firm} S.A., title={title}
1 | google, {accents}, city={city}, birthday={day} | phone, {plain}, city={city}, birthday={day}
1 | linkedin, {accents}, company={firm}, title={title} | outlook, {plain}, email={mail_plain}@{firm}.example
1 | linkedin, {given} {family}, company={firm}, title={title} | mail, {g}. {family}, email={g}{family}@{firm}.example
1 | google, {given} {family}, phone={phone}, company={firm} | phone, {g} {family}, phone={phone}
1 | google, {given} {family}, phone={phone}, email={mail} | whatsapp, {given} {f}., phone={phone}
1 | google, {given} {family}, email={mail}, birthday={day} | facebook, {given} {family2}, email={mail}, birthday={day}
1 | phone, {given} {family}, phone={phone}, company={firm} | linkedin, {given} {family2}, phone={phone}, company={firm}
1 | google, {given} {family}, company={firm}, city={city} | linkedin, {given} {family}-{family2}, company={firm}, city={city}
1 | linkedin, {given} {family}, linkedin_url={link}, company={firm} | crm, {given} {family2} (née {family}), linkedin_url={link}/
1 | outlook, Mr {given} {family}, company={firm}, title={title} | linkedin, {given} {family}; PhD, company={firm} Inc., title={title}
1 | outlook, Mrs {given} {family}, phone={phone} | phone, {given} {family}, phone={phone}
1 | google, {given} {family}, phone={phone} | phone, {given} {typo}, phone={phone}
1 | linkedin, {given} {family}, company={firm}, title={title} | crm, {given} {typo}, company={firm}, title={title}
1 | google, {given} {family}, email={mail}, city={city} | crm, {given} {family}, email={mail_typo}, city={city}
1 | google, {given} {family}, city={city}, birthday={day} | facebook, {given} {family}, city={city}, birthday={day_typo}
1 | mail, {given} {family}, email={mail} | crm, {given} {family}, email={mail_tag}
1 | phone, {given} {family}, phone={phone_bare} | google, {given}, phone={phone}, email={mail}
1 | linkedin, {given} {family}, linkedin_url={link}, company={firm} | crm, {given} {family}, linkedin_url={link_de}, company={firm2}
1 | google, {given} {family}, email={mail}, company={firm} | linkedin, {given} {family}, email={mail}, company={firm2}, title={title}
1 | phone, {given} {family}, phone={phone}, company={firm} | crm, {given} {family}, phone={phone}, company={firm2}, title={title}
1 | google, {given} {family}, city={city}, company={firm}, title={title} | linkedin, {given} {family}, city={city}, company={firm2}, title=Senior {title}
1 | google, {given} {family}, company={firm}, birthday={day} | facebook, {given} {family}, company={firm2}, birthday={day}
1 | linkedin, {given} {family}, linkedin_url={link}, company={firm} AB, title={title} | phone, {given} {family}, phone={phone}, company={firm}
1 | linkedin, {given} {family}, linkedin_url={link}, company={firm}, title={title}, city={city} | crm, {given} {family}, phone={phone}, title={title}, city={city}
1 | linkedin, {given} {family}, linkedin_url={link}, company={firm} AB, title={title} | phone, {given} {family}, phone={phone}
1 | mail, , email={given}.{family}@{firm}.example | outlook, {given} {family}, phone={phone}, company={firm}, title={title}
1 | linkedin, {given} {given2} {family}, company={firm}, title={title} | crm, {given} {family}, company={firm} S.A., title={title}
1 | google, {given} {given2} {family}, phone={phone} | phone, {given} {family} {family2}, phone={phone}
0 | mail, {common}, email={common_mail}@{firm}.example | mail, {common}, email={common_mail}2@{firm}.example
0 | linkedin, {common}, linkedin_url={link}, company={firm}, title={title} | linkedin, {common}, linkedin_url={link}-77b, company={firm}, title={title2}
0 | linkedin, {common}, phone={phone}, company={firm}, title={title} | crm, {common}, phone={phone2}, company={firm} Oy, title={title2}
0 | google, {common}, company={firm}, birthday={day} | facebook, {common}, company={firm}, birthday={day2}
0 | google, {given} {family}, phone={phone}, street={street}, city={city}, birthday={day} | phone, {given} {family}, phone={phone}, street={street}, city={city}, birthday={day2}
0 | google, {given} {family} Sr., phone={phone}, street={street}, city={city} | phone, {given} {family} Jr., phone={phone}, street={street}, city={city}
0 | google, {given} {family}, phone={phone}, street={street}, city={city} | phone, {given2} {family}, phone={phone}, street={street}, city={city}
0 | google, {given} {family} II, email={mail}, phone={phone} | crm, {given} {family} III, email={family}3@example.com, phone={phone}
0 | phone, {given} {family}, phone={phone} | phone, {given2} {family}, phone={phone}
0 | phone, {given} {family}, phone={phone}, street={street}, city={city} | phone, {given2} {family2}, phone={phone}, street={street}, city={city}
0 | google, {given} {family}, street={street}, city={city}, birthday={day} | google, {given2} {family}, street={street}, city={city}, birthday={day}
0 | mail, {given} {family}, email=office@{firm}.example, company={firm} | mail, {given2} {family2}, email=office@{firm}.example, company={firm}
0 | mail, {given} {family}, email={family}family@example.org | google, {given2} {family}, email={family}family@example.org
0 | outlook, {given} {family}, phone={phone}, company={firm}, title={title} | linkedin, {given2} {family2}, phone={phone}, company={firm}, title={title2}
0 | outlook, {given} {family}, email=jobs@{firm}.example, company={firm}, title={title} | outlook, {given2} {family2}, email=jobs@{firm}.example, company={firm} AB, title={title}
0 | linkedin, {common}, company={firm}, title={title} | outlook, {common}, company={firm2} Group, title={title2}
0 | google, {common}, city={city}, birthday={day} | facebook, {common}, city={city}, birthday={day2}
0 | linkedin, {common}, linkedin_url={link}, company={firm} | crm, {common}, linkedin_url={link}-2x9, company={firm2}
0 | phone, {common}, phone={phone}, city={city} | google, {common}, phone={phone2}, city={city2}
0 | linkedin, {next} {family}, company={firm}, title={title} | linkedin, {next_to_it} {family}, company={firm}, title={title2}
0 | crm, {given} {family}, company={firm}, title={title}, street={street} | linkedin, {given2} {family2}, company={firm}, title={title}, street={street}
"""  # noqa: E501 (a pair is a line)

_GIVEN = (
    "Annelise Bertrand Corinne Dermot Eleni Fabrizio Greta Hakon Imogen Jadwiga Kenji Lorcan Matilda Nikhil Odette "
    "Pilar Quentin Rosalba Siobhan Torsten Usha Valeria Wanda Xiomara Yannick Zelda Aurelio Brigitte Casper Delphine"
).split()
_BEGINS = "Ash Bran Cal Dun El Fair Gar Hol Kin Lang Mar Nor Pem Quil Rad Stan Thorn Ul Ver Wil".split()
_ENDS = "bury croft dale erton field gate hurst ingham lock mere ney over quist ridge stead thal vik worth".split()
_SHORT = "Elizabeth Liz|Robert Bob|William Bill|Katherine Kate|Michael Mike|Margaret Peggy|Theodore Ted|Susan Sue"
_CYRILLIC = "Юлия=Yulia Сергей=Sergey Дмитрий=Dmitri Жанна=Zhanna Татьяна=Tatiana Андрей=Andrey".split()
_CYRILLIC_TOO = "Орлов=Orlov Крылов=Krylov Чайка=Chaika Щукин=Shchukin Ковальчук=Kovalchuk Зуев=Zuev Мороз=Moroz".split()
_ACCENTS = "Zoë=Zoe José=Jose Jürgen=Juergen Åsa=Asa Björn=Bjorn Renée=Renee".split()
_ACCENTS_TOO = "Lefèvre=Lefevre Ordóñez=Ordonez Größl=Groessl Sjöström=Sjostrom Łukasik=Lukasik Brännvall=Brannvall".split()
_COMMON = "John Smith|Anna Garcia|Peter Martin|Sarah Johnson|David Jones|Maria Silva|Thomas Müller|James Brown|Li Wang"
_NEXT = "Anna Hanna|Jan Jana|Eric Erica|Christian Christina|Dan Dana|Julian Juliana"
_TITLES = "Head of Sales|Data Engineer|Buyer|Lawyer|Designer|Architect|Recruiter|Product Lead|Nurse|Founder".split("|")
_CITIES = "Leeds Bergen Lyon Graz Porto Cork Turin Bath Gdynia Utrecht".split()
_FIRMS = "Ardent Bluefin Corvid Driftwood Ember Falcata Gantry Hollin Isthmus Juniper Kelpie Lantern Mosaic Nimbus".split()
_TRADES = "works labs bank soft line foods press marine rail glass care parks films energy".split()


def pairs(seed: int, each: int = 5) -> list[Row]:
    """Two rows are a pair; `entity` is the truth."""
    chance = Random(seed)
    kinds = [line.split(" | ") for line in KINDS.strip().splitlines()]
    return [
        row
        for number, (same, *cards) in enumerate(kind for kind in kinds for _ in range(each))
        for row in _pair(cards, _said(chance, number), number, same == "1")
    ]


def _pair(cards: list[str], said: Row, number: int, same: bool) -> Iterator[Row]:
    for at, card in enumerate(cards):
        source, name, *rest = card.format(**said).split(", ")
        told = dict(part.split("=", 1) for part in rest)
        entity = f"{number}{'a' if same or not at else 'b'}"
        yield {"entity": entity, "source": source, "full_name": name.replace(";", ","), **told}


def _said(chance: Random, number: int) -> Row:
    given, given2 = chance.sample(_GIVEN, 2)
    family, family2 = (chance.choice(_BEGINS) + chance.choice(_ENDS) for _ in range(2))
    long, short = chance.choice(_SHORT.split("|")).split()
    cyrillic, transliterated = _spelt(chance, _CYRILLIC, _CYRILLIC_TOO)
    accents, plain = _spelt(chance, _ACCENTS, _ACCENTS_TOO)
    firm, firm2 = (chance.choice(_FIRMS) + chance.choice(_TRADES) for _ in range(2))
    title, title2 = chance.sample(_TITLES, 2)
    city, city2 = chance.sample(_CITIES, 2)
    common = chance.choice(_COMMON.split("|"))
    following, next_to_it = chance.choice(_NEXT.split("|")).split()
    area = 200 + number % 700
    year, month, day = chance.randint(1945, 1965), chance.randint(1, 12), chance.randint(1, 27)
    mail = f"{given}.{family}".lower()
    return {
        "given": given, "given2": given2, "family": family, "family2": family2, "long": long, "short": short,
        "cyrillic": cyrillic, "transliterated": transliterated, "accents": accents, "plain": plain,
        "mail_plain": plain.replace(" ", ".").lower(), "g": given[0], "f": family[0], "firm": firm, "firm2": firm2,
        "title": title, "title2": title2, "city": city, "city2": city2, "common": common,
        "common_mail": common.replace(" ", ".").lower(), "next": following, "next_to_it": next_to_it,
        "mail": f"{mail}@example.org", "mail_typo": f"{_swapped(chance, mail)}@example.org",
        "mail_tag": f"{mail}+news@example.org", "typo": _swapped(chance, family), "phone": f"+1 {area} 555 {1000 + number}",
        "phone_bare": f"({area}) 555-{1000 + number}", "phone2": f"+1 {area} 555 {5000 + number}",
        "link": f"https://www.linkedin.com/in/{given}-{family}", "link_de": f"de.linkedin.com/in/{given}-{family}/",
        "day": f"{year}-{month:02d}-{day:02d}", "day_typo": f"{year}-{month:02d}-{day + 1:02d}",
        "day2": f"{year + chance.randint(20, 35)}-{13 - month:02d}-{28 - day:02d}",
        "street": f"{chance.randint(1, 99)} {chance.choice(_BEGINS)} Road",
    }  # fmt: skip


def _spelt(chance: Random, given: list[str], family: list[str]) -> tuple[str, str]:
    """A whole name in two spellings."""
    parts = [chance.choice(words).split("=") for words in (given, family)]
    return " ".join(part[0] for part in parts), " ".join(part[1] for part in parts)


def _swapped(chance: Random, word: str) -> str:
    """Two letters in the wrong order."""
    at = chance.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
