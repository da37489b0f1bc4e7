"""Where a mailbox is, told from its address: the documented hosts of providers, and how one signs in there."""

from __future__ import annotations

from typing import NamedTuple

TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"
PASSWORD, GOOGLE, MICROSOFT = "password", "google", "microsoft"  # ways of signing in
PORTS = {TLS: 993, STARTTLS: 143, PLAIN: 143}


class Server(NamedTuple):
    """How to reach a mailbox, and what its owner has to know to let Keepwarm in."""

    host: str
    advice: str = ""
    help: str = ""  # a page of the provider
    port: int = 993
    security: str = TLS
    way: str = PASSWORD
    name: str = ""  # of the provider; "" is a guess


BY_APP = "{} wants a password made for this alone, an app password. Your usual one will not work."
BY_SWITCH = "First allow IMAP in the settings of {}, then your usual password works."

GMAIL = Server("imap.gmail.com", BY_APP.format("Google"), "https://myaccount.google.com/apppasswords", name="Gmail")
OUTLOOK = Server(
    "outlook.office365.com", "Microsoft takes no passwords here: you sign in at Microsoft.", way=MICROSOFT,
    name="Outlook",
)  # fmt: skip
ICLOUD = Server("imap.mail.me.com", BY_APP.format("Apple"), "https://account.apple.com/", name="iCloud")
FASTMAIL = Server(
    "imap.fastmail.com", BY_APP.format("Fastmail"), "https://app.fastmail.com/settings/security",
    name="Fastmail",
)  # fmt: skip
YAHOO = Server("imap.mail.yahoo.com", BY_APP.format("Yahoo"), "https://login.yahoo.com/account/security", name="Yahoo")
AOL = Server("imap.aol.com", BY_APP.format("AOL"), "https://login.aol.com/account/security", name="AOL")
GMX = Server("imap.gmx.net", BY_SWITCH.format("GMX"), name="GMX")
GMX_COM = GMX._replace(host="imap.gmx.com")
WEB_DE = Server("imap.web.de", BY_SWITCH.format("WEB.DE"), name="WEB.DE")
POSTEO = Server("posteo.de", name="Posteo")
MAILBOX_ORG = Server("imap.mailbox.org", name="mailbox.org")
T_ONLINE = Server(
    "secureimap.t-online.de", "Telekom wants the password for e-mail programs, which you set in its customer centre.",
    name="T-Online",
)  # fmt: skip
PROTON = Server(
    "127.0.0.1", "Proton is reached through Proton Mail Bridge on this machine, with the password that it shows.",
    port=1143, security=STARTTLS, name="Proton Mail",
)  # fmt: skip
ZOHO = Server("imap.zoho.com", BY_SWITCH.format("Zoho"), name="Zoho")
ZOHO_EU = ZOHO._replace(host="imap.zoho.eu")

PROVIDERS: dict[Server, tuple[str, ...]] = {
    GMAIL: ("gmail.com", "googlemail.com"),
    OUTLOOK: ("outlook", "hotmail", "live", "msn.com"),
    ICLOUD: ("icloud.com", "me.com", "mac.com"),
    FASTMAIL: ("fastmail", "fastmail.fm", "sent.com", "mailforce.net", "eml.cc", "messagingengine.com"),
    YAHOO: ("yahoo", "ymail.com", "rocketmail.com", "myyahoo.com"),
    AOL: ("aol",),
    GMX: ("gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.eu"),
    GMX_COM: ("gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es"),
    WEB_DE: ("web.de",),
    POSTEO: ("posteo",),
    MAILBOX_ORG: ("mailbox.org",),
    T_ONLINE: ("t-online.de", "magenta.de"),
    PROTON: ("proton.me", "protonmail.com", "protonmail.ch", "pm.me"),
    ZOHO: ("zoho.com", "zohomail.com"),
    ZOHO_EU: ("zoho.eu", "zohomail.eu"),
}
BY_DOMAIN = {domain: server for server, domains in PROVIDERS.items() for domain in domains}


def guess(address: str) -> Server:
    """The server of an address. Of a domain that is not known, the host that most give theirs: imap.domain."""
    domain = address.rpartition("@")[2].strip().lower()
    return BY_DOMAIN.get(domain) or BY_DOMAIN.get(_brand(domain)) or Server(f"imap.{domain}")


def _brand(domain: str) -> str:
    """ "yahoo" of yahoo.co.uk, for providers who have a domain in every country."""
    first, _, rest = domain.partition(".")
    return first if len(rest) <= 6 else ""
