"""Names that pages give to elements, classes, types and fields: English, whatever language a page is in.

Words of texts do not stand here but in `seeds/languages`.
"""

from __future__ import annotations

import re

ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle ReviewNewsArticle "
    "AskPublicNewsArticle AdvertiserContentArticle BlogPosting LiveBlogPosting SocialMediaPosting Report TechArticle "
    "ScholarlyArticle Review Recipe MediaNewsArticle DiscussionForumPosting".split()
)
ORGANISATION_TYPES = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})
PAGE_TYPES = frozenset({"WebPage", "ItemPage", "VideoObject"})

TITLE_META = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title", "title")
PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dc.date",
    "dc.date.created",
    "dcsext.articlefirstpublished",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "published_time",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "article:created",
    "article_date_original",
    "originalpublicationdate",
    "article_published_time",
    "bt:pubdate",
    "rnews:datepublished",
    "timestamp",
    "last-publish-date",
    "date",
)
MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "article:updated",
    "lastmod",
    "last-modified",
    "revision_date",
    "modified",
)
AUTHOR_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.author",
    "byl",
    "cxenseparse:author",
    "article:author_name",
    "og:article:author",
    "article.author",
    "dcsext.author",
    "citation_author",
    "dable:author",
    "articleauthor",
    "creator",
)
# Classes of elements that hold nothing but the authors, also as the last part of a name: "meta__author", "article-author".
AUTHOR_CLASSES = (
    "author authors writer reporter journalist contributor signature firma muhabir penulis autor autora autore auteur auteurs verfasser redakteur author__name "
    "author-name article-byline field--name-uid"
).split()
AUTHOR_PARTS = "author authors autor autora autore auteur".split()
AUTHOR_PATH = re.compile(
    r"/(?:authors?|writers?|reporters?|journalists?|autor(?:en|es|e|a)?|auteurs?|redakteure?|periodistas?|yazar(?:lar)?|muhabir|penulis|byline)/[^/]",
    re.I,
)
AUTHOR_CARD = re.compile(r"(?:^|[\s_-])(?:author|autor|auteur|writer)(?:$|[\s_-])", re.I)  # what tells of the author
COMMENT = re.compile(r"(?:^|\s)comments?(?:$|\s|[-_](?!open|close|enabled|count|link))", re.I)  # what holds what readers say
BOX_TAGS = frozenset(("div", "li", "ol", "ul", "section", "article"))  # that may hold all comments, or one
SITE_META = ("og:site_name", "application-name", "twitter:app:name:iphone", "dc.publisher")
SECTION_META = ("article:section", "parsely-section", "sailthru.section", "section")

XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MONTH_FIRST = frozenset(("", "us"))  # the country of an English page whose 11/05/2024 may be in November, "" where it names none
TEXT_FIELD = "text"  # of a piece of a paragraph, in the data from which scripts build a page

DESCRIPTION_META = ("og:description", "description", "twitter:description", "dc.description")

PUBDATE = re.compile(
    r"pub-?_?date|publi(?:sh|cation)(?:ed)?[-_]?(?:date|time|on)|date[-_]?(?:posted|published|publication)|posted[-_]?(?:on|date)",
    re.I,
)

STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|stand-first|sub-?title|sub-?head(?:line|ing)?|dek|deck|chapo|chapeau|vorspann|lead|lede|intro|excerpt|entradilla|bajada|"
    r"copete|opener|perex|spot|subtitulo|sottotitolo|sommario|ingress|description|desc|summary|preamble|teaser)(?:$|[\s]|__text|-text)",
    re.I,
)

KICKER = re.compile(
    r"kicker|overline|topline|dachzeile|roofline|spitzmarke|rubri|category|eyebrow|label|section|pretitle|headline-?intro|sr-only|visually-?hidden",
    re.I,
)

BADGE = re.compile(r"badge|premium|paywall-?(?:icon|label|flag)|(?:^|[\s_-])label", re.I)  # for subscribers, on a headline

# What holds a picture's caption, or something that is no part of an article.
PICTURE = re.compile(
    r"caption|credit|legend|image|photo|figure|media|video|gallery|quote|ad[-_ ]|advert|promo|newsletter|subscri|related|share|social|embed",
    re.I,
)

CAPTION = re.compile(
    r"(?:^|[\s_-])caption|bildunterschrift|bildtext|billedtekst|onderschrift|didascalia|pie-?(?:de-?)?foto|cutline|(?:^|[\s_-])l[eé]gend[ea]?(?:$|[\s_-])|"
    r"(?:picture|image|photo|img|foto)[-_]*desc",
    re.I,
)
PICTURE_ELEMENTS = ("img", "picture", "amp-img", "video")

CONSENT = re.compile(
    # "cmp-text" and its like are parts of any page in one CMS
    r"cookie|consent|gdpr|cmp-(?:banner|box|consent|dialog|layer|modal|overlay|pop-?up|root|ui|wrapper)|cmpbox|didomi|onetrust|sp_message|usercentrics|truste|privacy-?(?:banner|wall|overlay|notice)",
    re.I,
)
# What asks to subscribe; and fields that are filled in by hand.
SIGN_UP = re.compile(r"newsletter|sign-?_?up|regwall|pay-?wall|subscri(?:be|ption)", re.I)
WRITTEN_IN = frozenset(("", "text", "email"))

# Attributes for which extractors leave elements out, and names of what is no part of an article though it holds several sentences.
HIDING = ("class", "id", "style", "role", "aria-hidden", "data-component", "data-lp-replacement-content")
NO_PART = re.compile(
    r"(?<!un)related|recommend|promo|newsletter|sign-?_?up|sponsor|outbrain|taboola|advert|copyright|caption|credit|popular|trending|"
    r"donat|support|follow|disclaim|teasers|gallery|carousel|modal|pop-?up|cta|buy-?box|glossary|tooltip|drawer|banner|register|sign-?in|log-?in|"
    r"subscribe(?!r)|embed|(?:^|[\s_-])ads?(?:$|[\s_-])",
    re.I,
)
# Names of what seldom is a part of an article.
SELDOM_PART = re.compile(r"author|(?:^|[\s_-])bio|sidebar|nav|footer|tags|message|social|share", re.I)
AMONG_PARAGRAPHS = re.compile(r"author|footer|tags|nav|sidebar|comment", re.I)  # of which none stands between two paragraphs

EVENT = re.compile(r"(?:^|[\s_-])(?:events?|calendar|agenda|termine?|kalender)(?:$|[\s_-])", re.I)
# What points to another story, between paragraphs.
POINTER = re.compile(
    r"lire-?aussi|read-?(?:more|also|next)|see-?also|leggi-?anche|lees-?ook|lesen-?sie|baca-?juga|leia-?tambem|lea-?tambien|czytaj-?tak|las-?ocksa|related",
    re.I,
)

EMBED = re.compile(
    r"twitter-tweet|twitter-video|instagram-media|bluesky-embed|mastodon-embed|tiktok-embed|social-post|threads-post|truth-social|fb-post|telegram-post",
    re.I,
)

# Elements in which pages without headings put their headline.
HEADING_ELEMENTS = ("h2", "h3", "h4", "b", "strong", "font", "span", "div", "p", "td", "center", "big")

STYLING_ELEMENTS = ("font", "center")  # which old pages use as containers
DATA_ATTRIBUTE = "data-"  # how the names of attributes begin in which scripts keep what they show
LOOSE_TEXT_HOLDERS = ("font", "center", "div", "section", "article", "main", "td", "body")  # in which text may stand by itself
HEADINGS_OF_CARDS = ("h2", "h3", "h4", "h5")  # that lead to other stories
# What a walk over a page meets, for the parser; elements that show nothing; and elements that end a line and are none of those that hold others.
WALKED = ("start", "end", "comment", "pi")
SILENT_ELEMENTS = frozenset(("script", "style"))
ARTICLE_ELEMENTS = frozenset(("body", "main", "article"))  # that may hold the whole article
LINE_ELEMENTS = frozenset(("li", "tr", "dt", "dd", "h5", "h6", "pre", "header", "footer", "main", "figcaption", "address"))
# Tags of elements that part paragraphs, and of those that stand within one.
BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|"
    r"pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
FRAME_ELEMENTS = ("frameset", "noframes")
FRAME_TAG = re.compile(r"</?(?:frameset|frame|noframes)\b[^<>]*>", re.IGNORECASE)
BREAK_TAG = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
INLINE_TAG = re.compile(r"</?(?!(?:body|br|head|html|link|meta|p|script|style|title)\b)[a-z][^<>]*>", re.IGNORECASE)
