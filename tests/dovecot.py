"""A real Dovecot of the tests' own: mailboxes in a temporary folder, high ports, a certificate made for it."""

from __future__ import annotations

import email.utils
import grp
import hashlib
import imaplib
import os
import pwd
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests import system

PASSWORD = "swordfish-in-june"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_location = maildir:~/mail:LAYOUT=fs
mail_max_userip_connections = 50
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
first_valid_uid = 1
namespace inbox {{
  inbox = yes
  separator = /
{folders}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
"""
FOLDER = '  mailbox "{name}" {{\n    auto = create\n    special_use = {use}\n  }}'
MARKED = {"Gesendete Elemente": "\\Sent", "Archiv": "\\Archive", "Papierkorb": "\\Trash", "Spam": "\\Junk"}


class Dovecot:
    """The running server, and mailboxes in it."""

    def __init__(self, home: Path, imap: int, imaps: int) -> None:
        self.home, self.imap, self.imaps = home, imap, imaps
        self.certificate = home / "cert.pem"

    @property
    def settings(self) -> dict[str, Any]:
        """As of an account at this server, for `user` to be added."""
        return {"host": "localhost", "port": self.imaps, "security": "tls", "way": "password"}

    @contextmanager
    def signed_in(self, user: str) -> Iterator[imaplib.IMAP4_SSL]:
        """Another mail program at the same mailbox."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        with imaplib.IMAP4_SSL("localhost", self.imaps, ssl_context=context) as client:
            client.login(user, PASSWORD)
            yield client

    def put(self, user: str, folder: str, *letters: bytes, flags: str = "") -> None:
        with self.signed_in(user) as client:
            for one in letters:
                status, said = client.append(f'"{folder}"', flags, "", one)
                assert status == "OK", said

    def fill(self, user: str, letters: list[bytes]) -> None:
        """Thousands of letters into the inbox, past the server: a maildir is a folder of files."""
        with self.signed_in(user) as client:
            client.select("INBOX")
        new = self.home / "mail" / user / "mail" / "new"
        owner = new.stat()
        for n, one in enumerate(letters):
            file = new / f"{1_700_000_000 + n}.{n}.tests"
            file.write_bytes(one)
            os.chown(file, owner.st_uid, owner.st_gid)

    def flags(self, user: str, folder: str = "INBOX") -> list[bytes]:
        with self.signed_in(user) as client:
            client.select(f'"{folder}"', readonly=True)
            return [line for line in client.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes)]

    def forget_uids(self, user: str) -> None:
        """As after a move to another server: a new UIDVALIDITY, and UIDs from 1."""
        folder = self.home / "mail" / user / "mail"
        for file in [*folder.glob("dovecot-uidlist*"), *folder.glob("dovecot.index*"), *folder.glob("dovecot-uidv*")]:
            file.unlink()
        time.sleep(1.1)  # the new one is the time in seconds

    @property
    def log(self) -> str:
        return (self.home / "log").read_text()


def letter(sender: str, to: str, subject: str, at: datetime, body: str = "Words.") -> bytes:
    """One letter, with a Message-ID told by all it says."""
    mark = hashlib.blake2b(f"{sender} {to} {subject} {at}".encode(), digest_size=8).hexdigest()
    lines = (
        f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Date: {email.utils.format_datetime(at)}",
        f"Message-ID: <{mark}@mail.example.com>", "", body, "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


@contextmanager
def running(marked: dict[str, str] = MARKED) -> Iterator[Dovecot]:
    """Start it, with special folders of these names; everything is gone afterwards."""
    program = system.dovecot()
    assert program, "there is no Dovecot"
    with tempfile.TemporaryDirectory(prefix="keepwarm-imap-", ignore_cleanup_errors=True) as temporary:
        home = Path(temporary)
        server = Dovecot(home, *_free_ports(2))
        as_user, user = _someone(home)
        _make_certificate(home)
        folders = "\n".join(FOLDER.format(name=name, use=use) for name, use in marked.items())
        config = CONFIG.format(
            home=home, user=user.pw_name, group=grp.getgrgid(user.pw_gid).gr_name, uid=user.pw_uid, gid=user.pw_gid,
            password=PASSWORD, folders=folders, imap=server.imap, imaps=server.imaps,
        )  # fmt: skip
        (home / "dovecot.conf").write_text(config)
        _hand_over(home, user)
        command = [*as_user, program, "-F", "-c", str(home / "dovecot.conf")]
        process = subprocess.Popen(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _wait(server, process)
            yield server
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:  # it waits for connections that a killed client has left
        process.kill()
        process.wait(5)


def _someone(home: Path) -> tuple[list[str], pwd.struct_passwd]:
    """As whom it runs: as ourselves, but never as root."""
    if os.geteuid():
        return [], pwd.getpwuid(os.geteuid())
    user = pwd.getpwnam("nobody")
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"], user


def _hand_over(home: Path, user: pwd.struct_passwd) -> None:
    for name in ("run", "mail"):
        (home / name).mkdir()
    for path in [home, *home.iterdir()]:
        os.chown(path, user.pw_uid, user.pw_gid)


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _make_certificate(home: Path) -> None:
    """For localhost, by nobody."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (home / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (home / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip


def _wait(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            assert process.stderr is not None
            raise AssertionError(process.stderr.read().decode() + (server.home / "log").read_text())
        try:
            with socket.create_connection(("127.0.0.1", server.imap), timeout=5) as greeted:
                if greeted.recv(64).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("Dovecot did not start:\n" + server.log)
