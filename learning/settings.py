"""All settings of Cascade.

Whatever differs between installations comes from environment variables, each with a default that
works on one machine (docs/running-in-production.md lists them). A wrong value stops the start with
one line that names the variable.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django.conf.locale

from learning.certificates.keys import parse_public_keys, parse_seed, seed_of
from learning.serving.environment import (
    parse_cache,
    parse_database,
    parse_email,
    parse_languages,
    parse_letters,
    parse_list,
    parse_people,
    parse_port,
    parse_scanner,
    parse_site_url,
    parse_storage,
    parse_switch,
    release_mark,
    secret_of_this_demo,
    setting,
    stop,
)
from learning.serving.logs import logging_from
from learning.serving.policy import SITE_CSP

BASE_DIR = Path(__file__).resolve().parent.parent


# --- the installation ----------------------------------------------------------------------------

DEBUG = setting("DEBUG", "0", parse_switch, "0 or 1")
# Demo people may sign in without a second factor and secrets are made up: never on the open net.
DEMO = setting("DEMO", "0", parse_switch, "0 or 1")
PORT = setting("PORT", "8000", parse_port, "a port number from 1 to 65535")
SITE_URL = setting(
    "SITE_URL",
    f"http://localhost:{PORT}",
    parse_site_url,
    "http://host or https://host, without a path",
)
# How many invented people take a course by themselves; 0 makes the three accounts and nothing else.
DEMO_PEOPLE = setting("DEMO_PEOPLE", "200", parse_people, "a number from 0 to 5000")
HTTPS = SITE_URL.startswith("https://")
if DEMO and HTTPS:
    stop("DEMO", "1 cannot be combined with an https SITE_URL; demo accounts have known passwords")

VAR = setting("VAR", str(BASE_DIR / "var"), lambda raw: Path(raw).resolve(), "a folder")
try:
    VAR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    stop("VAR", f"cannot make the folder {VAR}: {error.strerror}")

SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = setting(
    "ALLOWED_HOSTS",
    ",".join(dict.fromkeys([SITE_HOST, "localhost", "127.0.0.1"])),
    parse_list,
    "host names, separated by commas",
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "learning.serving.errors.csrf_failure"


SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEMO:
        stop("SECRET_KEY", "is not set. Set a long random text, or DEMO=1 to try Cascade out")
    SECRET_KEY = secret_of_this_demo(VAR, "SECRET_KEY")
elif len(SECRET_KEY) < 50:  # noqa: PLR2004 (the length `check --deploy` asks for)
    stop("SECRET_KEY", "expected at least 50 characters")

# Signs certificates. The site runs without it; only issuing then says what is missing.
SIGNING_KEY = setting("SIGNING_KEY", "", parse_seed, "32 random bytes in base 64")
if SIGNING_KEY is None and DEMO:
    SIGNING_KEY = seed_of(secret_of_this_demo(VAR, "SIGNING_KEY"))
# What was signed before the key was changed is still checked with these.
FORMER_PUBLIC_KEYS = setting(
    "FORMER_PUBLIC_KEYS", "", parse_public_keys, "public keys in base 64, separated by commas"
)

# --- applications --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "learning.people",
    "modules",
    "learning",
    "wagtail_localize",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "learning.serving.caching.AnonymousPageMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "learning.serving.policy.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "learning.people.authorising.CurrentRolesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "learning.people.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "learning.urls"
WSGI_APPLICATION = "learning.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learning.serving.context.site",
            ],
        },
    }
]

# --- database, cache, files, mail, tasks ---------------------------------------------------------

DATABASES = {
    "default": setting(
        "DATABASE_URL",
        f"sqlite:///{VAR / 'cascade.sqlite3'}",
        parse_database,
        "sqlite:///path or postgres://user:password@host:port/name",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# Shared by all processes: rate limits of sign-in count in it.
CACHES = {
    "default": setting("CACHE_URL", "db:", parse_cache, "db:, redis://host:port/0 or locmem:")
}


MEDIA_ROOT = setting("STORAGE_URL", f"file:{VAR / 'media'}", parse_storage, "file:/a/folder")
MEDIA_URL = "/media/"
# What people hand in. No address leads here: a view asks first who may open a file.
PRIVATE_ROOT = setting(
    "PRIVATE_STORAGE_URL", f"file:{VAR / 'private'}", parse_storage, "file:/a/folder"
)
if PRIVATE_ROOT.is_relative_to(MEDIA_ROOT):
    stop("PRIVATE_STORAGE_URL", "must not lie inside the folder of STORAGE_URL")
VIRUS_SCANNER = setting(
    "VIRUS_SCANNER", "", parse_scanner, "a command, clamd:/path/of/a/socket or clamd://host:port"
)
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
RELEASE = release_mark(BASE_DIR, STATIC_ROOT)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


EMAIL_URL = os.environ.get("EMAIL_URL", "").strip()
MAILERS = {
    "default": setting(
        "EMAIL_URL",
        f"file:{VAR / 'mail'}",
        parse_email,
        "console:, file:/folder or smtp+tls://user:password@host:587?from=address",
    )
}
DEFAULT_FROM_EMAIL = parse_qs(urlsplit(EMAIL_URL).query).get("from", [f"cascade@{SITE_HOST}"])[0]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Letters that one press of a button, or one command, may send; the others wait for the next.
LETTERS_AT_ONCE = setting(
    "LETTERS_AT_ONCE", "1000", parse_letters, "a number of letters from 1 to 5000"
)
LETTERS_ASK_ABOVE = 100  # letters from which their number has to be typed

TASKS = {
    "default": {
        "BACKEND": setting(
            "TASKS_URL",
            "db:",
            {
                "db:": "django_tasks_db.DatabaseBackend",
                "immediate:": "django.tasks.backends.immediate.ImmediateBackend",
            }.__getitem__,
            "db: or immediate:",
        )
    }
}

# --- languages -----------------------------------------------------------------------------------

# Django knows no Lao: without this entry and our locale/lo every /lo/ address would be a 404.
django.conf.locale.LANG_INFO.setdefault(
    "lo", {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"}
)


LANGUAGES = setting(
    "LANGUAGES", "en,ur,km,lo", parse_languages, "en and any of ur, km, lo, separated by commas"
)
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
# Pages show times of day in the first users' zone; the database holds UTC.
TIME_ZONE = "Asia/Karachi"
WAGTAIL_USER_TIME_ZONES = ["Asia/Karachi", "Asia/Phnom_Penh", "Asia/Vientiane", "UTC"]

# --- security ------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "learning.serving.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600  # seconds; "stay signed in on this phone for 30 days"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# The proxy in front says whether the visitor came by https (docs/running-in-production.md).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"

SECURE_CSP = SITE_CSP
AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- accounts (django-allauth) -------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "learning.people.authorising.RoleBackend",
    "learning.people.adapter.AccountBackend",
]
LOGIN_URL = "account_login"
# A session outlives the browser only when the sign-in form was told so.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCESS_CODE_DAYS = 30  # days a code on paper opens an account or sets a new password

# How many proxies of ours stand in front. Addresses are counted for the limits below; without
# this every visitor behind a proxy would seem to be one.
ALLAUTH_TRUSTED_PROXY_COUNT = setting(
    "PROXIES",
    "1" if HTTPS else "0",
    {str(count): count for count in range(10)}.__getitem__,
    "the number of proxies in front, 0 to 9",
)

ACCOUNT_ADAPTER = "learning.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_USERNAME_VALIDATORS = "learning.people.usernames.VALIDATORS"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
# Neither signing in, nor asking for a new password, nor signing up tells whose e-mail address is
# known. Only a username that is taken has to be called so.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before e-mail addresses change: they reset passwords
ACCOUNT_SESSION_REMEMBER = None  # the sign-in form asks
ACCOUNT_FORMS = {
    "login": "learning.people.forms.SignInForm",
    "signup": "learning.people.forms.SignUpForm",
    "reauthenticate": "learning.people.forms.ConfirmPasswordForm",
    "add_email": "learning.people.forms.AddEmailForm",
    "change_password": "learning.people.forms.ChangePasswordForm",
    "set_password": "learning.people.forms.SetPasswordForm",
    "reset_password": "learning.people.forms.AskForResetForm",
    "reset_password_from_key": "learning.people.forms.NewPasswordForm",
}
# amount/time/what is counted. A class of 40 signs in within minutes from one address: what counts
# per "ip" is generous, what counts per account ("key", "user") is not.
ACCOUNT_RATE_LIMITS = {
    "login": "240/m/ip",
    "login_failed": "120/m/ip,5/5m/key",  # wrong passwords and wrong codes of one account
    "signup": "240/h/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/3m/key",  # messages to one address
    "reset_password": "60/m/ip,5/h/key",  # messages to one address
    "reset_password_from_key": "60/m/ip",
    "redeem_code": "120/10m/ip,5/5m/key",  # codes on paper, per username or per code
    "verify_certificate": "120/10m/ip,20/10m/key",  # looking up certificates, per number
}
USERSESSIONS_TRACK_ACTIVITY = False

MFA_ADAPTER = "learning.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts live by their username; e-mail is optional
MFA_TOTP_ISSUER = "Cascade"
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds before and after: typing and clocks take time
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# Passkeys are tied to a host name; over plain http browsers allow them on localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "learning.people.forms.SecondFactorForm",
    "reauthenticate": "learning.people.forms.ConfirmCodeForm",
    "activate_totp": "learning.people.forms.SetUpAppForm",
    "add_webauthn": "learning.people.forms.AddPasskeyForm",
    "edit_webauthn": "learning.people.forms.RenamePasskeyForm",
}

# --- Wagtail -------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Cascade"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# No calls to other hosts from the admin.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_AUTOSAVE_INTERVAL = 5000  # milliseconds; fewer small writes on SQLite than the default
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation begins as a draft
WAGTAIL_FINISH_WORKFLOW_ACTION = "modules.editing.publishing.publish_approved"
QUESTION_FILE_LARGEST = 10 * 1024 * 1024  # bytes of a file with questions
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": True}
}
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []

# --- logging -------------------------------------------------------------------------------------

LOGGING = logging_from("INFO" if DEBUG else "WARNING")
