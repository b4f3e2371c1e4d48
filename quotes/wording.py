"""The record's words for readers: values, bases, dates and kinds in plain English. No Django."""

from collections.abc import Sequence

# Before the target: "supports", "no stance on".
VERBS = {
    "supports": "supports",
    "criticises": "criticises",
    "mixed": "mixed on",
    "neutral": "neutral on",
    "asserts": "asserts",
    "denies": "denies",
    "questions": "questions",
    "reports": "reports",
    "no_stance": "no stance on",
    "unclear": "unclear on",
}
# After "quotes that": "quotes that deny or question".
PLURAL_VERBS = {
    "supports": "support",
    "criticises": "criticise",
    "mixed": "are mixed on",
    "neutral": "are neutral on",
    "asserts": "assert",
    "denies": "deny",
    "questions": "question",
    "reports": "report",
    "no_stance": "take no stance on",
    "unclear": "are unclear on",
}
# After "1 quote that".
SINGULAR_VERBS = VERBS | {
    "mixed": "is mixed on",
    "neutral": "is neutral on",
    "no_stance": "takes no stance on",
    "unclear": "is unclear on",
}
# What a value means whatever the target; docs/codebook.md has the same words.
VALUE_MEANINGS = {
    "supports": "speaks for the subject: praises it, defends it, asks for help for it",
    "criticises": "speaks against it: finds fault, blames, ridicules",
    "mixed": "does both in so many words",
    "neutral": "speaks about the subject and takes no side, in so many words",
    "asserts": "says that the proposition is true",
    "denies": "says that it is not",
    "questions": "asks or doubts whether it is",
    "reports": "passes on that someone says so, without taking it up",
    "no_stance": "the target is mentioned and no position is taken",
    "unclear": "a position may be taken, and the coder can't tell which",
}
CHANNELS = {
    "interview": "interviews",
    "speech": "speeches",
    "article": "articles",
    "blog": "blogs",
    "statement": "statements",
    "press_conference": "press conferences",
    "broadcast": "broadcasts",
    "social_media": "social media",
    "parliament": "parliament",
    "court_filing": "court filings",
    "report": "reports",
    "letter": "letters",
    "other": "other channels",
}


def either(words: Sequence[str]) -> str:
    """Return "A", "A or B", "A, B or C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return "1 quote", "1,204 quotes"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def attribution(basis: str, speaker_text: str) -> str:
    """Return how the article says who is speaking."""
    printed = f": “{speaker_text}”" if speaker_text else ""
    return {
        "named": f"named{printed}",
        "pronoun": f"by a pronoun{printed}",
        "role": f"by a role{printed}",
        "implicit": "not named here; carried on from the words before"
        + (f" (“{speaker_text}”)" if speaker_text else ""),
    }.get(basis, f"as printed{printed}" if printed else "not stated")


def stance_basis(basis: str, coders: int) -> str:
    """Return what a public stance rests on."""
    who = counted(coders, "coder")
    return {
        "single": "coded by 1 coder",
        "unanimous": f"coded by {who}, who agree",
        "adjudicated": f"coded by {who}; settled by an adjudicator",
        "disputed": f"coded by {who}, who disagree",
    }.get(basis, f"coded by {who}")
