"""The ports that ship with the platform; a place names its own in the settings (a city's SMS gateway, say)."""

from django.core.mail import send_mail


def kept_in_outbox(*, address: str, subject: str, body: str) -> None:
    """Hand the message to nobody: it stays readable in the outbox page of a demo or a trial."""


def by_email(*, address: str, subject: str, body: str) -> None:
    """Send through Django's e-mail settings.

    Raises:
        SMTPException, OSError: when the mail server refuses or cannot be reached.
    """
    send_mail(subject, body, None, [address])
