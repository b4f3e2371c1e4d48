"""Is a text English? By its small words; any other language is left for a person to say."""

import re

# fmt: off
_ENGLISH = frozenset((
    "the", "of", "and", "to", "in", "a", "is", "that", "was", "for", "on", "it", "with", "as",
    "be", "by", "he", "she", "at", "from", "his", "her", "they", "this", "have", "had", "not",
    "are", "but", "an", "were", "which", "or", "their", "has", "been", "who", "will", "would",
    "said", "there", "what", "we", "you",
))
# fmt: on
_SAMPLE = 20_000


def language_of(text: str) -> str:
    """Return "en" for a text in English and nothing for any other, or for one too short to tell."""
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    if len(words) < 20:
        return ""
    return "en" if sum(word in _ENGLISH for word in words) >= 0.2 * len(words) else ""
