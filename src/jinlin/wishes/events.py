"""What the wish wall announces after commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WishConfirmed:
    """A wisher has confirmed that a wish came true."""

    wish_id: int
