"""Django's settings, read from the environment; docs/operators/settings.md names every variable."""

import os
from pathlib import Path

import django

from jinlin.settings.database import database_from_url
from jinlin.settings.keys import installation_keys
from jinlin.settings.logs import logging_settings

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("JINLIN_HOME", PACKAGE.parent.parent / "data")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
PROFILE = os.environ.get("JINLIN_PROFILE", "hongshan")


def _on(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str) -> list[str]:
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


DEBUG = _on("JINLIN_DEBUG")
JINLIN_DEMO = _on("JINLIN_DEMO")
"""A demo shows the outbox and the gallery to everybody; a real place never sets it."""
JINLIN_GALLERY = _on("JINLIN_GALLERY", default=JINLIN_DEMO)
JINLIN_PLACE_NAME = os.environ.get("JINLIN_PLACE_NAME", "近邻")
JINLIN_PHONE = os.environ.get("JINLIN_PHONE", "12345")
JINLIN_OPENING_HOURS = os.environ.get("JINLIN_OPENING_HOURS", "每天24小时")
JINLIN_HOME = HOME
JINLIN_PROFILE = PROFILE
JINLIN_KEYS = installation_keys(HOME)
JINLIN_FILES = HOME / "files"
JINLIN_CALENDARS = PACKAGE / "region" / "calendars.toml"

SECRET_KEY = JINLIN_KEYS["secret_key"]
ALLOWED_HOSTS = _words("JINLIN_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = _words("JINLIN_ORIGINS", "")
JINLIN_BASE_URL = os.environ.get("JINLIN_BASE_URL", "http://127.0.0.1:8000")

# The database decides how districts are kept apart: on PostgreSQL each has a schema, on SQLite the file is the district.
DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / f'{PROFILE}.sqlite3'}")}
SCHEMAS = DATABASES["default"]["ENGINE"] == "jinlin.region.postgresql"
REGION_APPS = ["jinlin.region", "django.contrib.contenttypes"]
DISTRICT_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_tasks_db",
    "allauth.account",
    "allauth.mfa",
    "jinlin.platform",
    "jinlin.playbooks",
    "jinlin.territory",
    "jinlin.people",
    "jinlin.organisations",
    "jinlin.disclosure",
    "jinlin.requests",
    "jinlin.clusters",
    "jinlin.volunteering",
    "jinlin.wishes",
    "jinlin.lists",
    "jinlin.deliberation",
    "jinlin.opinions",
    "jinlin.voting",
    "jinlin.meetings",
    "jinlin.conventions",
    "jinlin.outreach",
    "jinlin.procedures",
    "jinlin.assessment",
    "jinlin.webhooks",
]
PLAIN_APPS = [
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "allauth",
    "jinlin.web",
    "jinlin.api",
    "jinlin.open311",
    "jinlin.demo",
]
if SCHEMAS:
    DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
    TENANT_MODEL, TENANT_DOMAIN_MODEL = "region.District", "region.Domain"
    SHARED_APPS, TENANT_APPS = ["django_tenants", *REGION_APPS], DISTRICT_APPS
    TENANT_LIMIT_SET_CALLS = True  # safe only without a transaction-pooling proxy between us and PostgreSQL
INSTALLED_APPS = [
    *(["django_tenants"] if SCHEMAS else []),
    *dict.fromkeys([*REGION_APPS, *DISTRICT_APPS, *PLAIN_APPS]),
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["account.W001"]

CORE_CSP = django.VERSION >= (6, 0)
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware" if CORE_CSP else "csp.middleware.CSPMiddleware",
    "jinlin.region.middleware.DistrictMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jinlin.people.middleware.StaffSignInMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jinlin.web.middleware.RequestLogMiddleware",
    "jinlin.web.middleware.ErrorPageMiddleware",
]
ROOT_URLCONF = "jinlin.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jinlin.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "worker-src": ["'self'", "blob:"],
    "connect-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
if CORE_CSP:
    SECURE_CSP = POLICY
else:
    CONTENT_SECURITY_POLICY = {"DIRECTIVES": POLICY}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "jinlin.web.views.form_expired"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _on("JINLIN_BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _on("JINLIN_HTTPS")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/arrive"
SESSION_SERIALIZER = "jinlin.people.sessions.SealedSerializer"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "jinlin.people.signin.SignInAdapter"
ACCOUNT_FORMS = {
    "login": "jinlin.people.forms.PasswordSignInForm",
    "set_password": "jinlin.people.forms.NewPasswordForm",
    "change_password": "jinlin.people.forms.OtherPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"phone", "username"}
# A first sign-in by code opens the account, so that there is no sign-up of its own; staff may have no telephone.
ACCOUNT_SIGNUP_FIELDS = ["phone"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_ENABLED = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "jinlin.people.signin.SecondFactorAdapter"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = JINLIN_DEMO
JINLIN_STAFF_SECOND_FACTOR = not JINLIN_DEMO
"""Staff set up a second factor before their pages open; a demo offers it without insisting."""

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False, "QUEUES": ["default", "slow"]}
}
EMAIL_BACKEND = os.environ.get("JINLIN_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
JINLIN_MESSAGE_PORTS = {
    "email": os.environ.get("JINLIN_EMAIL_PORT", "jinlin.platform.messages.ports.kept_in_outbox"),
    "sms": os.environ.get("JINLIN_SMS_PORT", "jinlin.platform.messages.ports.kept_in_outbox"),
}

JINLIN_WEBHOOK_NETWORKS = _words("JINLIN_WEBHOOK_NETWORKS", "")
"""Private networks in which webhooks may call, such as 10.20.0.0/16; otherwise they call public addresses only."""

LOGGING_CONFIG = None
LOGGING = logging_settings(json_lines=_on("JINLIN_LOG_JSON", default=not DEBUG))
