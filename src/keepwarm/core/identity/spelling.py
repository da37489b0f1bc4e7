"""One name, many spellings: other scripts, sounds that are written in several ways, and short forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import OSA

from keepwarm.core.names import fold


def listed(words: str) -> list[str]:
    """Words with a blank between; _ is the empty one."""
    return [word.replace("_", "") for word in words.split()]


def _letters(theirs: str, ours: str) -> dict[str, str]:
    return dict(zip(theirs, listed(ours), strict=True))


_CYRILLIC = _letters(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяієґћђљњџј",
    "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i e g c dj lj nj dz j",
)
_GREEK = _letters("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
_ARABIC = _letters(
    "ابتثجحخدذرزسشصضطظغفقكلمنهويةىپچژگکیءع",
    "a b t th j h kh d d r z s sh s d t z gh f q k l m n h u i a a p ch zh g k i _ _",
)
_HEBREW = _letters("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h v z h t y k k l m m n n s a p p ts ts k r sh t")
_LATIN = str.maketrans(_CYRILLIC | _GREEK | _ARABIC | _HEBREW)
_NO_VOWELS = re.compile("[\u0590-\u06ff]")

# Hangul is built from a beginning, a middle and an end; the sign's number tells all three.
_BEGINS = listed("k kk n d tt r m b pp s ss _ j jj ch k t p h")
_MIDDLES = listed("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_ENDS = listed("_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t")


def latin(text: str) -> str:
    """Folded text in Latin letters, as far as its script can be told by rule; Chinese and Japanese stay."""
    folded = fold(text)
    return folded if folded.isascii() else "".join(map(_syllable, folded.translate(_LATIN)))


def _syllable(sign: str) -> str:
    number = ord(sign) - 0xAC00
    if not 0 <= number < 11_172:
        return sign
    return _BEGINS[number // 588] + _MIDDLES[number % 588 // 28] + _ENDS[number % 28]


def is_readable(word: str) -> bool:
    """Whether it can be held against a name in Latin letters at all."""
    return all(not sign.isalpha() or "LATIN" in unicodedata.name(sign, "") for sign in word)


# What is written differently and said alike, longest first.
_SOUNDS = (
    (r"x", "ks"), (r"shch|tsch|sch|tch|sh|ch|cz|sz|zh|zs", "x"), (r"ph|v|w", "f"), (r"ck|kh|qu|q|gh|c(?![eiy])", "k"),
    (r"tz|ts|dz|c(?=[eiy])|z", "s"), (r"th|dt", "t"), (r"dj|j|y", "i"), (r"p(?=f)", ""),
)  # fmt: skip
_SAID = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)
_VOWELS = re.compile("[aeiouh]+")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The bones of a name: Müller, Mueller and Muller are mlr; Yulia, Julija and Юлия are ila."""
    for pattern, letter in _SAID:
        word = pattern.sub(letter, word)
    bones = "".join(letter for letter, _ in groupby(_VOWELS.sub("", word[1:])))
    first = "a" if word[:1] in "aeou" else word[:1]
    return (first + bones.removeprefix(first)) if bones else word


# Whoever is called by a word of a line may be called by its other words. Rows begin with the whole name.
_SHORT_FORMS = """
abigail abby abbie gail; abraham abe bram; adam ad; adrian adriano ade; agnieszka aga; albert al bert albrecht alberto
alexander alex alec alek sandy xander sascha sasha alejandro aleksandr alexandre lex; alexandra alex sandra sasha
aleksandra lexi ola alexa; alfred alf fred alfie alfredo; alice ali alicia; alison ali allie; amanda mandy; andrew
andy drew andreas andre andrei andrey andrea andrzej anders; angela angie; anne ann anna annie nan nancy ana anya
anja; anthony tony antonio anton antoine ant; antonia toni; archibald archie; arthur art artie arturo; barbara barb
babs basia; bartholomew bart; beatrice bea trixie; benedict ben; benjamin ben benji benny; bernard bernie bernd
bernhard; bradley brad; bridget biddy; calvin cal; cameron cam; carolyn carol caroline carrie lyn; catherine katherine
kathryn kate kathy cathy katie kat kitty cat katharina catalina ekaterina katarzyna kasia katja katya kathleen karin;
charles charlie chuck chas carl karl carlos charly; charlotte lotte charlie lottie; christian chris christiano;
christina christine chris chrissie tina krystyna kristina kristin; christopher chris kit topher christoph christophe
cristobal; clifford cliff; constance connie; cornelia connie nele; curtis curt; cynthia cindy; daniel dan danny
daniil; danielle dani; david dave davey davide dawid; deborah deb debbie debra; dennis denny denis; dominic dom nick
dominik dominique; donald don donny; dorothy dot dottie dolly dorothea doris; douglas doug; edmund ed eddie ned;
edward ed eddie ted ned eduardo edouard eduard; eleanor ellie nell nora leonora; elizabeth liz beth betty lizzie eliza
elisabeth lisa bess elsa lise libby elisa bettina elzbieta ela isabel; ellen nell ellie; emily em emmy; emma em;
emmanuel manny manu manuel; eric erik rick; ernest ernie ernst; eugene gene evgeny yevgeny; evelyn evie eve; florence
flo; frances fran frankie fanny; francis frank francisco francesco francois franz paco pancho fran; frederick fred
freddie fritz friedrich federico frederic; gabriel gabe; gabriela gabi gabrielle; geoffrey jeff geoff; george jorge
georg georges giorgio jerzy yuri; gerald gerry jerry; gerard gerry gerhard gerd; gertrude trudy; giuseppe beppe pino;
giovanni gianni nino vanni; gregory greg grigory gregor grzegorz; guillermo memo; gwendolyn gwen; harold harry hal;
hanna hannah hanne johanna; harriet hattie; heinrich heinz; helen helena nell elena lena ellen; henry hank harry hal
henri enrique heinrich enrico; herbert herb bert; hubert bert hugh; ignacio nacho; isaac ike; isabella bella isabel
izzy isabelle; ivan vanya; jacob jake jakob jacques jack; jacqueline jackie; james jim jimmy jamie jem jaime; jane
janie janet; janet jan; jason jay; javier xavi javi xavier; jeffrey jeff; jennifer jen jenny jenna; jeremy jerry jem;
jerome jerry; jessica jess jessie; joanna jo joan joanne asia; johann hans johannes johan; john jack johnny jon jan
juan jean johann ian ivan sean giovanni joao jonny; jonathan jon jonny nathan jonas; jose pepe jos; joseph joe joey jo
josef sepp josep jozef giuseppe; josephine jo josie; joshua josh; juan juanito; judith judy jude; julia julie juliana
jule yulia; julian jules; justin jus; karen kari; kenneth ken kenny; kimberly kim; konstantin kostya; kristopher kris;
krzysztof krzysiek kris; laura laurie lauren; lawrence larry laurie lars lorenz laurent lorenzo; leonard len lenny leo
leon leonardo; lea leah; lee leigh; leopold leo; leslie les; lewis lou louis lew; lillian lily lil; linda lin lindy;
louis lou luis ludwig luigi; louise lou luisa; lucas luke luca lukas lucasz lukasz; lucy lucia lucie; ludmila mila
lyuda; madeleine maddie magda; malgorzata gosia; marcus mark marc marco marcos markus; margaret maggie meg peggy greta
margie marge rita madge daisy margarita margarete gretchen megan; maria marie mary mia mariya maryam; marjorie marge;
martha marta; martin marty marti; mary molly polly mae mamie marie maria; matilda tilly; matthew matt matthias mateo
matteo matthieu mateusz mats; maureen mo; maurice mo moritz mauricio; maximilian max maxim maxime; melanie mel;
melissa mel missy lissa; michael mike mick mickey mikhail michel miguel misha michal michele mikael mitch; michelle
shelly micky; mildred millie; mohammed mohamed muhammad mohammad muhammed mohamad mo; nadezhda nadia nadja; natalia
natasha natalie nat talia; nathaniel nathan nate nat nathan; nicholas nick nicky nico nicolas nikolai klaus nikolaus
niklas kolya claus niccolo mikolaj; nicole nicki nikki nicola; norman norm; oliver ollie oli olivier; olivia liv
livvy; pamela pam; patricia pat patty trish tricia; patrick pat paddy padraig patrice; paul pablo paolo pavel pawel
pol; paula paulina polly; penelope penny; percival percy; peter pete pedro pierre piotr pietro pyotr petr petra;
philip phil pip philipp philippe felipe; piotr piotrek; priscilla cilla; rachel rae raquel; ralph rolf raul; randolph
randy; raymond ray raimund ramon; rebecca becky becca rebekka; reginald reg reggie; richard rick dick ricky rich
richie ricardo riccardo; robert rob bob bobby bert robbie roberto; roderick rod; rodney rod; roger rog ruediger;
roland rolly; ronald ron ronnie; rosemary rose rosie; rudolf rudi rolf; russell russ; samantha sam sammy; samuel sam
sammy; sandra sandy; sarah sara sally sadie; sebastian seb bastian basti sebastien; sergei sergio serge sergey
seryozha; sharon shaz; sigmund sigi; siegfried sigi; simon si; simone; sofia sophia sophie sonia sonja sonya zofia;
solomon sol; stanislaw staszek stan; stanley stan; stephanie steph steffi stefanie; stephen steve steven stefan
esteban etienne stephan stevie stefano szczepan; stuart stu; susan sue susie suzanne susanna suzy susanne sanna;
svetlana sveta lana; sylvia sylvie silvia; tamara tammy toma; tatiana tanya tania tatjana; terence terry; theodore ted
teddy theo fyodor theodor feodor; theresa terry tess tessa teresa resi; thomas tom tommy tomas tomasz thom tommaso;
timothy tim timmy timo; tobias toby tobi; ulrich uli ulli; ulrike ulli; ursula uschi; valentina valya tina; valerie
val; vasily vasya; veronica ronnie vera; victor vic vik viktor vittorio; victoria vicky tori vika viki; vincent vince
vinny vincenzo; vivian viv; vladimir vlad vova volodya volodymyr wladimir; walter wally walt; wilhelm willi; wilfred
wilf; wilhelmina mina willy; william bill will billy willie liam guillaume wilhelm willem guillermo guglielmo;
winifred winnie; wolfgang wolf; yekaterina katya; yuri yura george; zachary zach zack; zbigniew zbyszek
"""


def _by_word() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate(_SHORT_FORMS.split(";")):
        for word in row.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(rows) for word, rows in found.items()}


_FORMS = _by_word()
_NONE: frozenset[int] = frozenset()


def circles(word: str) -> frozenset[int]:
    """The rows of short forms a given name stands in; two names that share one may be one person's."""
    return _FORMS.get(word, _NONE)


@lru_cache(maxsize=131_072)
def same_sound(one: str, other: str) -> bool:
    """Spelt differently, said alike. Few bones (Noor, Nuria) must be near letter by letter, or without their vowels."""
    bones = sound(one)
    if bones != sound(other):
        return False
    return len(bones) > 2 or OSA.distance(one, other, score_cutoff=2) <= 2 or _consonants(one) == _consonants(other)


def _consonants(word: str) -> str:
    """mhmd; a word of one or two stays as it is."""
    bare = "".join(letter for letter, _ in groupby(word) if letter not in "aeiou")
    return bare if len(bare) > 2 else word
