"""Whether an e-mail address is probably no person's: told by its shape alone, with the name beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from keepwarm.core.names import fold

NO_REPLY, MACHINE, ROLE, ROOM, LIST = "no_reply", "machine", "role", "room", "list"


class _Rule(NamedTuple):
    kind: str
    holds: re.Pattern[str]  # in the whole address, in lower case


def _rule(kind: str, *patterns: str) -> _Rule:
    return _Rule(kind, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)))


# An end of a word within the part before the @: do-not-reply, shop.noreply, noreply2.
_ = r"(?:^|[._+\-])"
_E = r"(?=[._+\-\d@])"
_RULES = (
    _rule(
        ROOM,
        r"@resource\.calendar\.google\.com$", r"^c_[a-z0-9]+@", r"^(?:conf(?:erence)?|meeting|board)[._-]?room",
        r"^(?:room|raum|saal|salle|sala|besprechungsraum|sitzungszimmer|konferenzraum|zaal|mødelokale)[._-]?[\d._-]",
    ),
    _rule(
        LIST,
        r"@group\.calendar\.google\.com$", r"@(?:[\w-]+\.)*(?:googlegroups\.com|groups\.io|groups\.google\.com)$",
        r"@(?:lists?|listes?|listas?|lijst|mailman|listserv|sympa|yahoogroups)\d?\.", r"@yahoogroups\.",
        r"-(?:request|owner|subscribe|unsubscribe|bounces|announce)@", r"^(?:newsletters?|infoletter|rundbrief)\b",
        rf"{_}(?:newsletter|mailinglist|mailing-list|boletin|bulletin|nieuwsbrief){_E}",
    ),
    _rule(
        NO_REPLY,
        rf"{_}(?:no|not|non|dont|donot|do-not|do_not|do\.not|never)[._-]?(?:reply|replay|responder?|rispondere|antwort)",
        rf"{_}(?:nicht|bitte[._-]nicht)[._-]?antworten", rf"{_}(?:nepasrepondre|ne[._-]pas[._-]repondre|keine[._-]?antwort)",
        rf"{_}(?:nao-?responda|nie-?odpowiadaj|ikke-?svar|svara?-?(?:inte|ej)|geen-?antwoord|noreponse|noreturn|nomail)",
        rf"{_}(?:notifications?|notify|notice|benachrichtigung(?:en)?|notificaciones|notificacoes|notifiche){_E}",
        rf"{_}(?:unsubscribe|abmelden|desinscription){_E}",
    ),
    _rule(
        MACHINE,
        rf"{_}(?:mailer[._-]?daemon|postmaster|bounces?|returns?|daemon|root|cron|nagios|zabbix|jenkins|hudson|buildbot)"
        rf"{_E}",
        rf"{_}(?:builds?|ci|alerts?|alarm|monitor(?:ing)?|robot|bot|scanner|scan|fax|voicemail|automat(?:ed|ic)"
        rf"|autoresponder|system|server|mailer|smtp|www-data|apache|nobody|reminders?|updates?|digest|tracking){_E}",
        r"[._-]bot@|\[bot\]@", r"@(?:[\w-]+\.)*(?:bounces?|mailer|notifications?|alerts?)\.",
        r"^(?:reply|r|replies|comment|msg|conversation|thread)[+_-][\w.+=-]*\d[\w.+=-]*@", r"\+[0-9a-f]{12,}@",
        r"^(?=[a-z]*\d)[0-9a-f-]{16,}@", r"^(?=(?:[^@]*\d){6})[0-9a-z=_-]{24,}@", r"^[0-9]{9,}[\w-]*@(?!qq\.|163\.|126\.)",
        r"=[\w-]+\.[\w.-]+@", r"^prvs=", r"^msprvs1?=", r"^srs[01]=", r"@reply\.", r"@unknownemail\.",
        r"@(?:users\.noreply|reply)\.github\.com$", r"@(?:mail|docs|drive)\.google\.com$", r"^calendar-notification@",
    ),
    _rule(
        ROLE,
        r"^(?:info|infos|information|informacion|kontakt|contact|contacts?|contacto|contatto|contato|hello|hi|hallo|hola"
        r"|bonjour|ciao|ola|hej|mail|email|e-mail|post|posta|office|buero|büro|bureau|ufficio|oficina|kantoor|biuro"
        r"|empfang|reception|recepcion|accueil|frontdesk|rezeption|sekretariat|secretary|secretariat|segreteria"
        r"|secretaria|sekretariaat|admin|administrator|administration|administracion|amministrazione|verwaltung|webmaster"
        r"|hostmaster|abuse|security|privacy|datenschutz|dpo|legal|compliance|support|help|helpdesk|service|services"
        r"|kundenservice|kundendienst|klantenservice|kundeservice|customer|customers|customerservice|customercare|care"
        r"|servicedesk|hilfe|aide|ayuda|assistance|assistenza|soporte|suporte|hjelp|feedback|sales|vertrieb|verkauf"
        r"|vente|ventes|ventas|vendas|vendite|verkoop|commercial|comercial|commerciale|marketing|press|presse|prensa"
        r"|stampa|media|pr|news|events?|billing|invoice|invoices|rechnung|rechnungen|rechnungswesen|facturation|facturacion"
        r"|fatturazione|fatture|faktura|facturen|accounts?|accounting|buchhaltung|comptabilite|compta|contabilidad"
        r"|contabilita|boekhouding|payments?|finance|orders?|bestellung|bestellungen|commandes?|pedidos|ordini"
        r"|bestellingen|shop|store|jobs?|careers?|karriere|bewerbung|recrutement|recruiting|recruitment|hr|rh|personal"
        r"|team|staff|all|everyone|alle|tous|members?|mitglieder|vorstand|board|redaktion|editorial|editor|redazione"
        r"|redaccion|booking|bookings|reservations?|reservierung|reservas|prenotazioni|hotel|restaurant|rezept|praxis"
        r"|kanzlei|welcome|willkommen|enquiries|inquiries|anfrage|anfragen|partners?|partner|affiliates?|noc|ops|it|dev"
        r"|tech|webteam|newsroom|community|membership|registration|anmeldung|inscripciones|account|konto|service-client"
        r"|serviceclient|atencionalcliente|clientes|clienti|kunden)(?:[._+-]?(?:\d{0,3}|[a-z]{2}|team|uk|us|eu))?@",
    ),
)  # fmt: skip
# A name that stands for a firm or a group of people, or says that someone else sends in theirs.
_NOT_HUMAN = re.compile(
    r"[|@/&:]|\b(?:via|from|at|team|support|service|info|office|sales|newsletter|news|no-?reply|gmbh|ltd|inc|llc|ag|sarl|"
    r"bv|kundenservice|customer|the|von|de la part de|group|club|hotel|shop|online)\b"
)
_VIA = re.compile(r"\s(?:via|über|através de|par l'intermédiaire de)\s")


def no_person(address: str, name: str) -> str:
    """Why this is probably no person: no_reply, machine, role, room or list; "" where it may be one.

    A role's address (info@, office@) under a human being's name may be one: a firm of one writes so. The name
    has two to four words then, none of them of a firm, and none that the domain has for its own.
    """
    return _told(address.strip().lower(), name.strip())


@lru_cache(maxsize=16_384)
def _told(address: str, name: str) -> str:
    if _VIA.search(name):
        return LIST
    kind = next((rule.kind for rule in _RULES if rule.holds.search(address)), "")
    return "" if kind == ROLE and _is_human(name, address.rpartition("@")[2]) else kind


def _is_human(name: str, domain: str) -> bool:
    folded = fold(name)
    words = re.findall(r"[^\W\d_]+", folded)
    own = domain.rpartition(".")[0].replace("-", "").replace(".", "")
    firm = "".join(words) in own or own in "".join(words)
    return 2 <= len(words) <= 4 and not firm and not _NOT_HUMAN.search(name.lower()) and not re.search(r"\d", name)
