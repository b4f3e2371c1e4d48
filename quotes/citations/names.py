"""Names as printed taken apart: one name, and a byline. Plain Python.

A byline says little and in many ways; what can't be taken apart safely stays whole as a `literal`,
which every style prints unchanged. Nothing is added.
"""

import re

from quotes.citations.record import Name

# Small words that belong to the family name when they stand before it, in lower case.
PARTICLES = {
    *("af", "al", "ap", "av", "bin", "bint", "da", "dal", "das", "de", "degli", "dei", "del"),
    *("della", "den", "der", "des", "di", "do", "dos", "du", "el", "ibn", "la", "las", "le"),
    *("los", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur", "’t", "'t", "d’", "d'"),
}
SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|junior|senior)\.?|i{2,3}|iv|v|vi{1,3}", re.I)
# Rank and honour before a name; dropped, as every style asks.
TITLES = {
    *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady"),
    *("rev", "reverend", "cllr", "councillor", "hon"),
}
POST_NOMINAL = re.compile(
    r"(?:MP|MSP|MS|MLA|MEP|TD|QC|KC|CBE|OBE|MBE|KCB|DBE|PhD|FRS|Phd|MD|RN)\.?"
)
# Words that people's names do not have and those of bodies do.
BODY_WORDS = {
    *("agencies", "agency", "associated", "association", "authority", "board", "broadcasting"),
    *("bureau", "centre", "center", "charity", "club", "college", "commission", "committee"),
    *("company", "correspondent", "correspondents", "council", "courier", "department", "desk"),
    *("editorial", "editors", "federation", "foundation", "gazette", "government", "group"),
    *("herald", "institute", "journal", "ltd", "media", "ministry", "network", "news"),
    *("newspaper", "newspapers", "newsroom", "office", "online", "party", "police", "post"),
    *("press", "project", "reporter", "reporters", "service", "services", "society", "staff"),
    *("television", "team", "times", "tribune", "trust", "union", "university", "wire"),
    *("writer", "writers", "contributor", "contributors", "spokesman", "spokeswoman"),
    *("spokesperson", "unnamed", "anonymous", "family", "relative", "mother", "father"),
}
ARTICLES = {"the", "a", "an", "our", "one", "his", "her", "their"}
# What follows a name in a byline and is no name.
JOBS = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|columnist|chief|bureau|in [A-Z]|for [A-Z]"
    r"|at [A-Z]|of [A-Z]|political|health|crime|education|home affairs|chief|deputy|staff)\b",
    re.I,
)
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]+")
LEAD = re.compile(
    r"^(?:(?:exclusive|special report|analysis|comment|opinion|words?|text|report(?:ing)?)\b"
    r"[\s:,|–—-]*)*(?:(?:written\s+|reported\s+)?by\b[\s:]*|from\b\s+)?",
    re.I,
)
BREAK = re.compile(r"\s*(?:;|\||•|·|\s[–—-]\s|\s/\s|\n)\s*")
AND = re.compile(r"\s*(?:,\s*(?:and|&)\s+|\s+(?:and|&|with)\s+|,\s*)", re.I)
ADDITIONAL = re.compile(r"\b(?:additional reporting|photographs?|pictures?|graphics?)\b.*$", re.I)


def parse_name(text: str) -> Name:
    """Return one name taken apart; a body, or what is no name of a person, as literal."""
    text = " ".join(INVISIBLE.sub(" ", text).split()).strip(" ,;")
    if not text:
        return Name()
    if is_body(text):
        return Name(literal=text)
    if CJK.search(text):
        return _family_first(text)
    words, suffix = _without_honours(text)
    if not words:
        return Name(literal=text)
    if "," in " ".join(words):
        return _inverted(" ".join(words), suffix)
    return _spoken(words, suffix)


def parse_byline(text: str) -> tuple[Name, ...]:
    """Return the authors that a byline names, in its order, each once.

    "By A. Okafor and Per Lindqvist, Political Editor" is two people; "Staff and agencies" is one
    literal, since it names nobody.
    """
    text = " ".join(INVISIBLE.sub(" ", text.replace("\n", " | ")).split())
    text = ADDITIONAL.sub("", LEAD.sub("", text, count=1)).strip(" ,.;|")
    if not text:
        return ()
    if names_nobody(text):
        return (Name(literal=text),)
    found: list[Name] = []
    for block in BREAK.split(text):
        for part in _people(block):
            name = parse_name(part)
            if name != Name() and name not in found:
                found.append(name)
    return tuple(found) or (Name(literal=text),)


def is_body(text: str) -> bool:
    """Say whether a name is a body's or a description's rather than a person's."""
    words = [word.strip(".,’'()").lower() for word in text.split()]
    if words[0] in ARTICLES or any(letter.isdigit() for letter in text):
        return True
    if any(word in BODY_WORDS for word in words) and len(words) > 1:
        return True
    if len(words) == 1:
        return words[0] in BODY_WORDS or (text.isupper() and text.isascii() and len(text) <= 5)
    # "a relative", "health chiefs": no word with a capital is no name.
    cased = [letter for letter in text if letter.isalpha()]
    return all(letter.islower() for letter in cased) and any(
        letter.lower() != letter.upper() for letter in cased
    )


def names_nobody(text: str) -> bool:
    """Say whether every part of a byline is a body: "Staff and agencies", "Press Association"."""
    parts = [part for part in AND.split(text) if part]
    return len(parts) > 1 and all(
        any(word.strip(".").lower() in BODY_WORDS for word in part.split())
        and not _looks_like_person(part)
        for part in parts
    )


def _looks_like_person(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 3 and all(word.strip(".").lower() not in BODY_WORDS for word in words)


def _people(block: str) -> list[str]:
    """Return the parts of a byline's block that are names, the jobs among them left out."""
    parts = [part.strip() for part in AND.split(block) if part.strip()]
    people: list[str] = []
    for part in parts:
        if SUFFIX.fullmatch(part) and people:
            people[-1] += f" {part}"
        elif not people or not _is_job(part):
            people.append(_before_job(part))
    return people


def _is_job(part: str) -> bool:
    """Say whether a part that follows a name is what the person does or where."""
    bare = part.strip(" .").split()
    return bool(JOBS.search(part)) or bool(POST_NOMINAL.fullmatch(part)) or len(bare) == 1


def _before_job(part: str) -> str:
    """Return "Ann Doe" of "Ann Doe in Leeds" and of "Ann Doe Political Editor"."""
    if is_body(part) and not re.search(r"\b(?:editor|correspondent|reporter)\b", part, re.I):
        return part
    match = re.search(r"\s+(?:in|at|for)\s+(?=[A-Z])", part)
    if match and len(part[: match.start()].split()) >= 2:
        return part[: match.start()]
    job = re.search(
        r"\s+(?:(?:chief|deputy|senior|political|health|crime|education|home|social|affairs"
        r"|local|news|science|environment|business|economics|foreign|staff)\s+)*"
        r"(?:editor|correspondent|reporter|columnist|writer)\b.*$",
        part,
        re.I,
    )
    before = part[: job.start()] if job else part
    return before if len(before.split()) >= 2 else part


def _without_honours(text: str) -> tuple[list[str], str]:
    """Return the words of a name without title and post-nominals, and its suffix."""
    words = text.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in TITLES:
        words.pop(0)
    while len(words) > 2 and POST_NOMINAL.fullmatch(words[-1].strip(",")):
        words.pop()
        words[-1] = words[-1].rstrip(",")
    suffix = ""
    if len(words) > 2 and SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
        words[-1] = words[-1].rstrip(",")
    return words, suffix


def _inverted(text: str, suffix: str) -> Name:
    """Take "Okafor, Amara" apart."""
    family, given, *rest = [part.strip() for part in text.split(",")]
    if rest and SUFFIX.fullmatch(rest[0]):
        suffix = rest[0]
    elif SUFFIX.fullmatch(given):
        return _spoken(family.split(), given)
    particle, family = _particle(family.split())
    return Name(family, given, particle, suffix)


def _spoken(words: list[str], suffix: str) -> Name:
    """Take "Jan van der Berg" apart: the family name starts at the first particle."""
    if len(words) == 1:
        return Name(family=words[0], suffix=suffix)
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    if start == 1 and words[0] in PARTICLES:
        start = 0
    particle, family = _particle(words[start:])
    return Name(family, " ".join(words[:start]), particle, suffix)


def _particle(words: list[str]) -> tuple[str, str]:
    """Split the words of a family name into its particles and the rest."""
    count = 0
    while count < len(words) - 1 and words[count] in PARTICLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _family_first(text: str) -> Name:
    """Take a Chinese, Japanese or Korean name apart where it is printed with a space."""
    family, _space, given = text.partition(" ")
    return Name(family=family, given=given) if given else Name(family=text)
