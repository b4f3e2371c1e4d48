"""Names as printed taken apart: one name, and a byline. Plain Python.

A byline says little and in many ways; what can't be taken apart safely stays whole as a `literal`,
which every style prints unchanged. Nothing is added. tests/citations/test_names.py has the cases.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from quotes.citations.record import Name

# Small words that belong to the family name when they stand before it.
PARTICLES = set(
    """af al ap av bin bint da dal das de degli dei del della den der des di do dos du el ibn la
    las le los ten ter van vom von zu zum zur 't ’t""".split()
)
# With a capital they are the family name's own first word: "Dick Van Dyke".
CAPITAL_PARTICLES = {"Da", "De", "Del", "Della", "Di", "Du", "La", "Le", "St", "St.", "Van", "Von"}
ELIDED = re.compile(r"(d[’'])(\w.*)")
SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|junior|senior)\.?|I{2,3}|IV|V|VI{1,3}", re.I)
TITLES = set("mr mrs ms miss mx dr prof professor rev reverend cllr councillor hon".split())
# Kept with a single name, which would say too little: "Lord Laming".
PEERAGE = {"sir", "dame", "lord", "lady", "baroness", "baron", "viscount", "earl", "duke"}
POST_NOMINAL = re.compile(r"(?:MP|MSP|MS|MLA|MEP|TD|QC|KC|CBE|OBE|MBE|KCB|DBE|FRS|PhD|MD|RN)\.?")
# Words that people's names do not have and those of bodies and descriptions do.
BODY_WORDS = set(
    """afp agencies agency ap associated association authority bbc board broadcasting bureau
    centre center charity club college commission committee company contributor contributors
    council daily desk dpa editorial editors evening federation foundation gazette government
    guardian herald institute itn itv journal ltd mail media ministry mirror morning network news
    newspaper newspapers newsroom observer office online others pa party police post press
    project reuters service services society spokesman spokesperson spokeswoman staff sunday team
    telegraph television times tribune trust union university upi wire writers""".split()
)
JOB_WORDS = set(
    """columnist correspondent correspondents critic editor journalist photographer reporter
    reporters writer""".split()
)
FIELDS = set(
    """affairs arts assistant associate business chief city community crime defence deputy
    diplomatic economics education environment features foreign freelance head health home
    industrial legal literary local managing media national news northern political politics
    religion science senior social special sports staff technology transport westminster
    whitehall world""".split()
)
ARTICLES = {"the", "a", "an", "our", "one", "his", "her", "their"}
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]+")
LEAD = re.compile(
    r"^(?:(?:exclusive|special report|analysis|comment|opinion|words?|text|report(?:ing)?)\b"
    r"[\s:,|–—-]*)*(?:(?:(?:written|reported|posted)\s+)?by\b[\s:]*|from\s+)?",
    re.I,
)
CREDIT = re.compile(
    r"[\s,;|(]*(?:with\s+)?\b(?:additional reporting|photo(?:graph)?s?|pictures?|graphics?)\b.*$",
    re.I,
)
BREAK = re.compile(r"\s*(?:;|\||•|·|\s[–—-]\s|\s/\s)\s*")
AND = re.compile(r",?\s+(?:and|&|with|и|et|und)\s+", re.I)
PLACE = re.compile(r"\s+(?:in|at|for|of)\s+(?=[A-Z]|the\b).*$")


@lru_cache(maxsize=10_000)
def parse_name(text: str) -> Name:
    """Return one name taken apart; a body, or what is no name of a person, as literal."""
    text = " ".join(INVISIBLE.sub(" ", text).split()).strip(" ,;")
    if not text or is_body(text):
        return Name(literal=text)
    if CJK.search(text):
        # Family name first, where it is printed with a space at all.
        family, _space, given = text.partition(" ")
        return Name(family=family, given=given)
    words, suffix = _without_honours(text)
    if len(words) == 1 and text.split()[0].lower() in PEERAGE:
        return Name(literal=text)
    if any(word.endswith(",") for word in words[:-1]):
        return _inverted(" ".join(words), suffix)
    return _spoken(words, suffix)


@lru_cache(maxsize=10_000)
def parse_byline(text: str) -> tuple[Name, ...]:
    """Return the authors that a byline names, in its order, each once.

    "By A. Okafor and Per Lindqvist, Political Editor" is two people; "Staff and agencies" is one
    literal, since it names nobody.
    """
    text = " ".join(INVISIBLE.sub(" ", text.replace("\n", " | ")).split())
    text = CREDIT.sub("", LEAD.sub("", text, count=1)).strip(" ,;|")
    if not text:
        return ()
    if text.isupper() and " " in text and not is_body(text):
        text = " ".join(map(_recased, text.split()))
    # Of each part what stands before its first comma or break: the rest is about it.
    firsts = [BREAK.split(part)[0].split(",")[0].strip() for part in AND.split(text)]
    if all(is_body(first) for first in firsts if first):
        return (Name(literal=text),)
    found: list[Name] = []
    for part in _people(text):
        name = parse_name(part)
        if name != Name() and name not in found:
            found.append(name)
    return tuple(found) or (Name(literal=text),)


def is_body(text: str) -> bool:
    """Say whether a name is a body's or a description's rather than a person's."""
    words = text.split()
    if words[0].lower() in ARTICLES and len(words) > 1:
        return True
    bare = [word.strip(".,’'()").lower() for word in words]
    if any(word in BODY_WORDS for word in bare) or any(char.isdigit() for char in text):
        return True
    if all(word in JOB_WORDS | FIELDS for word in bare):
        return True
    # "a relative", "health chiefs": no word with a capital is no name, where there are capitals.
    return text.islower() and len(words) > 1


def _people(text: str) -> Iterator[str]:
    """Yield the parts of a byline that are names, jobs, places and dates left out."""
    named = False
    for block in BREAK.split(text):
        for joined in AND.split(block):
            chunks = [chunk.strip() for chunk in joined.split(",") if chunk.strip()]
            if _is_inverted(chunks):
                yield ", ".join(chunks)
                named = True
                continue
            for number, chunk in enumerate(chunks):
                following = chunks[number + 1] if number + 1 < len(chunks) else ""
                if named and (_is_aside(chunk) or (number and not _is_full_name(chunk))):
                    continue
                name = _before_job(chunk)
                yield f"{name}, {following}" if SUFFIX.fullmatch(following) else name
                named = True


def _is_inverted(chunks: list[str]) -> bool:
    """Say whether "Doe, Jane" or "King, Martin, Jr." is one name turned round."""
    plain = [chunk for chunk in chunks if not SUFFIX.fullmatch(chunk)]
    return len(plain) == 2 and all(len(chunk.split()) == 1 for chunk in plain)


def _is_full_name(chunk: str) -> bool:
    return len(chunk.split()) > 1 and not is_body(chunk) and not SUFFIX.fullmatch(chunk)


def _is_aside(chunk: str) -> bool:
    """Say whether a chunk that follows a name says what the person does, where or when."""
    bare = [word.strip(".").lower() for word in chunk.split()]
    if any(word in JOB_WORDS for word in bare):
        return len(bare) < 3 or _before_job(chunk) == chunk or is_body(_before_job(chunk))
    return bool(POST_NOMINAL.fullmatch(chunk)) or chunk[0].isdigit() or bare[0] in {"in", "at"}


def _before_job(chunk: str) -> str:
    """Return "Ann Doe" of "Ann Doe in Leeds" and of "Ann Doe Political Editor"."""
    before = PLACE.sub("", chunk)
    if not is_body(before):
        words = before.split()
        if words[-1].lower().strip(".") in JOB_WORDS:
            words.pop()
            while len(words) > 2 and words[-1].lower() in FIELDS:
                words.pop()
            before = " ".join(words)
    return before if len(before.split()) >= 2 and not is_body(before) else chunk


def _recased(word: str) -> str:
    """Return "O’Neill-McKay" of a name that is printed all in capitals."""
    text = re.sub(r"\w+", lambda match: match[0].capitalize(), word)
    return re.sub(r"\bMc(\w)", lambda match: f"Mc{match[1].upper()}", text)


def _without_honours(text: str) -> tuple[list[str], str]:
    """Return the words of a name without title and post-nominals, and its suffix."""
    words = text.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in TITLES | PEERAGE:
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
    particle, family = _particle(family.split())
    return Name(family, given, particle, suffix)


def _spoken(words: list[str], suffix: str) -> Name:
    """Take "Jan van der Berg" apart: the family name starts at the first particle."""
    if len(words) == 1:
        return Name(family=words[0], suffix=suffix)
    last = len(words) - 1
    starts = (at for at in range(1, last) if words[at] in PARTICLES | CAPITAL_PARTICLES)
    start = 0 if words[0] in PARTICLES else next(starts, last)
    particle, family = _particle(words[start:])
    return Name(family, " ".join(words[:start]), particle, suffix)


def _particle(words: list[str]) -> tuple[str, str]:
    """Split the words of a family name into its particles and the rest."""
    count = 0
    while count < len(words) - 1 and words[count] in PARTICLES:
        count += 1
    particles, rest = words[:count], " ".join(words[count:])
    if elided := ELIDED.fullmatch(rest):
        particles, rest = [*particles, elided[1].replace("'", "’")], elided[2]
    return " ".join(particles), rest
