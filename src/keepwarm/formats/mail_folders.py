"""What a folder or a label of mail is for, by its name in the programs and languages that there are."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SENT, DRAFT, SPAM, TRASH, CHAT = "sent", "draft", "spam", "trash", "chat"
NO_CONTACT = frozenset((DRAFT, SPAM, TRASH, CHAT))
# English (Gmail, Outlook, Thunderbird, Apple), then German, French, Spanish, Italian, Portuguese, Dutch, the Nordic
# languages, Polish, Czech, Hungarian, Romanian, Greek, Russian, Ukrainian, Turkish, Japanese, Korean, Chinese.
_NAMES = {
    SENT: """
        sent|sent mail|sent items|sent messages|sent-mail|sent mails|gesendet|gesendete|gesendete elemente
        gesendete objekte|gesendete nachrichten|envoyés|messages envoyés|éléments envoyés|courrier envoyé|envoyes
        enviados|elementos enviados|mensajes enviados|correo enviado|posta inviata|inviati|inviata|messaggi inviati
        e-mails enviados|emails enviados|itens enviados|enviadas|mensagens enviadas|enviado|verzonden
        verzonden berichten|verzonden items|skickat|skickade|skickade objekt|sendt|sendte|sendt e-post
        sendte elementer|sendte mails|sendt post|lähetetyt|lähetetyt viestit|wysłane|elementy wysłane
        odeslaná pošta|odeslané|odeslané zprávy|elküldött|elküldött levelek|elküldött üzenetek|trimise|mesaje trimise
        απεσταλμένα|отправленные|отправлено|надіслані|відправлені|gönderilmiş postalar|gönderilenler
        gönderilmiş öğeler|送信済み|送信済みメール|보낸편지함|보낸 편지함|已发送|已发邮件|已发送邮件|寄件備份|寄件匣
    """,
    DRAFT: """
        draft|drafts|entwurf|entwürfe|brouillon|brouillons|borrador|borradores|bozza|bozze|rascunho|rascunhos
        concepten|utkast|kladde|kladder|luonnos|luonnokset|wersje robocze|koncepty|rozepsané
        piszkozat|piszkozatok|schițe|ciorne|mesaje nefinalizate|πρόχειρα|черновики|чернетки|taslak|taslaklar
        下書き|임시보관함|임시 보관함|草稿|草稿箱|outbox
    """,
    SPAM: """
        spam|junk|junk e-mail|junk email|junk mail|bulk mail|spamverdacht|junk-e-mail|unerwünscht|indésirables
        courrier indésirable|pourriel|correo no deseado|no deseado|posta indesiderata|indesiderata|lixo eletrônico
        lixo eletrónico|ongewenst|ongewenste e-mail|ongewenste berichten|skräppost|søppelpost|uønsket post
        uønsket e-mail|roskaposti|wiadomości-śmieci|nevyžádaná pošta|levélszemét|ανεπιθύμητα|спам
        istenmeyen|önemsiz|gereksiz|迷惑メール|스팸|스팸함|垃圾邮件|垃圾郵件
    """,
    TRASH: """
        trash|bin|deleted|deleted items|deleted messages|papierkorb|gelöscht|gelöschte elemente|gelöschte objekte
        corbeille|éléments supprimés|messages supprimés|papelera|elementos eliminados|eliminados|cestino
        posta eliminata|eliminati|lixeira|lixo|itens excluídos|itens eliminados|prullenbak|prullenmand
        verwijderde items|verwijderd|papperskorg|papperskorgen|borttaget|papirkurv|papirkorg|papirkurven
        slettede elementer|slettet post|roskakori|poistetut|kosz|elementy usunięte|koš|odstraněná pošta|kuka|lomtár
        törölt elemek|coș de gunoi|κάδος απορριμμάτων|корзина|удаленные|кошик|çöp|çöp kutusu|ごみ箱|ゴミ箱|휴지통
        已删除|已删除邮件|垃圾桶|垃圾箱
    """,
    CHAT: "chat|chats|chatten|tchat|hangouts|google chat",
}


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip().casefold())


_KINDS = {
    _plain(name): kind
    for kind, names in _NAMES.items()
    for line in names.strip().splitlines()
    for name in line.split("|")
}  # fmt: skip


@lru_cache(maxsize=1024)
def kind(name: str) -> str:
    """SENT, DRAFT, SPAM, TRASH, CHAT or "": of the last part of a path such as "[Gmail]/Gesendet" or ".INBOX.Sent"."""
    whole = _plain(name)
    return _KINDS.get(whole) or _KINDS.get(whole.replace(".", "/").rpartition("/")[2].strip(), "")
