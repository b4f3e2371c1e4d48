"""A news page as a browser saves it, with its furniture; invented words of invented speakers."""

FIRST = "We will count every boat in the harbour before the winter."
SECOND = "The harbour has been counted twice already."
MISSED = "a census of nothing at all"

SAVED_PAGE = f"""<!DOCTYPE html>
<!-- saved from url=(0046)https://www.harbour-post.example/news/boats-1 -->
<html lang="en-GB"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>Boats to be counted, committee hears | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<meta property="og:title" content="Boats to be counted, committee hears">
<meta property="article:published_time" content="2021-03-04T09:30:00+00:00">
<link rel="canonical" href="https://www.harbour-post.example/news/boats-1">
<script>window.dataLayer = [];</script><style>body {{ margin: 0 }}</style></head>
<body>
<div id="cookie-banner"><p>We use cookies. By clicking “Accept all” you agree.</p>
<button>Accept all</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li>
<li><a href="/sport">Sport</a></li><li><a href="/subscribe">Subscribe</a></li></ul></nav></header>
<main><article><h1>Boats to be counted, committee hears</h1>
<p class="byline">By Reporter One</p><time datetime="2021-03-04">4 March 2021</time>
<p>Every boat in the harbour is to be counted before the winter, the harbour committee heard on
Thursday evening, after a long discussion of the costs and of the weather.</p>
<p>“{FIRST}” said Anna Example, who chairs the committee. She added that the work would begin in
the spring, when the water is calm and the days are longer.</p>
<p>“{SECOND}” said Bert Sample, a fisherman who spoke from the public benches at some length
during the meeting.</p>
<p>A letter handed to the committee spoke of {MISSED}, and asked for the money to be spent on the
lighthouse instead. The committee did not discuss the letter on Thursday.</p>
<figure><img src="boats.jpg" alt=""><figcaption>Boats in the harbour. Photo: Agency</figcaption>
</figure>
<p>“I will not be counting any boats myself,” Anna Example said at the end of the meeting, and
laughter was heard from the public benches.</p></article>
<aside><h2>Most read</h2><ul><li><a href="/1">Ten recipes for herring</a></li>
<li><a href="/2">“I saw a whale”, says reader</a></li></ul></aside></main>
<footer><p>© 2021 The Harbour Post. All rights reserved.</p><p>Follow us</p></footer>
</body></html>
"""
