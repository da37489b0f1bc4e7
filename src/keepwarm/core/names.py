"""Names of people and organisations: folded for search, shortened for a face, spoken in a greeting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

TINTS = 6

# Letters that Unicode does not take apart into a base and a mark, typographic punctuation brought to
# the keyboard's, and marks that are written but not part of the name (Arabic tatweel, bidi, zero width).
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "ـ": None,
        **dict.fromkeys(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F)))),
        **dict.fromkeys(map(chr, range(0x2060, 0x206A))),
        "\ufeff": None,
    }
)  # fmt: skip
# Only marks that a writer may leave out: European accents, Hebrew points, Arabic vowels. The vowel signs
# of Hindi and the voicing of Japanese are marks to Unicode too, but without them it is another name.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")


def fold(text: str) -> str:
    """The same text for whoever types it: no case, accent, width or doubled space."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    return " ".join(unicodedata.normalize("NFC", _MARKS.sub("", plain)).split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- organisations -----------------------------------------------------------------------------------

_LEGAL = _words(
    """
    inc incorporated corp corporation co company ltd limited llc llp lllp lp plc pllc cic cio gmbh
    mbh ggmbh ag kg kgaa ohg gbr ug ev eg se sa sas sasu sarl eurl srl spa snc sl slu slp ltda lda
    bv nv vof cv cvba bvba ab as asa aps oy oyj hf ehf doo dd ad jsc ojsc pjsc ooo oao zao ооо оао
    зао пао ао sro as zrt kft nyrt bt oü ou uab sia pty pte pvt private proprietary bhd sdn kk gk
    tbk ulc unlimited
    """
)
_LEGAL_PHRASES = (
    r"sp ?z ?oo|spolka z ograniczona odpowiedzialnoscia|spolka akcyjna|sp ?[jk]|spol s ?ro|sa de cv|"
    r"s de rl de cv|"
    r"s de rl|gmbh and co kg|haftungsbeschrankt|a s|s a|s l|s p a|s r l|b v|n v|k k|p c|d o o|s r o"
)
_TAIL = re.compile(rf"(?:\s+(?:{'|'.join(sorted(_LEGAL))}|{_LEGAL_PHRASES}))+$")
_EAST_ASIAN = re.compile("株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사|\\(주\\)|\\(株\\)")
_LEADING = re.compile(r"^(?:the|ooo|ооо|оао|зао|пао)\s+(?=\S)")
_ASIDE = re.compile(r"\s*[\(\[（【][^\)\]）】]*[\)\]）】]\s*")
_NOT_WORD = re.compile(r"[^\w]+|_")

_NO_EMPLOYER = frozenset(
    fold(word)
    for word in (
        "self", "self employed", "selfemployed", "self employment", "myself", "me", "own business",
        "my own business", "freelance", "freelancer", "freelancing", "freelance consultant",
        "freelance writer", "freelance designer", "freelance developer", "independent",
        "independent consultant", "independent contractor", "contractor", "consultant", "sole trader",
        "retired", "semi retired", "happily retired", "retirement", "unemployed", "none", "na", "n a",
        "nil", "null", "tbd", "tba", "unknown", "other", "various", "various companies", "multiple",
        "student", "home", "homemaker", "career break", "sabbatical", "parental leave", "on a break",
        "between jobs", "open to work", "opentowork", "looking for work", "looking for opportunities",
        "seeking opportunities", "seeking new opportunities", "looking for new opportunities",
        "looking for a job", "job seeker", "actively seeking", "actively looking", "currently seeking",
        "in transition", "available", "stealth", "confidential", "private", "undisclosed",
        "not disclosed", "anonymous", "personal", "company confidential", "selbststandig",
        "selbstandig", "freiberuflich", "freiberufler", "privat", "rentner", "im ruhestand",
        "independant", "a mon compte", "auto entrepreneur", "autoentrepreneur", "micro entreprise",
        "retraite", "autonomo", "autonoma", "por cuenta propia", "jubilado", "jubilada",
        "profissional liberal", "aposentado", "libero professionista", "libera professionista",
        "pensionato", "zelfstandig", "zelfstandige", "zzp", "samozatrudnienie", "wolny strzelec",
        "wlasna dzialalnosc", "emeryt", "egen foretagare", "pensionar", "自由职业", "自由職業",
        "フリーランス", "프리랜서", "самозанятый", "фрилансер", "фриланс",
    )
)  # fmt: skip
_OWN_WORK = re.compile(r"^(?:self ?employed|freelance|freelancer|looking for|seeking|open to work|unemployed)\b")
_STEALTH = re.compile(r"^(?:\w+ )?stealth(?: \w+){0,2}? (?:mode|startup|start up|company|venture|project)s?(?: \w+)?$")


@lru_cache(maxsize=16_384)
def organisation_key(name: str) -> str:
    """One key for all spellings of one employer; "" where the words name no employer at all."""
    words = _ASIDE.sub(" ", _EAST_ASIAN.sub(" ", fold(name))) or fold(name)
    words = words.replace("&", " and ").replace("+", " plus ").replace(".", "").replace("'", "")
    words = " ".join(_NOT_WORD.sub(" ", words).split())
    if not words or words in _NO_EMPLOYER or _STEALTH.match(words) or _OWN_WORK.match(words):
        return ""
    return _TAIL.sub("", _LEADING.sub("", words)).removesuffix(" and")  # "Bain & Company"


_SPOKEN_TAIL = re.compile(
    r"(?:\s*,)?\s+(?:inc|incorporated|corp|corporation|ltd|limited|llc|llp|plc|"
    r"gmbh(?:\s*&\s*co\.?\s*kg)?|mbh|ag|kg|"
    r"s\.a\.s?|s\.?a\.?r\.?l|s\.?r\.?l|s\.?p\.?a|s\.l|sp\.?\s*z\s*o\.?\s*o|spółka z o\.?\s*o|"
    r"sp\.?\s*[jk]|b\.?v|n\.?v|"
    r"aps|oyj?|d\.?o\.?o|s\.?r\.?o|pty(?:\.?\s*ltd)?|pte(?:\.?\s*ltd)?|pvt(?:\.?\s*ltd)?|"
    r"co\.?,?\s*ltd|a/s)\.?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def organisation_name(name: str) -> str:
    """The name as people say it: "Acme, Inc." is Acme. "" where it names no employer."""
    if not organisation_key(name):
        return ""
    spoken = _EAST_ASIAN.sub(" ", _ASIDE.sub(" ", name)).strip() or name.strip()
    spoken = re.split(r"\s+[|•·–—-]\s+", spoken)[0]
    while (shorter := _SPOKEN_TAIL.sub("", spoken)) != spoken:
        spoken = shorter
    return " ".join(spoken.strip(" ,;:.|").split())


# --- people ------------------------------------------------------------------------------------------

_TITLES = _words(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr father hon capt captain
    col maj lt sgt judge rabbi imam sheikh shri smt herr frau hr dipl ing mag mme mlle m don dona
    dott dottssa eng engr ca cs adv
    """
)
_CREDENTIALS = _words(
    """
    phd mba md jd dds cpa cfa cfp pmp esq jr sr ii iii iv msc bsc ma ba mphil dphil frsa fca aca
    acca mrics csm cissp shrm pe rn gphr sphr obe mbe cbe faia cma llm llb
    """
)
_PARTICLES = _words(
    """
    van von vom zu zur der den de del della di da das dos do du des la le las los el al ten ter te
    het 't af av bin bint ibn ben y e i
    """
)
_PRONOUNS = _words("she he they her him them hers his theirs ze ella el elle il sie er hen ona on")
_DESKS = _words(
    """
    info sales support team office admin hello contact accounts billing help desk helpdesk marketing
    hr jobs press noreply newsletter service customer reception user guest member linkedin test
    unknown
    """
)
# Families usually written first in the East; where only a whole name is known, its first word may be one.
_FAMILY_FIRST = _words(
    """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang
    xie tang han cao deng feng peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu
    ding ren shen yao lee kim park choi jung jeong kang cho yoon jang lim oh seo shin kwon hwang ahn
    song hong nguyen tran pham hoang phan vu dang bui ho ngo duong chan wong cheung leung lau ng tan
    ong goh teo yeo chua
    """
)
_TWO_WORDS = {
    "jean": "luc pierre paul michel claude marc philippe francois baptiste christophe yves jacques "
    "louis marie sebastien "
    "charles rene daniel noel bernard francois",
    "mary": "ann anne jo kate beth lou jane ellen kay",
    "anne": "marie laure sophie claire",
    "anna": "maria lena",
    "marie": "claire louise laure therese christine france eve",
    "juan": "carlos pablo jose manuel luis miguel antonio",
    "jose": "luis maria antonio carlos manuel miguel",
    "luis": "miguel fernando",
    "ana": "maria paula",
    "maria": "jose",
}
# Words that are no name without the one after them: Abdul Rahman, De Shawn, St John.
_HALF_NAMES = _words("abdul abdel abd abdal abu umm de la le st saint عبد ابو ام")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_ARABIC = re.compile("[\u0600-\u08ff]")
_WORD = re.compile(r"[^\s,]+")
_NICKNAME = re.compile(r"[\(\"“'‘（]\s*([^\W\d_][^\W\d_'’-]*[^\W\d_])\s*[\)\"”'’）]")


def _letters(word: str) -> str:
    return "".join(c for c in word if c.isalpha() or unicodedata.category(c) in ("Mn", "Mc"))


def _is_east_asian(text: str) -> bool:
    return bool(_EAST.search(text))


def _is_arabic(text: str) -> bool:
    return bool(_ARABIC.search(text))


def _words_of_name(name: str) -> list[str]:
    """The words that are the person's name, given first: no title, credential, aside or picture."""
    head, _, tail = _ASIDE.sub(" ", name).partition(",")
    if len(head.split()) == 1 or fold(head).split()[:1] in [[p] for p in _PARTICLES]:
        head = f"{tail} {head}"  # "Smith, John", "van der Berg, Jan"; else the tail is a degree or a post
    words = [w.strip(".") for w in _WORD.findall(head) if _letters(w)]
    kept = [w for w in words if fold(w) not in _TITLES and fold(w).replace(".", "") not in _CREDENTIALS]
    return kept or words


def initials(name: str) -> str:
    """One or two letters for a face. Arabic and East Asian names give one: two would read as a word."""
    words = _words_of_name(name.partition("@")[0])
    # A particle with a capital at the head is a given name: Ben Okafor, Van Morrison.
    whole = words[:1] if words and words[0][0].isupper() and len(words) > 1 else []
    whole += [w for w in words[len(whole) :] if fold(w) not in _PARTICLES] or words[len(whole) :]
    if not whole:
        return next((c.upper() for c in name if c.isalnum()), "?")
    first, last = _letters(whole[0]), _letters(whole[-1])
    if len(whole) == 1 or _is_east_asian(first) or _is_arabic(first):
        return first[0].upper()[0]
    return first[0].upper()[0] + last[0].upper()[0]


def tint(id_or_name: UUID | str) -> int:
    """1..6, the same for one person on every machine and in every run."""
    digest = blake2b(str(id_or_name).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % TINTS + 1


def greeting_name(given: str, name: str) -> str:
    """What to put after "Hi": the name they go by. "" if unsure; the greeting is then plain "Hello,"."""
    said = given.strip() or _given_out_of(name)
    if not said or any(c.isdigit() or c in "@/\\<>{}[]_" for c in _ASIDE.sub("", said)):
        return ""
    if _is_east_asian(said):
        return _east_asian_greeting(said, name)
    if nickname := _nickname(said):
        return nickname
    words = _words_of_name(said)
    while len(words) > 1 and (len(_letters(words[0])) == 1 or fold(words[0]) in ("md", "mohd")):
        words = words[1:]  # "J. Robert" goes by Robert
    return _spoken(words, name) if words else ""


def _given_out_of(name: str) -> str:
    """The given name in a whole name; "" where its order cannot be told."""
    words = _words_of_name(name)
    if not words or _is_east_asian(name):
        return name.strip()
    if len(words) == 1:
        return words[0] if words[0][:1].isupper() or _is_arabic(words[0]) else ""
    if "," not in name and fold(words[0]) in _FAMILY_FIRST:
        return ""
    if fold(words[0]) in _PARTICLES or len(_letters(words[0])) == 1:
        return ""
    return " ".join(words[:2]) if _belongs_together(words[0], words[1]) else words[0]


def _east_asian_greeting(said: str, name: str) -> str:
    """A given name of one sign is too familiar alone: then the whole name, if it is one word."""
    if nickname := _nickname(said):
        return nickname
    bare = _ASIDE.sub("", said).strip()
    if 2 <= len(bare.replace(" ", "")) <= 6 and _reads_as_a_name(bare):
        return bare
    whole = _ASIDE.sub("", name).strip()
    return whole if 2 <= len(whole) <= 6 and " " not in whole and _reads_as_a_name(whole) else ""


def _nickname(said: str) -> str:
    """Xiaoming (Michael), William "Bill": people put the name they go by in brackets."""
    found = _NICKNAME.search(said)
    if not found or fold(found[1]) in _PRONOUNS | _CREDENTIALS | {"nee", "born", "formerly", "ex"}:
        return ""
    return found[1] if found[1].istitle() and len(found[1]) > 1 else ""


def _belongs_together(first: str, second: str) -> bool:
    return fold(first) in _HALF_NAMES or fold(second) in _TWO_WORDS.get(fold(first), "").split()


def _spoken(words: list[str], name: str) -> str:
    """The first word, or two that belong together, in the case people write names in."""
    family = [fold(w) for w in _words_of_name(name)][-1:]
    eastern = len(words) == 2 and family and family[0] in _FAMILY_FIRST and fold(words[1]) != family[0]
    together = len(words) > 1 and (_belongs_together(words[0], words[1]) or eastern)
    said = " ".join(_cased(w, name) for w in (words[:2] if together else words[:1]))
    return said if _reads_as_a_name(said) and fold(said) not in _DESKS | _TITLES | _CREDENTIALS else ""


def _reads_as_a_name(said: str) -> bool:
    """Letters with at most a hyphen, point or apostrophe between; two to thirty."""
    letters = _letters(said)
    marks = len(said) - len(letters)
    only = all(c in "'’.-· " for c in said if c not in letters)
    return len(letters) >= 2 and len(said) <= 30 and marks <= 5 and only and said[0].isalpha()


def _cased(word: str, name: str) -> str:
    """JOHN and john are John; AJ stays AJ in "AJ Smith"."""
    shouted_name = _letters(name).isupper()
    if word.islower() or (word.isupper() and (shouted_name or len(_letters(word)) > 2) and "." not in word):
        return re.sub(r"[^\W\d_]+", lambda m: m[0][:1].upper() + m[0][1:].lower(), word)
    return word


def listed(names: Sequence[str]) -> str:
    """ "Ann", "Ann and Bob", "Ann, Bob and Cy"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def sort_key(given: str, family: str, name: str) -> str:
    """Family, then given, folded. "van der Berg" is found under B; "Van Dyke", written large, under V."""
    if not family:
        words = _words_of_name(name)
        family, given = (words[-1], " ".join(words[:-1])) if words else (name, "")
    words = family.split()
    while len(words) > 1 and words[0].islower() and fold(words[0]) in _PARTICLES:
        words = words[1:]
    key = fold(f"{' '.join(words)} {given}")
    return " ".join(re.sub(r"[^\w\s]", "", key).split()) or key


# Out of an address

_SHARED_MAILBOXES = _words("admin contact hello help hi info mail news office sales support team")


def from_email(address: str) -> str:
    """ada.lovelace@… is Ada Lovelace; info@… stays as it is: it says nothing about a person."""
    local = address.partition("@")[0]
    if local.lower() in _SHARED_MAILBOXES or not any(map(str.isalpha, local)):
        return address
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[._+\-\s]+", local) if word)
