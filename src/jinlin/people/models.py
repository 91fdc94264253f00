"""Persons and their accounts, households and who lives in them, proof of belonging, and mandates between persons."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from jinlin.platform.crypto import EncryptedTextField


class Person(models.Model):
    """Somebody the place knows; the only home of names and ways to reach them, all encrypted.

    The phone's blind index finds a person by number; only a number that its owner has proved is unique.
    """

    name = EncryptedTextField(_("name"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    phone_index = models.CharField(max_length=43, blank=True, db_index=True)
    phone_proved_at = models.DateTimeField(null=True)
    email = EncryptedTextField(_("e-mail"), blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=models.Q(phone_proved_at__isnull=False),
                name="one_owner_per_proved_phone",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class AccountManager(BaseUserManager):
    """Finds accounts by user name, as the sign-in backends expect."""


class Account(AbstractBaseUser):
    """The means to sign in; rights come from the person's posts, never from the account.

    `has_first_password` says that somebody else chose its password, which therefore has to be changed.
    """

    username = models.CharField(_("user name"), max_length=64, unique=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account", verbose_name=_("person"))
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField()
    has_first_password = models.BooleanField(default=False)
    session_generation = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    OWNERS_PREFIX = "r-"
    """How user names begin that nobody chose: the owner opened the account by telephone."""
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username

    @property
    def is_owners(self) -> bool:
        """Whether its owner opened it by telephone, so that nobody else gives it a password."""
        return self.username.startswith(self.OWNERS_PREFIX)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie sessions to password and generation: raising the generation signs the account out everywhere."""
        value = f"{self.password}\0{self.session_generation}"
        return salted_hmac("jinlin.people.Account.session", value, secret=secret, algorithm="sha256").hexdigest()


class ApiToken(models.Model):
    """A key with which a program acts for an account; only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class CalendarLink(models.Model):
    """The secret address at which an account's deadlines are read as a calendar; only its hash is kept."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="calendar_link")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.account_id}"


class DigestChoice(models.Model):
    """That a person wants a daily digest, by which way, and when the last one was put together, empty or not."""

    class By(models.TextChoices):
        NOTICE = "notice", _("as a notice here")
        EMAIL = "email", _("by e-mail")
        SMS = "sms", _("by text message")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="digest_choice")
    by = models.CharField(max_length=8, choices=By)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"digest {self.by} of {self.person_id}"


class Household(models.Model):
    """Those who live together in a home for a time (户); the day `valid_to` is the first day of those who follow."""

    home_code = models.CharField(max_length=22, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    remark = models.CharField(_("what the household says of its record"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home_code"], condition=models.Q(valid_to__isnull=True), name="one_household_per_home"
            ),
        ]

    def __str__(self) -> str:
        return f"household at {self.home_code}"


class Residence(models.Model):
    """A person's belonging to a household, and how it was proved; on the day `valid_to` they belong to it no more."""

    class Role(models.TextChoices):
        RESIDENT = "resident", _("resident")
        OWNER = "owner", _("owner")
        TENANT = "tenant", _("tenant")
        LANDLORD = "landlord", _("owner who lives elsewhere")

    class Proof(models.TextChoices):
        CARD = "card", _("code on the household's card")
        DESK = "desk", _("checked at the community desk")
        REGISTER = "register", _("imported register")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residences")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="residences")
    role = models.CharField(_("role"), max_length=8, choices=Role)
    proof = models.CharField(max_length=8, choices=Proof)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "household"], condition=models.Q(valid_to__isnull=True), name="lives_there_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.household}"


class HouseholdContact(models.Model):
    """How a household wants to be reached, by its consent and until a day; nobody has to be named.

    Name and telephone are emptied when it ends.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="contacts")
    name = EncryptedTextField(_("name"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    consented_at = models.DateTimeField()
    entered_by_id = models.BigIntegerField()
    expires_on = models.DateField(_("until"))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(ended_at__isnull=True), name="one_contact_per_household"
            ),
        ]

    def __str__(self) -> str:
        return f"contact of {self.household}"


LIVING = [choice for choice in Residence.Role.choices if choice[0] != Residence.Role.LANDLORD]
"""As what somebody belongs to a household in which they live."""


class HouseholdCard(models.Model):
    """The code on a card from the community desk, with which one account joins the household; kept as a hash."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="cards")
    digest = models.CharField(max_length=43, unique=True)
    issued_by_id = models.BigIntegerField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    uses_left = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"card for {self.household}"


class ResidenceClaim(models.Model):
    """A person says where they live and waits for an officer of the desk to check it."""

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for the desk")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residence_claims")
    home_code = models.CharField(max_length=22, db_index=True)
    role = models.CharField(max_length=8, choices=LIVING)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "home_code"], condition=models.Q(state="asked"), name="one_open_claim_per_home"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} claims {self.home_code}"


class Mandate(models.Model):
    """One person lets another act for them (a parent a child, say) until a day or until it is taken back."""

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for consent")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    principal = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates_given")
    agent = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates_held")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mandate_between_two", condition=~models.Q(principal=models.F("agent"))),
            models.UniqueConstraint(
                fields=["principal", "agent"],
                condition=models.Q(state__in=["asked", "granted"]),
                name="one_open_mandate_per_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} for {self.principal}"


class Support(models.Model):
    """A household's word that a matter is theirs too; a person whose household is not confirmed stands for themself.

    `subject` names the matter ("request:12"), `by` whose word it is ("household:3", "person:9"); `person` gave it and hears
    how the matter goes on.
    """

    subject = models.CharField(max_length=40)
    by = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="supports")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "by"], name="one_support_per_household")]

    def __str__(self) -> str:
        return f"{self.by} for {self.subject}"
