"""The answer of a rule: yes, or no with a reason that a person can read."""

from dataclasses import dataclass

from jinlin.platform.errors import NotAllowed, Words


@dataclass(frozen=True)
class Ruling:
    """Whether something is allowed; true in a condition when it is."""

    allowed: bool
    reason: Words = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raises: NotAllowed with the reason, unless it is allowed."""
        if not self.allowed:
            raise NotAllowed(self.reason)


YES = Ruling(True)


def no(reason: Words) -> Ruling:
    """Return a refusal with its reason."""
    return Ruling(False, reason)
