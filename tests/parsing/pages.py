"""Web pages as a browser saves them, made of given paragraphs and the furniture of a news site."""

from collections.abc import Sequence
from html import escape

HEAD = """<!DOCTYPE html>
<!-- saved from url=(0042){url} -->
<html lang="en-GB"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{headline} | {outlet}</title>
{meta}
<link rel="stylesheet" href="./page_files/site.css">
<script async src="./page_files/ads.js"></script>
<script>window.dataLayer=[{{"a":"<p>not text</p>"}}];if(1<2&&3>2){{var x="</p>";}}</script>
<style>.related{{float:right}} .byline::before{{content:"“By”"}}</style></head>"""
TOP = """<body class="single"><a class="skip" href="#main">Skip to main content</a>
<header><nav class="navigation" aria-label="Main">
<ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li>
<li><a href="/jobs">Jobs</a></li><li><a href="/sign-in">Sign in</a></li></ul></nav>
<form action="/search"><input name="q" value=""><button>Search</button></form></header>
<div class="cookie-banner" role="dialog"><p>We use cookies to improve your experience.</p>
<button>Accept</button></div>
<main id="main"><article class="post">
<h1 class="entry-title">{headline}</h1>{byline}{date}
<ul class="share-buttons"><li><a href="#">Share on Facebook</a></li>
<li><a href="#">Tweet</a></li></ul>
<div class="entry-content">"""
PICTURE = (
    '<figure><img src="./page_files/1.jpg" alt="A street"><figcaption>A street. '
    "Photo: Picture Agency</figcaption></figure>"
)
BOTTOM = """</div><div class="related-articles"><h3>Related articles</h3><ul>
<li><a href="/a">Expert guide to the case</a></li>
<li><a href="/b">Taskforce: final report delayed</a></li></ul></div>
<div id="comments"><p>Comments are closed.</p></div></article>
<aside class="sidebar"><h2>Most read</h2>
<ol><li><a href="/c">How the world's oldest tree defied an empire</a></li></ol>
</aside></main><footer><nav><a href="/about">About us</a> <a href="/privacy">Privacy</a></nav>
<p>Copyright © 2020 {outlet}. All rights reserved.</p></footer>
<script src="./page_files/end.js"></script></body></html>"""


def saved_page(
    headline: str,
    paragraphs: Sequence[tuple[str, str]],
    *,
    outlet: str = "The Example Gazette",
    byline: str = "",
    published: str = "",
    url: str = "https://www.example.org/news/2009/a-story",
    charset: str = "utf-8",
) -> str:
    """Return a page; `paragraphs` are (tag, words), `published` an ISO date for the meta tags."""
    meta = [f'<meta property="og:site_name" content="{escape(outlet)}">']
    meta += [f'<meta property="og:title" content="{escape(headline)}">']
    meta += [f'<link rel="canonical" href="{escape(url)}">']
    if byline:
        meta += [f'<meta name="author" content="{escape(byline)}">']
    if published:
        meta += [f'<meta property="article:published_time" content="{published}T09:30:00Z">']
    values = {
        "url": url,
        "charset": charset,
        "headline": escape(headline),
        "outlet": escape(outlet),
        "meta": "\n".join(meta),
        "byline": f'<p class="byline">By <a href="/by">{escape(byline)}</a></p>' if byline else "",
        "date": f'<time datetime="{published}">{published}</time>' if published else "",
    }
    body = [f"<{tag}>{escape(words, quote=False)}</{tag}>" for tag, words in paragraphs]
    if len(body) > 2:
        body.insert(1, PICTURE)
    return "\n".join([HEAD.format(**values), TOP.format(**values), *body, BOTTOM.format(**values)])
