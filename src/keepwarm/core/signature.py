"""The end of a letter, read as a card: name, role, firm, numbers, addresses and links; a lone profile link too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from keepwarm.core import identity
from keepwarm.core.line_words import several
from keepwarm.core.names import fold
from keepwarm.core.people import Address, PersonRecord, Value

LONGEST = 10_000  # letters of what is pasted that are looked at
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_ENDINGS = "com|org|net|io|co|dev|me|eu|uk|de|fr|nl|pt|es|it|ch|at|se|no|dk|fi|ie|app|ai|blog|social|studio|design"
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>|]+"
    rf"|(?<![@\w.])(?:[\w-]+\.)+(?:{_ENDINGS})(?:/[^\s<>|]*)?(?![\w@])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w/])(?P<label>(?:mobile|mob|cell|handy|phone|tel|telephone|direct|office|work|home|fax|[mtpdcfwh])\b"
    r"[.:]*\s*)?(?P<number>(?:\+|00|\(0|0|\()[\d\s()./-]{6,20}\d)",
    re.IGNORECASE,
)
_MOBILE, _FAX = several("m mobile mob cell c handy"), several("f fax")
_PROFILES = ("linkedin.com/", "github.com/", "bsky.app/", "twitter.com/", "x.com/", "instagram.com/", "mastodon")
_BYE = re.compile(
    r"^(?:[-–—_=*]{2,}|(?:(?:kind|best|warm|many|with|all)\b.{0,25})?(?:regards|wishes|thanks|best)\b.{0,12}"
    r"|(?:yours|sincerely|cheers|mit freundlichen|viele grüße|cordialement|sent from my|get outlook|von meinem"
    r"|envoyé)\b.*)$",
    re.IGNORECASE,
)
_ROLE = several(
    "head director manager ceo cto cfo coo cmo chief founder co-founder cofounder owner partner engineer developer"
    " designer consultant lead officer vp president professor lecturer researcher scientist analyst architect editor"
    " producer coach trainer teacher assistant associate advisor adviser counsel lawyer solicitor accountant nurse"
    " doctor agent specialist strategist executive secretary recruiter journalist writer author photographer curator"
    " geschäftsführer geschäftsführerin leiter leiterin directeur directrice librarian programmer administrator"
    " coordinator chair investor principal student intern freelance freelancer"
)  # fmt: skip
_FIRM = re.compile(
    r"\b(?:ltd|limited|gmbh|inc|llc|llp|plc|ag|kg|ug|bv|b\.v|nv|sa|s\.a|sarl|srl|spa|oy|ab|as|aps|lda|pty|co|corp"
    r"|corporation|company|university|institute|college|school|hospital|bank|museum|group|foundation|studio|studios|labs|partners|agency"
    r"|ventures|council|association|books|press|media)\b\.?",
    re.IGNORECASE,
)  # fmt: skip
_POSTCODE = re.compile(r"\b(?:\d{4,6}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4}-\d{3})\b")
_PARTS = re.compile(r"\s+[|·•–—/]\s+|\s*[|·•]\s*|\t+")


def read(text: str) -> PersonRecord | None:
    """The person of a signature, with an empty name where none is seen; None where it says nothing of anyone."""
    emails, phones, links, rest = _taken_apart(text[:LONGEST])
    pieces = [piece for line in rest for piece in _pieces(line)]
    name = _name(pieces, emails)
    title, organisation = _work([piece for piece in pieces if piece != name], emails)
    used = {name, title, organisation}
    addresses = [line for line in rest if _is_address(line) and line not in used]
    profiles = tuple(link for link in links if link.label)
    if not (name or emails or phones or links):
        return None
    return PersonRecord(
        where=1,
        name=name or next(filter(None, map(of_profile, (link.value for link in profiles))), ""),
        emails=tuple(emails),
        phones=tuple(phones),
        profiles=profiles,
        links=tuple(link for link in links if not link.label),
        title=title,
        organisation=organisation,
        addresses=(Address(", ".join(addresses)[:500]),) if addresses else (),
    )


def of_profile(link: str) -> str:
    """A guess at the name by the last word of a LinkedIn address: /in/amara-nwosu-4a1b2c is Amara Nwosu."""
    slug = re.search(r"linkedin\.com/in/([^/?#]+)", link, re.IGNORECASE)
    if not slug:
        return ""
    words = [word for word in unquote(slug[1]).replace("_", "-").split("-") if word and not re.search(r"\d", word)]
    return " ".join(word[:1].upper() + word[1:] for word in words) if 1 < len(words) <= 5 else ""


def _taken_apart(text: str) -> tuple[list[Value], list[Value], list[Value], list[str]]:
    """What is told by its form, and the lines without it."""
    emails, phones, links, rest = list[Value](), list[Value](), list[Value](), list[str]()
    for raw in text.splitlines():
        line = re.sub(r"^[>\s]+", "", raw)
        line = _moved(_EMAIL, line, emails, lambda found: Value(found[0].rstrip(".")))
        line = _moved(_LINK, line, links, _link)
        line = _moved(_PHONE, line, phones, _phone)
        line = re.sub(
            r"(?:^|(?<=\s))(?:e-?mail|mail|web|www|tel|mobile|phone|linkedin|[ewmtp])\s*:\s*",
            "",
            line,
            flags=re.IGNORECASE,
        )
        if (line := line.strip(" \t,;|·•:<>()")) and not _BYE.match(line) and re.search(r"\w", line):
            rest.append(" ".join(line.split()))
    return _once(emails), _once(phones), _once(links), rest


def _moved(pattern: re.Pattern[str], line: str, into: list[Value], how: object) -> str:
    assert callable(how)
    for found in pattern.finditer(line):
        value = how(found)
        if value:
            into.append(value)
    return pattern.sub(" | ", line)


def _phone(found: re.Match[str]) -> Value | None:
    label = (found["label"] or "").lower().strip(" .:")
    if label in _FAX:
        return None
    return Value(" ".join(found["number"].split()), "cell" if label in _MOBILE else "")


def _link(found: re.Match[str]) -> Value:
    link = found[0].rstrip(".,;)")
    link = link if re.match(r"https?://", link, re.IGNORECASE) else f"https://{link}"
    service = next((known for known in _PROFILES if known in link.lower()), "")
    return Value(link, service.partition(".")[0])


def _once(values: list[Value]) -> list[Value]:
    return list({value.value: value for value in values}.values())


def _pieces(line: str) -> Iterator[str]:
    for piece in _PARTS.split(line):
        if piece := piece.strip(" ,;"):
            yield piece


def _name(pieces: list[str], emails: list[Value]) -> str:
    """The piece that the address spells too, else the first that looks like one."""
    likely = [piece for piece in pieces if _may_be_a_name(piece)]
    local = fold(emails[0].value.partition("@")[0]) if emails else ""
    spelled = [
        piece for piece in likely if local and any(len(word) > 2 and word in local for word in fold(piece).split())
    ]
    return next(iter(spelled or likely), "")


def _may_be_a_name(piece: str) -> bool:
    words = piece.replace(",", " ").split()
    if not 1 < len(words) <= 5 or re.search(r"\d", piece) or _FIRM.search(piece) or _is_role(piece):
        return False
    small = several("van von de der den di da dos del la le el al bin ibn ter ten y")
    return all(not word[0].islower() or word.lower() in small for word in words) and not piece.endswith((".", "!", ":"))


def _is_role(piece: str) -> bool:
    return any(word.strip(".,&").lower() in _ROLE for word in piece.split())


def _work(pieces: list[str], emails: list[Value]) -> tuple[str, str]:
    """What they do and where: "Head of Growth, Acme Ltd", or one below the other."""
    title, firm = next((piece for piece in pieces if _is_role(piece) and _is_no_firm(piece)), ""), ""
    for between in (r"\s+(?:at|@|bei|chez)\s+", r",\s*"):
        parts = re.split(between, title, maxsplit=1)
        if len(parts) == 2 and not _is_role(parts[1]):
            return parts[0], parts[1]
    others = [piece for piece in pieces if piece != title and not _is_address(piece)]
    domain = fold(emails[0].value.partition("@")[2].partition(".")[0]) if emails else ""
    firm = next((piece for piece in others if domain and fold(piece).replace(" ", "").startswith(domain)), "")
    firm = firm or next((piece for piece in others if _FIRM.search(piece)), "")
    if not firm and title:
        after = pieces[pieces.index(title) + 1 :][:1]
        firm = next((piece for piece in after if piece in others and len(piece) < 60), "")
    return title, firm


def _is_no_firm(piece: str) -> bool:
    """ "Köhler & Partner GmbH" is one; "Partner, Köhler GmbH" says both."""
    return not _FIRM.search(piece) or bool(re.search(r",| at | @ ", piece))


def _is_address(line: str) -> bool:
    return bool(_POSTCODE.search(line) or re.search(r"^\d+\w? \w+|\w+ \d+\w?,", line)) and bool(
        re.search(r"[^\W\d]{3}", line)
    )


def is_link(text: str) -> bool:
    """Whether it is an address of the web and nothing else."""
    return bool(_LINK.fullmatch(text.strip())) and not identity.email_key(text.strip())
