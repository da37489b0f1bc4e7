"""Django's settings, built from the options; refuses to start on nonsense."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import tzlocal

from keepwarm import options

HERE = Path(__file__).parent
OPTIONS = options.read()

os.umask(0o077)  # whatever we write is its owner's alone
DATA: Path = OPTIONS["KEEPWARM_DATA"]
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def _close_to_others() -> None:
    """Close what was there before: a folder made by hand, or files of an earlier Keepwarm."""
    names = ("secret.key", "accounts.key", "keepwarm.sqlite3", "keepwarm.sqlite3-wal", "keepwarm.sqlite3-shm")
    ours = [path for name in names if (path := DATA / name).exists()]
    if ours or not any(DATA.iterdir()):  # one that holds other things was perhaps not meant
        ours.append(DATA)
    for path in ours:
        if path.stat().st_uid == os.geteuid() and path.stat().st_mode & 0o077:
            path.chmod(path.stat().st_mode & ~0o077)


if hasattr(os, "geteuid"):  # Windows has rights of another kind
    _close_to_others()


def _secret_key() -> str:
    """The key that signs cookies: the option, else one made once with mode 600 in the data folder."""
    if OPTIONS["KEEPWARM_SECRET_KEY"]:
        return str(OPTIONS["KEEPWARM_SECRET_KEY"])
    path = DATA / "secret.key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass  # made by an earlier start, or by another process this very moment
    return path.read_text()


def _database() -> dict[str, Any]:
    """SQLite tuned for one writer and many readers, or PostgreSQL by its address."""
    if url := OPTIONS["KEEPWARM_DATABASE_URL"]:
        return dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "keepwarm.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 30,
            # A transaction that will write takes the lock at its start: none is refused half-way.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            # A longer log before pages move to the file: an import touches the same index pages many times.
            "PRAGMA cache_size=-24000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=8000",
        },
    }


def _static_digest() -> str:
    """Names the static files by their content, so that browsers may keep them for ever."""
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted((HERE / "static").rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


SECRET_KEY = _secret_key()
ACCOUNTS_KEY: str = OPTIONS["KEEPWARM_ACCOUNTS_KEY"]
PRIVATE_NETWORKS: bool = OPTIONS["KEEPWARM_PRIVATE_NETWORKS"]
MAIL_SERVER: dict[str, Any] | None = OPTIONS["KEEPWARM_MAIL_SERVER"]
MAIL_FROM: str = OPTIONS["KEEPWARM_MAIL_FROM"] or (MAIL_SERVER or {}).get("user", "")
REWORDING_SECONDS: int = OPTIONS["KEEPWARM_REWORDING_SECONDS"]
DEBUG: bool = OPTIONS["KEEPWARM_DEBUG"]
PUBLIC_URL: str = OPTIONS["KEEPWARM_URL"]
UPLOAD_LIMIT: int = OPTIONS["KEEPWARM_UPLOAD_LIMIT"]
HTTPS = PUBLIC_URL.startswith("https://")

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *OPTIONS["KEEPWARM_HOSTS"]]
if PUBLIC_URL:
    ALLOWED_HOSTS.append(urlsplit(PUBLIC_URL).hostname or "")
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "keepwarm",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "keepwarm.web.safety.SafetyHeaders",
    "keepwarm.web.safety.NoNul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "keepwarm.web.access.SpaceMiddleware",
]

ROOT_URLCONF = "keepwarm.urls"
WSGI_APPLICATION = "keepwarm.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "keepwarm.web.access.preferences",
                "keepwarm.web.navigation.sections",
                "keepwarm.web.running.not_running",
                "keepwarm.web.rewording.offered",
            ],
            "builtins": ["django.templatetags.static", "keepwarm.web.tags"],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "accounts", "nudges"]}}

AUTH_USER_MODEL = "keepwarm.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "UserAttributeSimilarityValidator")
]
ACCOUNT_ADAPTER = "keepwarm.web.account.AccountAdapter"
ACCOUNT_FORMS = {"login": "keepwarm.web.sign_in.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # until a mail server is set
ACCOUNT_SESSION_REMEMBER = None
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-keepwarm" if HTTPS else "keepwarm"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30
CSRF_FAILURE_VIEW = "keepwarm.web.errors.csrf_refused"

# Uploads are streamed to disk; nothing of a file is held in memory.
FILE_UPLOAD_HANDLERS = ["keepwarm.imports.upload.StreamToDisk"]
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = tzlocal.get_localzone_name() or "UTC"

STATIC_URL = f"/static/{_static_digest()}/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"one_line": {"()": "keepwarm.web.safety.OneLine"}, "no_link": {"()": "keepwarm.web.safety.NoLink"}},
    "handlers": {
        "nobody": {"class": "logging.NullHandler"},
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_link"]},
    },
    "loggers": {
        "django.security.DisallowedHost": {"filters": ["one_line"]},
        "apprise": {"handlers": ["nobody"], "propagate": False},  # it says parts of addresses, which are secrets
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
