"""Which addresses are probably no person's, and which only look so."""

from __future__ import annotations

import pytest

from keepwarm.core.addresses import no_person

PEOPLE = """
ada@example.com ada.byron@example.com a.notaro@example.com norah@example.com noel.reply@example.com abbot@example.com
botha@example.com ruth.root@example.com postma@example.nl roomer@example.com salazar@example.com sala.ada@example.com
hrvoje@example.com info.byron@example.com teamer@example.com ada+newsletter@example.com fabienne.decade@example.com
ada_1234567890@example.com 12345678901@qq.com deadbeef@example.com mary.bounds@example.com hosta.lista@example.org
"""
NOBODY = {
    "no_reply": """
        noreply@x.com do-not-reply@x.com donotreply@x.com no_reply@x.com shop.noreply@x.com noreply2@x.com
        nicht-antworten@x.de ne-pas-repondre@x.fr notifications@x.com unsubscribe+x@x.com non.rispondere@x.it
    """,
    "machine": """
        mailer-daemon@x.com postmaster@x.com bounce+abc=ada.com@x.com jenkins@x.com builds@x.com alerts@x.com bot@x.com
        dependabot[bot]@x.com reply+abc123def@x.com 0123456789abcdef0123@x.com prvs=1234=ada@x.com 491701234567@x.com
        ada=example.com@bounces.x.com a1b2c3d4e5f6g7h8i9j0k1l2@x.com
    """,
    "role": """
        info@x.com support@x.com sales-uk@x.com office@x.com buchhaltung@x.de rechnung@x.de contact@x.fr
        facturation@x.fr ventas@x.es ufficio@x.it suporte@x.com.br klantenservice@x.nl hej@x.se info2@x.com it@x.com
    """,
    "room": "c_188abc@resource.calendar.google.com raum-3@x.de room.12@x.com sala4@x.es meeting-room-2@x.com",
    "list": """
        painters@googlegroups.com dev@lists.x.org dev-request@x.org abc@group.calendar.google.com newsletter@x.com
        all-owner@x.com
    """,
}  # fmt: skip


@pytest.mark.parametrize("address", PEOPLE.split())
def test_people(address: str) -> None:
    assert no_person(address, "") == ""


@pytest.mark.parametrize(
    ("kind", "address"), [(kind, address) for kind, named in NOBODY.items() for address in named.split()]
)
def test_nobody(kind: str, address: str) -> None:
    assert no_person(address, "") == kind
    assert no_person(address.upper(), "") == kind


@pytest.mark.parametrize(
    ("address", "name", "kind"),
    [
        ("info@byron-books.example", "Ada Lovelace", ""),  # a firm of one
        ("info@byron-books.example", "Byron Books", "role"),
        ("info@byron-books.example", "Ada", "role"),
        ("hello@acme.example", "Jane from Acme", "role"),
        ("office@acme.example", "Acme Tools GmbH", "role"),
        ("noreply@acme.example", "Ada Lovelace", "no_reply"),
        ("sign@acme.example", "Ada Lovelace via Acme", "list"),
    ],
)
def test_a_human_name_makes_only_a_role_a_person(address: str, name: str, kind: str) -> None:
    assert no_person(address, name) == kind
