"""What a style cites: the article that carries the words, or this database's record of them."""

from dataclasses import dataclass
from datetime import date

from quotes.citations.record import Citation, Dated, Name, SourceKind
from quotes.citations.styles.markup import CLOSE, OPEN_DOUBLE, clean, italic, quoted
from quotes.citations.styles.titles import is_english, mark_quotes, marked_title, title_case

# How many words of an untitled work stand for its title: APA 7, 9.22, MLA 9, 5.29.
TITLE_WORDS = 20
GENRES = {SourceKind.PRESS_RELEASE: "Press release"}
PAGED = (SourceKind.NEWSPAPER, SourceKind.MAGAZINE)
BY_SPEAKER = (SourceKind.INTERVIEW, SourceKind.SPEECH)
BROADCASTS = (SourceKind.TELEVISION, SourceKind.RADIO)
PAGES_OF_A_SITE = (SourceKind.WEBPAGE, SourceKind.PRESS_RELEASE)


@dataclass(frozen=True)
class Work:
    """One thing that goes into a list of references, the same for every style."""

    kind: SourceKind
    authors: tuple[Name, ...]
    interviewers: tuple[Name, ...]
    raw_title: str
    verbatim: bool
    container: str
    dated: Dated
    url: str
    accessed: date | None
    pages: str
    genre: str
    english: bool
    quoted_speaker: Name | None
    # Whether a verbatim title is a quotation; the words of an indirect quote are not.
    marked: bool = True

    def title(self, *, capitals: bool) -> str:
        """Return the title with its quotation marks marked; words of a quote are never changed."""
        if self.verbatim and not self.marked:
            return mark_quotes(self.raw_title)
        if self.verbatim:
            return f"{OPEN_DOUBLE}{mark_quotes(self.raw_title)}{CLOSE}"
        return marked_title(self.raw_title, capitals=capitals and self.english)

    def set_title(self, *, capitals: bool, upright: bool) -> str:
        """Return the title in quotation marks, or in italics when it stands for a whole work."""
        title = self.title(capitals=capitals)
        return quoted(title) if upright else italic(title)

    @property
    def container_title(self) -> str:
        """Return the outlet as American styles write it: a name in small letters gets capitals."""
        return title_case(self.container) if self.english or self.verbatim else self.container

    @property
    def is_page(self) -> bool:
        return self.kind in PAGES_OF_A_SITE

    @property
    def is_broadcast(self) -> bool:
        return self.kind in BROADCASTS

    def lead(self, words: str, *, short: bool) -> str:
        """Return "Marsh, as cited in " when somebody else quotes the speaker."""
        if self.quoted_speaker is None:
            return ""
        name = self.quoted_speaker.surname if short else str(self.quoted_speaker)
        return f"{_curved(name)}, {words} "


def article_work(citation: Citation) -> Work:
    """Return the article that carries the quote; interviews and speeches are the speaker's."""
    authors = citation.authors
    interviewers: tuple[Name, ...] = ()
    speaker = citation.speaker
    if citation.kind in BY_SPEAKER and speaker:
        interviewers = tuple(name for name in authors if name != speaker)
        authors = (speaker,)
    return Work(
        kind=citation.kind,
        authors=tuple(map(_clean, authors)),
        interviewers=(
            tuple(map(_clean, interviewers)) if citation.kind == SourceKind.INTERVIEW else ()
        ),
        raw_title=citation.headline,
        verbatim=False,
        container=_curved(citation.outlet),
        dated=citation.published,
        url=clean(citation.url).replace(" ", "%20"),
        accessed=citation.accessed,
        pages=clean(citation.pages).replace("-", "–") if citation.kind in PAGED else "",
        genre=GENRES.get(citation.kind, ""),
        english=is_english(citation.language),
        quoted_speaker=None if speaker is None or speaker in authors else speaker,
    )


def record_work(citation: Citation) -> Work:
    """Return the record itself: the speaker's words on a page of this database."""
    return Work(
        kind=SourceKind.WEBPAGE,
        authors=(_clean(citation.speaker),) if citation.speaker else (),
        interviewers=(),
        raw_title=opening_words(citation.text),
        verbatim=True,
        marked=not citation.indirect,
        container=_curved(citation.site.name),
        dated=citation.published,
        url=citation.permalink,
        accessed=citation.accessed,
        pages="",
        genre="",
        english=False,
        quoted_speaker=None,
    )


def labelled_pages(pages: str) -> str:
    """Return "p. 5" or "pp. 5–6"."""
    if not pages:
        return ""
    return f"{'pp.' if any(mark in pages for mark in '–,&') else 'p.'} {pages}"


def shortened(pages: str, least: int) -> str:
    """Return "144–48" for pages 144 to 148: repeated digits left out, but so many kept."""
    first, dash, last = pages.partition("–")
    if not (first.isdigit() and last.isdigit() and len(first) == len(last) > least):
        return pages
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
    return f"{first}{dash}{last[min(same, len(last) - least) :]}"


def opening_words(text: str) -> str:
    """Return a quote's first words as the title of a record that has none."""
    words = clean(text).split()
    if len(words) > TITLE_WORDS:
        return f"{' '.join(words[:TITLE_WORDS]).rstrip('.,;:')} …"
    whole = " ".join(words)
    # The mark after the words is the citation's to set; an ellipsis is part of the words.
    return whole if whole.endswith("..") else whole.rstrip(".,;:")


def _clean(name: Name) -> Name:
    parts = (name.family, name.given, name.particle, name.suffix, name.literal)
    return Name(*(_curved(part) for part in parts))


def _curved(text: str) -> str:
    """Return a text cleaned, its straight apostrophes curved."""
    return clean(text).replace("'", "’")
