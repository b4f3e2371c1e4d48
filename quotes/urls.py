"""Addresses of quotes and of where they stand. Ids and slugs that can't be one are a plain 404."""

from django.urls import path, re_path

from quotes.views import (
    agreement,
    articles,
    camps,
    cards,
    codebook,
    compare,
    dataset,
    downloads,
    files,
    home,
    machines,
    mementos,
    network,
    outlets,
    policies,
    profile,
    quote,
    quotes,
    responsibility,
    targets,
    utterances,
    versions,
)

PUBLIC_ID = r"(?P<public_id>[0-9A-Za-z]{8})"
ENDING = (
    r"(?P<ending>json|jsonld|csl\.json|record\.csl\.json|bib|biblatex|ris|txt|annotation\.json)"
)
LIST_ENDING = r"(?P<ending>csv|jsonl|json|ris|bib|biblatex|csl\.json)"
VERSION = r"v(?P<number>[1-9][0-9]{0,5})"
SLUG = r"(?P<slug>[-\w]{1,80})"

urlpatterns = [
    path("", home.home, name="home"),
    path("about", home.about, name="about"),
    path("how-to-search", quotes.search_help, name="search_help"),
    path("quotes", quotes.quote_list, name="quotes"),
    re_path(r"^quotes/facets/(?P<name>[a-z]{1,20})\Z", quotes.facet_values, name="facet_values"),
    re_path(rf"^quotes\.{LIST_ENDING}\Z", downloads.download, name="download"),
    path("quotes.atom", downloads.feed, name="feed"),
    path("data", dataset.dataset, name="dataset"),
    path("data/columns", downloads.columns, name="columns"),
    re_path(r"^data/(?P<name>[a-z]{1,20})\.csv\Z", dataset.table, name="dataset_table"),
    re_path(
        r"^data/(?P<file>dataset-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}\.zip)\Z",
        dataset.archive,
        name="dataset_archive",
    ),
    re_path(rf"^q/{PUBLIC_ID}\Z", quote.quote, name="quote"),
    re_path(rf"^q/{PUBLIC_ID}/{VERSION}\Z", versions.quote_version, name="quote_version"),
    re_path(rf"^q/{PUBLIC_ID}\.{ENDING}\Z", files.quote_file, name="quote_file"),
    re_path(rf"^q/{PUBLIC_ID}/{VERSION}\.{ENDING}\Z", files.version_file, name="version_file"),
    re_path(rf"^q/{PUBLIC_ID}/{VERSION}/linkset\.json\Z", files.linkset, name="linkset"),
    re_path(
        rf"^q/{PUBLIC_ID}/{VERSION}/card\.(?P<ending>svg|png)\Z",
        cards.share_card,
        name="share_card",
    ),
    re_path(rf"^embed/q/{PUBLIC_ID}\Z", files.embed, name="embed"),
    path("unapi", files.unapi, name="unapi"),
    path("oembed", files.oembed, name="oembed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    re_path(
        r"^sitemap-(?P<page>[1-9][0-9]{0,4})\.xml\Z", machines.sitemap_page, name="sitemap_page"
    ),
    re_path(rf"^q/{PUBLIC_ID}/history\Z", versions.history, name="quote_history"),
    re_path(rf"^q/{PUBLIC_ID}/timegate\Z", mementos.timegate, name="timegate"),
    re_path(rf"^q/{PUBLIC_ID}/timemap\Z", mementos.timemap, name="timemap"),
    # Words for people, in a copied address; they are never looked at.
    re_path(rf"^q/{PUBLIC_ID}/(?!v[0-9]+\Z)[-\w]{{1,200}}\Z", quote.with_words, name="quote_words"),
    path("policies", policies.policies, name="policies"),
    path("corrections", policies.corrections, name="corrections"),
    path("report", policies.report, name="report"),
    re_path(rf"^people/{SLUG}\Z", profile.person, name="person"),
    re_path(
        rf"^people/{SLUG}/positions\.(?P<ending>csv|svg)\Z", profile.person_file, name="person_file"
    ),
    path("articles", articles.article_list, name="articles"),
    re_path(rf"^articles/{PUBLIC_ID}\Z", articles.article, name="article"),
    path("outlets", outlets.outlet_list, name="outlets"),
    re_path(rf"^outlets/{SLUG}\Z", outlets.outlet, name="outlet"),
    path("targets", targets.target_list, name="targets"),
    re_path(rf"^targets/{SLUG}\Z", targets.target, name="target"),
    re_path(
        rf"^targets/{SLUG}/(?P<name>sides|timeline|shares)\.(?P<ending>csv|svg)\Z",
        targets.target_file,
        name="target_file",
    ),
    path("codebook", codebook.codebook, name="codebook"),
    re_path(rf"^codebook/{SLUG}\Z", codebook.entry_history, name="codebook_entry"),
    path("compare", compare.matrix, name="compare"),
    re_path(r"^compare\.(?P<ending>csv|svg)\Z", compare.matrix_file, name="compare_file"),
    path("network", network.network_page, name="network"),
    path("network/tie", network.tie, name="network_tie"),
    re_path(
        r"^network\.(?P<ending>graphml|dl|csv|matrix\.csv|svg)\Z",
        network.network_file,
        name="network_file",
    ),
    path("camps", camps.camps_page, name="camps"),
    re_path(r"^camps\.(?P<ending>csv|svg)\Z", camps.camps_file, name="camps_file"),
    path("responsibility", responsibility.responsibility, name="responsibility"),
    re_path(
        r"^responsibility\.(?P<ending>graphml|csv|svg)\Z",
        responsibility.responsibility_file,
        name="responsibility_file",
    ),
    path("agreement", agreement.agreement, name="agreement"),
    path("agreement.json", agreement.agreement_json, name="agreement_json"),
    re_path(rf"^agreement/{SLUG}\Z", agreement.target_agreement, name="target_agreement"),
    re_path(rf"^utterances/{PUBLIC_ID}\Z", utterances.utterance, name="utterance"),
    path("healthz", machines.healthz, name="healthz"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("robots.txt", machines.robots, name="robots"),
]
