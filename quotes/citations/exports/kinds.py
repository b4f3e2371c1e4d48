"""What each format calls each kind of source: one row per kind, one column per format.

CSL: https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types; Zotero:
https://www.zotero.org/support/kb/item_types_and_fields; RIS: the type list of 2011; biblatex:
manual, 2.1; schema.org: the subtypes of CreativeWork.
"""

from dataclasses import dataclass

from quotes.citations.record import SourceKind


@dataclass(frozen=True)
class KindRow:
    csl: str
    zotero: str
    # The Zotero field that holds the outlet; an interview or a talk has none.
    zotero_outlet: str
    zotero_rdf: str
    ris: str
    biblatex: str
    entrysubtype: str
    schema: str
    wikipedia: str
    genre: str = ""


KINDS: dict[SourceKind, KindRow] = {
    SourceKind.NEWSPAPER: KindRow(
        *("article-newspaper", "newspaperArticle", "publicationTitle", "bib:Newspaper"),
        *("NEWS", "article", "newspaper", "NewsArticle", "cite news"),
    ),
    SourceKind.MAGAZINE: KindRow(
        *("article-magazine", "magazineArticle", "publicationTitle", "bib:Periodical"),
        *("MGZN", "article", "magazine", "Article", "cite magazine"),
    ),
    SourceKind.WEBPAGE: KindRow(
        *("webpage", "webpage", "websiteTitle", "z:Website"),
        *("ELEC", "online", "", "WebPage", "cite web"),
    ),
    SourceKind.BLOG: KindRow(
        *("post-weblog", "blogPost", "blogTitle", "z:Blog"),
        *("BLOG", "online", "blog", "BlogPosting", "cite web"),
    ),
    SourceKind.INTERVIEW: KindRow(
        *("interview", "interview", "", ""),
        *("GEN", "misc", "interview", "Interview", "cite interview"),
    ),
    SourceKind.TELEVISION: KindRow(
        *("broadcast", "tvBroadcast", "programTitle", "bib:Periodical"),
        *("VIDEO", "video", "television", "TVEpisode", "cite episode"),
    ),
    SourceKind.RADIO: KindRow(
        *("broadcast", "radioBroadcast", "programTitle", "bib:Periodical"),
        *("SOUND", "audio", "radio", "RadioEpisode", "cite episode"),
    ),
    SourceKind.PRESS_RELEASE: KindRow(
        *("webpage", "webpage", "websiteTitle", "z:Website"),
        *("PRESS", "online", "pressrelease", "Article", "cite press release"),
        genre="Press release",
    ),
    SourceKind.SPEECH: KindRow(
        *("speech", "presentation", "meetingName", ""),
        *("GEN", "misc", "speech", "CreativeWork", "cite speech"),
    ),
}
