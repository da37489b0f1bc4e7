"""Whether an e-mail address is probably no person's: told by its shape alone, with the name beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from keepwarm.core.names import fold

NO_REPLY, MACHINE, ROLE, ROOM, LIST = "no_reply", "machine", "role", "room", "list"


class _Rule(NamedTuple):
    kind: str
    pattern: re.Pattern[str]  # found in the address, in lower case


_ = r"(?:^|[._-])"  # a word begins: shop.noreply
_E = r"(?=[._+\-\d@])"  # and ends: noreply2
_SHAPES = (
    (ROOM, r"@resource\.calendar\.google\.com$"),
    (ROOM, r"^(?:conf(?:erence)?|meeting|board)[._-]?room"),
    (ROOM, r"^(?:room|raum|saal|salle|sala|zaal|besprechungsraum|sitzungszimmer|konferenzraum)[._-]?\d"),
    (LIST, r"@group\.calendar\.google\.com$"),
    (LIST, r"@(?:[\w-]+\.)*(?:googlegroups\.com|groups\.io|groups\.google\.com|yahoogroups\.\w+)$"),
    (LIST, r"@(?:lists?|listes?|listas?|lijst|mailman|listserv|sympa)\d?\."),
    (LIST, r"-(?:request|owner|subscribe|unsubscribe|announce)@"),
    (LIST, rf"{_}(?:newsletters?|mailing-?list|infoletter|rundbrief|boletin|nieuwsbrief|infolettre){_E}"),
    (NO_REPLY, rf"{_}(?:no|not|non|dont|donot|do[._-]not|never)[._-]?(?:reply|replay|response|responder?|rispondere)"),
    (NO_REPLY, rf"{_}(?:nicht[._-]?antworten|keine[._-]?antwort|ne[._-]?pas[._-]?repondre|geen[._-]?antwoord)"),
    (NO_REPLY, rf"{_}(?:nao[._-]?responda|nie[._-]?odpowiadaj|ikke[._-]?svar|svara[._-]?(?:inte|ej))"),
    (NO_REPLY, rf"{_}(?:notifications?|notify|benachrichtigung(?:en)?|notificaciones|notificacoes|notifiche){_E}"),
    (NO_REPLY, rf"{_}(?:unsubscribe|abmelden|desinscription){_E}|^calendar-notification@"),
    (MACHINE, rf"{_}(?:mailer[._-]?daemon|postmaster|bounces?|daemon|cron|nagios|zabbix|jenkins|buildbot){_E}"),
    (MACHINE, r"[._-]bot@|\[bot\]@|@(?:[\w-]+\.)*(?:bounces?|mailer|notifications?|alerts?|reply)\."),
    # An answer goes back to a ticket or thread by its number; a bounce to the list that knows whose it was (VERP, SRS).
    (MACHINE, r"^(?:reply|r|replies|comment|msg|conversation|thread|ticket|case)[+_-][\w.+=-]*\d[\w.+=-]*@"),
    (MACHINE, r"^(?:prvs|msprvs1?|srs[01])=|=[\w-]+\.[\w.-]+@"),
    # Long hex, or long and full of digits; but QQ, 163 and 126 number their people.
    (MACHINE, r"\+[0-9a-f]{12,}@|^(?=[a-f]*\d)[0-9a-f-]{16,}@|^(?=(?:[^@\d]*\d){6})[0-9a-z=_-]{24,}@"),
    (MACHINE, r"^\d{9,}[\w-]*@(?!qq\.|163\.|126\.)"),
)
_RULES = tuple(_Rule(kind, re.compile(pattern)) for kind, pattern in _SHAPES)
_MACHINES = """
alert alerts alarm apache automated autoresponder bot build builds ci digest fax monitor monitoring nobody reminder
reminders returns robot root scan scanner server smtp system tracking update updates voicemail www-data
"""
_ROLES = """
info infos information contact contacts hello hi hey mail email office reception frontdesk secretary secretariat
admin administrator administration webmaster hostmaster abuse security privacy dpo legal compliance support help
helpdesk service services servicedesk customer customers customerservice customercare care feedback sales commercial
marketing press media pr news event events billing invoice invoices account accounts accounting payment payments finance
order orders shop store job jobs career careers recruiting recruitment hr team staff all everyone members board
editor editorial booking bookings reservation reservations welcome enquiry enquiries inquiries partner partners noc ops
it dev tech newsroom community membership registration
kontakt hallo post buero büro empfang rezeption sekretariat verwaltung datenschutz kundenservice kundendienst hilfe
vertrieb verkauf presse rechnung rechnungen rechnungswesen buchhaltung bestellung bestellungen karriere bewerbung
personal alle mitglieder vorstand redaktion reservierung praxis kanzlei willkommen anfrage anfragen anmeldung konto
bonjour bureau accueil aide assistance service-client serviceclient vente ventes facturation comptabilite compta
commande commandes recrutement rh presse tous
informacion contacto hola oficina recepcion secretaria administracion ayuda soporte atencionalcliente clientes ventas
comercial prensa facturacion contabilidad pedidos redaccion reservas
contatto ciao ufficio posta segreteria amministrazione assistenza clienti vendite commerciale stampa fatture
fatturazione contabilita ordini redazione prenotazioni
contato ola suporte vendas
kantoor secretariaat klantenservice verkoop facturen boekhouding bestellingen
hej kundeservice kundservice hjelp faktura biuro
"""
_IS_MACHINE, _IS_ROLE = frozenset(_MACHINES.split()), frozenset(_ROLES.split())
_SUFFIX = re.compile(r"(?:[._+-](?:[a-z]{2}|team|eu|us|uk|desk|center|centre))?\d{0,3}\Z")  # sales-uk, info2
_VIA = re.compile(r"\s(?:via|über|através de|par l'intermédiaire de)\s")
# What a name has in it that stands for a firm or a group.
_NOT_HUMAN = re.compile(
    r"[|@/&:\d]|\b(?:from|at|the|von|team|support|service|info|office|sales|newsletter|news|no-?reply|customer"
    r"|gmbh|ltd|inc|llc|ag|sarl|bv|group|club|hotel|shop|online)\b"
)


def no_person(address: str, name: str) -> str:
    """Why this is probably no person: no_reply, machine, role, room or list; "" where it may be one.

    A role's address (info@, office@) under a human being's name may be one: a firm of one writes so. Such a name
    has two to four words, none that firms have in theirs, and is not that of the domain.
    """
    return _told(address.strip().lower(), name.strip())


@lru_cache(maxsize=16_384)
def _told(address: str, name: str) -> str:
    if _VIA.search(name):
        return LIST
    if kind := next((rule.kind for rule in _RULES if rule.pattern.search(address)), ""):
        return kind
    local, _, domain = address.rpartition("@")
    words = {local, _SUFFIX.sub("", local)}
    if words & _IS_MACHINE:
        return MACHINE
    return ROLE if words & _IS_ROLE and not _is_human(name, domain) else ""


def _is_human(name: str, domain: str) -> bool:
    words = re.findall(r"[^\W\d_]+", fold(name))
    joined, own = "".join(words), re.sub(r"[.-]", "", domain.rpartition(".")[0])
    return 2 <= len(words) <= 4 and joined not in own and own not in joined and not _NOT_HUMAN.search(name.lower())
