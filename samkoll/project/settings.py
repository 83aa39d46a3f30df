"""All settings, read once from the environment, typed; a wrong value stops the start.

``docs/operators/settings.md`` lists every variable; a test keeps the list complete.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, cast

from environs import Env, validate

from samkoll.core import keys
from samkoll.ops import embedded, logs
from samkoll.stats.engine.choice import EngineName

ROOT = Path(__file__).resolve().parents[2]

env = Env()

# What this installation is for. Demo sign-in and the embedded database belong to the first three.
Purpose = Literal["demo", "development", "test", "production"]
PURPOSE: Purpose = cast(
    Purpose,
    env.str(
        "SAMKOLL_PURPOSE",
        "development",
        validate=validate.OneOf(["demo", "development", "test", "production"]),
    ),
)
PRODUCTION = PURPOSE == "production"
DEBUG = env.bool("SAMKOLL_DEBUG", False)

# Everything that Samkoll writes lies below this folder.
VAR = Path(env.str("SAMKOLL_VAR", str(ROOT / "var"))).absolute()
FACTS = VAR / "facts"
RESULTS = VAR / "results"
UPLOADS = VAR / "uploads"
FILES = VAR / "files"
KEY_FILE = Path(env.str("SAMKOLL_KEY_FILE", str(VAR / "keys" / "samkoll.key")))
# A restore needs the key of the backup and must not make another in its place.
if not PRODUCTION and env.bool("SAMKOLL_NEW_KEY", True):
    keys.create(KEY_FILE)

SECRET_KEY = env.str("SAMKOLL_SECRET_KEY", "") or keys.derive(KEY_FILE, "django").hex()
ALLOWED_HOSTS: list[str] = env.list("SAMKOLL_HOSTS", ["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("SAMKOLL_ORIGINS", [])
# Where people reach this installation, for links in mails; no slash at the end.
BASE_URL = env.str("SAMKOLL_URL", "http://127.0.0.1:8000").rstrip("/")

MUNICIPALITY_NAME = env.str("SAMKOLL_MUNICIPALITY", "Exempelkommunen")
# Four digits, for open figures about municipalities; empty: found by the name.
MUNICIPALITY_CODE = env.str("SAMKOLL_MUNICIPALITY_CODE", "")
# Asked only when somebody fetches figures; no slash at the end.
KOLADA_URL = env.str("SAMKOLL_KOLADA_URL", "https://api.kolada.se/v3").rstrip("/")
ACCESSIBILITY_CONTACT = env.str("SAMKOLL_ACCESSIBILITY_CONTACT", "")

# Demo sign-in by one click also asks the database whether it holds demo data only (accounts).
DEMO_SIGN_IN = PURPOSE in ("demo", "test") and env.bool("SAMKOLL_DEMO_SIGN_IN", True)

MAX_UPLOAD_MEGABYTES = env.int("SAMKOLL_MAX_UPLOAD_MB", 200)
MAX_FILE_MEGABYTES = env.int("SAMKOLL_FILE_MAX_MB", 20)
QUARANTINE_DAYS = env.int("SAMKOLL_QUARANTINE_DAYS", 14)

# Which engine sums the facts; the two others are for Spark (docs/operators/spark.md).
STATS_ENGINE: EngineName = cast(
    EngineName,
    env.str("SAMKOLL_STATS_ENGINE", "duckdb", validate=validate.OneOf(["duckdb", "spark"])),
)
SPARK_MASTER = env.str("SAMKOLL_SPARK_MASTER", "local[*]")
SPARK_FACTS = env.str("SAMKOLL_SPARK_FACTS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "samkoll.audit",
    "samkoll.accounts",
    "samkoll.web",
    "samkoll.files",
    "samkoll.desk",
    "samkoll.documents",
    "samkoll.org",
    "samkoll.opendata",
    "samkoll.stats",
    "samkoll.explore",
    "samkoll.actions",
    "samkoll.risks",
    "samkoll.imports",
    "samkoll.flows",
    "samkoll.reports",
    "samkoll.home",
    "samkoll.ops",
    "samkoll.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samkoll.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samkoll.accounts.middleware.SessionLimits",
    "samkoll.accounts.middleware.OwnLanguage",
    "samkoll.org.middleware.RolesOnce",
    "samkoll.home.counted.CountAnew",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "samkoll.web.middleware.Refusals",
]

ROOT_URLCONF = "samkoll.project.urls"
WSGI_APPLICATION = "samkoll.project.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samkoll.web.context.frame",
            ],
            "builtins": ["samkoll.web.templatetags.samkoll"],
        },
    }
]

# --- Database: a server of one's own, else the embedded one -------------------------------------

if env.str("DATABASE_URL", ""):
    _database: dict[str, object] = {**env.dj_db_url("DATABASE_URL")}
elif PURPOSE == "production":
    raise SystemExit("Sätt DATABASE_URL till en PostgreSQL-server (15 eller nyare) i drift.")
else:
    _database = embedded.dsn(VAR, PURPOSE)
DATABASES: dict[str, Any] = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "samkoll"},
        "TEST": {"NAME": env.str("SAMKOLL_TEST_DATABASE", "test_samkoll")},
    }
}
EMBEDDED_DATABASE = not env.str("DATABASE_URL", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_LOCK_TIMEOUT = "4s"
MIGRATION_STATEMENT_TIMEOUT = "5s"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

# --- Signing in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "samkoll.accounts.adapter.Adapter"
ACCOUNT_FORMS = {"login": "samkoll.accounts.forms.SignIn"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_IDLE_MINUTES = env.int("SAMKOLL_SESSION_IDLE_MINUTES", 60)
SESSION_HOURS = env.int("SAMKOLL_SESSION_HOURS", 10)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Headers and cookies ------------------------------------------------------------------------

HTTPS = env.bool("SAMKOLL_HTTPS", PRODUCTION)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samkoll.web.problems.form_too_old"

# --- Language, time, numbers --------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [ROOT / "samkoll" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["samkoll.project.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PURPOSE in ("test", "development")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = PURPOSE in ("test", "development")
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Mail: by a server if there is one, else into files (production: none) ----------------------

EMAIL_HOST = env.str("SAMKOLL_EMAIL_HOST", "")
EMAIL_PORT = env.int("SAMKOLL_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("SAMKOLL_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("SAMKOLL_EMAIL_PASSWORD", "")
_email_security = env.str(
    "SAMKOLL_EMAIL_SECURITY", "starttls", validate=validate.OneOf(["starttls", "tls", "none"])
)
EMAIL_USE_TLS, EMAIL_USE_SSL = _email_security == "starttls", _email_security == "tls"
EMAIL_TIMEOUT = 15  # seconds
EMAIL_FILE_PATH = VAR / "mail"
_email_kind = "smtp" if EMAIL_HOST else "dummy" if PRODUCTION else "filebased"
EMAIL_BACKEND = f"django.core.mail.backends.{_email_kind}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("SAMKOLL_EMAIL_FROM", "samkoll@localhost")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = logs.configuration(env.str("SAMKOLL_LOG_LEVEL", "WARNING"))
