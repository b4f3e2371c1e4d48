"""What a citation of one quote says, as plain values. No Django, nothing of the other steps.

Terms are those of CSL 1.0.2 (https://docs.citationstyles.org/) where it has one: `particle` is its
non-dropping particle, `literal` the name of a body or a name that can't be taken apart.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache


class SourceKind(StrEnum):
    """What kind of thing the words were printed or heard in."""

    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    WEBPAGE = "webpage"
    BLOG = "blog"
    INTERVIEW = "interview"
    TELEVISION = "television"
    RADIO = "radio"
    PRESS_RELEASE = "press_release"
    SPEECH = "speech"


@dataclass(frozen=True)
class Name:
    """A person as "Jan van der Berg Jr." taken apart, or a body as `literal`."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    def __str__(self) -> str:
        """Return the name as it is spoken."""
        return self.literal or _joined(self.given, self.surname, self.suffix)

    @property
    def surname(self) -> str:
        """What the name is called by in running text: "van der Berg", "Press Association"."""
        return self.literal or _joined(self.particle, self.family)

    @property
    def inverted(self) -> str:
        """Return "van der Berg, Jan, Jr.", the form of RIS and of the sort column."""
        parts = (self.surname, self.given, self.suffix)
        return ", ".join(part for part in parts if part)


@lru_cache(maxsize=1024)
def _joined(*parts: str) -> str:
    """Return the parts of a name with spaces; none after an elided particle, as in "d’Estaing"."""
    return " ".join(part for part in parts if part).replace("’ ", "’").replace("' ", "'")


@dataclass(frozen=True)
class PartialDate:
    """A date to the precision that is known; 0 where it is not. Seasons are 1 to 4, from spring."""

    year: int
    month: int = 0
    day: int = 0
    season: int = 0

    @property
    def iso(self) -> str:
        """Return 2024, 2024-03 or 2024-03-14; a season gives its year."""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        return f"{text}-{self.day:02d}" if self.day else text


@dataclass(frozen=True)
class Dated:
    """When, as far as it is known: nothing, a date, or a range; and how surely."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    uncertain: bool = False
    inferred: bool = False
    edtf: str = ""

    def __bool__(self) -> bool:
        return self.start is not None

    @property
    def iso(self) -> str:
        """Return the first date of the range as ISO 8601, or nothing."""
        return self.start.iso if self.start else ""


@dataclass(frozen=True)
class StanceRecord:
    """The position that the quote takes, as published."""

    target: str
    label: str
    value: str
    basis: str = ""
    rationale: str = ""
    codebook_version: str = ""


@dataclass(frozen=True)
class SpanRecord:
    """One unbroken stretch of the quote: code points of the article's canonical text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Site:
    """Who keeps the record: the name of the database and the address that it answers under."""

    name: str
    url: str

    def address(self, path: str) -> str:
        return f"{self.url.rstrip('/')}/{path.lstrip('/')}"


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One version of one quote: all that any style or format shows.

    What is not known is empty, never a word that stands for it; `gaps` names what is missing.
    """

    quote_id: str
    version: int
    site: Site
    text: str
    headline: str
    prefix: str = ""
    suffix: str = ""
    spans: tuple[SpanRecord, ...] = ()
    speaker: Name | None = None
    speaker_role: str = ""
    speaker_slug: str = ""
    authors: tuple[Name, ...] = ()
    outlet: str = ""
    kind: SourceKind = SourceKind.NEWSPAPER
    published: Dated = field(default_factory=Dated)
    url: str = ""
    archive_url: str = ""
    archived: date | None = None
    accessed: date | None = None
    pages: str = ""
    language: str = "en"
    article_id: str = ""
    article_sha256: str = ""
    recorded: date | None = None
    stances: tuple[StanceRecord, ...] = ()
    withdrawn: bool = False
    dispute: str = ""
    # The reporter's own words for what was said: no format may put them between marks.
    indirect: bool = False

    @property
    def page(self) -> str:
        """The quote's address, which shows the latest version."""
        return self.site.address(f"q/{self.quote_id}")

    @property
    def permalink(self) -> str:
        """The address of this version: what a citation names."""
        return f"{self.page}/v{self.version}"

    @property
    def database(self) -> str:
        return self.site.name

    @property
    def speaker_name(self) -> str:
        return str(self.speaker) if self.speaker else ""

    @property
    def marks(self) -> tuple[str, str]:
        """The quotation marks that the words stand in; an indirect quote has none."""
        return ("", "") if self.indirect else ("“", "”")

    @property
    def by_speaker(self) -> bool:
        """Whether the speaker wrote the article, so that nobody else quotes the words."""
        return self.speaker is not None and self.speaker in self.authors

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what a complete citation would need and the source does not say."""
        known = {
            "speaker": self.speaker,
            "author": self.authors,
            "date": self.published,
            "outlet": self.outlet,
            "address": self.url,
        }
        return tuple(name for name, value in known.items() if not value)
