"""Names of people as text: what sorts, what goes into an address. Plain Python."""

import re
import unicodedata

# Written before a name, not part of it.
TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady"}
# Small words that belong to the surname they stand before.
PARTICLES = {"de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "al", "ten"}
SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "mp", "qc", "kc"}
# Bidirectional and zero-width controls: allowed in article text, never in a name.
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f]")


def sort_name(name: str) -> str:
    """Return "Balls, Ed" for "Ed Balls"; a single word stays as it is."""
    words = name.split()
    suffix = [words.pop()] if len(words) > 2 and words[-1].lower() in SUFFIXES else []
    if len(words) < 2:
        return name.strip()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    given = [word for word in words[:start] if word.lower().rstrip(".") not in TITLES]
    tail = " ".join([*given, *suffix])
    return f"{' '.join(words[start:])}, {tail}" if tail else " ".join(words[start:])


def has_hidden_characters(name: str) -> bool:
    """Say whether a name carries characters that are not seen or that turn the text around."""
    return HIDDEN.search(name) is not None


def slug_words(name: str, longest: int = 60) -> str:
    """Return a name as words for an address, letters of any script kept; "unnamed" when none."""
    folded = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.sub(r"[^\w]+", "-", plain.lower().replace("’", "").replace("'", "")).strip("-_")
    return words[:longest].strip("-") or "unnamed"
