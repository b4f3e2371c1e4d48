"""Public ids: eight random Crockford base32 characters, never derived from content or order.

Crockford's alphabet leaves out I, L, O and U; look-alikes are read as the digit they look like
(https://www.crockford.com/base32.html). Forty random bits: among a million ids the chance that a
new one is taken is about one in a million, and the database's unique constraint decides.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_public_id() -> str:
    """Return a new random id in its canonical (upper-case) form."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def canonical_id(text: str) -> str | None:
    """Return the canonical form of an id as a reader typed it, or None when it can't be one."""
    if len(text) != LENGTH or not text.isascii():
        return None
    canonical = text.upper().translate(LOOK_ALIKES)
    return canonical if all(letter in ALPHABET for letter in canonical) else None
