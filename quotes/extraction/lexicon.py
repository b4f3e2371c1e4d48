"""Word lists (``words/*.txt``) and the one-letter class of every word.

A class letter stands for what a word can do next to a quotation. Upper-case and lower-case letters
are different classes; the whole alphabet is in ``CLASSES``.
"""

from __future__ import annotations

from importlib.resources import files

CLASSES = {
    "Q": "a marked string",
    "V": "cue verb, finite: said, wrote",
    "W": "cue verb, weaker: called, believes",
    "U": "verb of attitude or act, finite: seemed, backed",
    "G": "cue verb in -ing: saying, adding",
    "A": "auxiliary",
    "D": "determiner",
    "h": "subject pronoun",
    "b": "object pronoun",
    "s": "possessive pronoun",
    "q": "relative or question word",
    "P": "preposition",
    "o": "of",
    "T": "to",
    "t": "that",
    "C": "conjunction",
    "S": "subordinator",
    "y": "adverb",
    "Y": "day or month",
    "R": "role noun, singular",
    "r": "role noun, plural",
    "K": "noun for a body or a document",
    "M": "title before a name",
    "N": "name word",
    "J": "adjective that precedes roles",
    "n": "number",
    "z": "possessive 's",
    "w": "any other word",
    "p": "particle inside a name: de, van, bin",
    "i": "stop of an abbreviation",
    "a": "according",
}

_DOUBLES = set("beg stop plan admit quip snap wed drop rebut chat rap slam refer tut scrap".split())


def words(name: str) -> list[str]:
    """Return the words of one list, comments left out."""
    text = files(__package__).joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return [word for line in lines for word in line.split()]


def inflections(lemma: str) -> tuple[tuple[str, ...], str]:
    """Return the finite forms of a regular verb and its -ing form."""
    if lemma.endswith("e"):
        return (lemma, lemma + "s", lemma + "d"), lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (lemma, lemma[:-1] + "ies", lemma[:-1] + "ied"), lemma + "ing"
    stem = lemma + lemma[-1] if lemma in _DOUBLES else lemma
    es = "es" if lemma.endswith(("s", "sh", "ch", "x")) else "s"
    return (lemma, lemma + es, stem + "ed"), stem + "ing"


def plural(noun: str) -> str:
    """Return the regular plural of a noun."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    return noun + "s"


LEMMAS: dict[str, str] = {
    "said": "say",
    "says": "say",
    "saying": "say",
    "told": "tell",
    "tells": "tell",
}
_SPEECH_AS_GIVEN = set(words("cue_verbs_said"))


def _add_verbs(table: dict[str, str], name: str, letter: str) -> None:
    for lemma in words(name):
        if lemma.endswith("ing"):
            table[lemma] = "G"
            continue
        finite, participle = inflections(lemma)
        for form in (*finite, participle):
            LEMMAS.setdefault(form, lemma)
        for form in finite:
            table.setdefault(form, letter)
        table.setdefault(participle, "G")


def _word_classes() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in (
        files(__package__).joinpath("words", "function_words.txt").read_text("utf-8").splitlines()
    ):
        letter, *rest = line.split()
        if letter != "#":
            for word in rest:
                table.setdefault(word, letter)
                table.setdefault(word.replace("'", "’"), letter)
    for word in words("time_words"):
        table.setdefault(word, "Y")
    for word in _SPEECH_AS_GIVEN:
        table[word] = "G" if word.endswith("ing") else "V"
    for noun in words("roles"):
        table.setdefault(noun, "R")
        table.setdefault(plural(noun), "r")
    for noun in words("organisations"):
        table.setdefault(noun, "K")
        table.setdefault(plural(noun), "K")
    _add_verbs(table, "cue_verbs_speech", "V")
    _add_verbs(table, "cue_verbs_stance", "W")
    _add_verbs(table, "cue_verbs_other", "U")
    for word in words("adjectives"):
        table.setdefault(word, "J")
    table["according"] = table["per"] = "a"
    return table


WORD_CLASS = _word_classes()
TITLES = frozenset(words("titles"))
STARTERS = frozenset(words("sentence_starters"))
TIME_WORDS = frozenset(words("time_words"))
ROLES = frozenset(words("roles"))
ORGANISATIONS = frozenset(words("organisations"))
WOMEN = frozenset(words("given_names_female"))
MEN = frozenset(words("given_names_male"))
ROLE_WOMEN = frozenset(words("role_women"))
ROLE_MEN = frozenset(words("role_men"))
OFFICES = frozenset(words("offices"))
SAID = frozenset(_SPEECH_AS_GIVEN)
