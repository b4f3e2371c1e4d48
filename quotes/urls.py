"""Addresses of quotes and of where they stand. Ids and slugs that can't be one are a plain 404."""

from django.urls import path, re_path

from quotes.views import articles, home, machines, outlets, quote, quotes, targets, utterances

PUBLIC_ID = r"(?P<public_id>[0-9A-Za-z]{8})"
SLUG = r"(?P<slug>[-\w]{1,80})"

urlpatterns = [
    path("", home.home, name="home"),
    path("about", home.about, name="about"),
    path("quotes", quotes.quote_list, name="quotes"),
    re_path(rf"^q/{PUBLIC_ID}\Z", quote.quote, name="quote"),
    path("articles", articles.article_list, name="articles"),
    re_path(rf"^articles/{PUBLIC_ID}\Z", articles.article, name="article"),
    path("outlets", outlets.outlet_list, name="outlets"),
    re_path(rf"^outlets/{SLUG}\Z", outlets.outlet, name="outlet"),
    path("targets", targets.target_list, name="targets"),
    re_path(rf"^targets/{SLUG}\Z", targets.target, name="target"),
    re_path(rf"^utterances/{PUBLIC_ID}\Z", utterances.utterance, name="utterance"),
    path("healthz", machines.healthz, name="healthz"),
    path("robots.txt", machines.robots, name="robots"),
]
