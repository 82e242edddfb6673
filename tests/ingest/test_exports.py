"""The exports of newspaper archives: each article by itself, with what the export says of it, and never two in one body."""

from __future__ import annotations

import pytest

from pipelines.ingest.exports import export_entries
from pipelines.vocabulary import RejectReason

LEAD = "The harbour board of Norvik voted on Monday to close the old pier."
SECOND = 'Board member Ada Lind called it "a late decision", and left early.'
TITLES = ["Pier to close", "Board meets again", "Who pays for the pier?"]


def nexis(number: int, of: int, title: str) -> str:
    return f"""
                               {number} of {of} DOCUMENTS


                              The Norvik Herald (Norvik)

                               May {number}, 2021 Monday

{title}

BYLINE: By Ada Roe
SECTION: LOCAL; Pg. {number}

LENGTH: 24 words

{LEAD}

{SECOND}

Note: the vote was open.

LOAD-DATE: May 9, 2021

LANGUAGE: ENGLISH

                        Copyright 2021 Norvik Papers
"""


def new_nexis(number: int, of: int, title: str) -> str:
    return f"""{title}
The Norvik Herald
{number}. Mai 2021 Montag

Section: LOCAL
Length: 24 words
Byline: Ada Roe
Body

{LEAD}

{SECOND}

Note: the vote was open.
Graphic

PHOTO: the pier
Classification

Language: ENGLISH
Load-Date: May 9, 2021

End of Document
"""


def proquest(number: int, of: int, title: str) -> str:
    return f"""____________________________________________________________

{title}

Author: Roe, Ada

Full text: {LEAD}

{SECOND}

Note: the vote was open.

Publication title: The Norvik Herald; Norvik

Publication date: May {number}, 2021

ProQuest document ID: 90000{number}
"""


def factiva(number: int, of: int, title: str) -> str:
    return f"""{title}

By Ada Roe
24 words
{number} May 2021
10:15
The Norvik Herald
NORHER
English
(c) 2021 Norvik Papers

{LEAD}

{SECOND}

Note: the vote was open.

Document NORHER0020210501eh510000{number}

"""


def coded_factiva(number: int, of: int, title: str) -> str:
    return f"""HD  {title}
BY  Ada Roe
WC  24 words
PD  {number} May 2021
SN  The Norvik Herald
LA  English
LP
{LEAD}

TD
{SECOND}

Note: the vote was open.

CO  pier : Pier Holdings
PUB Norvik Papers
AN  Document NORHER0020210501eh510000{number}
"""


def flat_nexis(number: int, of: int, title: str) -> str:
    """As it is when a program took the blanks away."""
    return "\n".join(line.strip() for line in nexis(number, of, title).split("\n"))


def labelled_nexis(number: int, of: int, title: str) -> str:
    """In the older order, with a label before headline and text."""
    text = nexis(number, of, title).replace(f"\n{title}\n\nBYLINE", "\nBYLINE")
    return text.replace(f"LENGTH: 24 words\n\n{LEAD}", f"LENGTH: 24 words\n\nHEADLINE: {title}\n\nBODY:\n{LEAD}")


FORMS = {
    "nexis": nexis,
    "flat nexis": flat_nexis,
    "labelled nexis": labelled_nexis,
    "new nexis": new_nexis,
    "proquest": proquest,
    "factiva": factiva,
    "coded factiva": coded_factiva,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("many", [1, 2, 3])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_article_of_an_export_comes_by_itself_with_what_is_said_of_it(form: str, many: int, ends: str) -> None:
    text = "".join(FORMS[form](number, many, title) for number, title in enumerate(TITLES[:many], 1)).replace("\n", ends)
    entries = export_entries(text)
    assert entries is not None
    assert [(entry.title, entry.date, entry.byline, entry.publisher, entry.reject) for entry in entries] == [
        (title, f"2021-05-0{number}", "Ada Roe", "The Norvik Herald", None) for number, title in enumerate(TITLES[:many], 1)
    ]
    assert [entry.text for entry in entries] == [f"{LEAD}\n\n{SECOND}\n\nNote: the vote was open."] * many
    assert {entry.format for entry in entries} == {form.split()[-1]}


def test_lines_that_an_archive_broke_are_joined_and_other_lines_stay() -> None:
    broken = LEAD.replace("voted", "voted\n").replace("\n ", "\n")
    (entry,) = (
        export_entries(nexis(1, 1, "Pier to close").replace(LEAD, broken.replace("voted\n", "which had met twice before, voted\n")))
        or []
    )
    assert entry.text
    assert entry.text.split("\n\n")[0].count("\n") == 0


def test_what_is_no_article_between_two_marks_is_rejected_and_takes_nothing_with_it() -> None:
    damaged = factiva(1, 2, "Pier to close").replace("24 words\n1 May 2021\n", "")
    entries = export_entries(damaged + factiva(2, 2, "Board meets again")) or []
    assert [entry.reject and entry.reject.reason for entry in entries] == [RejectReason.BAD_VALUE, None]
    assert LEAD in (entries[0].text or "")
    assert "factiva" in (entries[0].reject or ("", ""))[1]


def test_an_article_without_full_text_is_rejected_as_such() -> None:
    text = proquest(1, 1, "Pier to close").replace(
        f"Full text: {LEAD}\n\n{SECOND}\n\nNote: the vote was open.\n", "Abstract: The pier closes.\n"
    )
    (entry,) = export_entries(text) or []
    assert entry.reject
    assert entry.reject.reason is RejectReason.NO_TEXT


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLES[0]}\n\n{LEAD}\n\n{SECOND}",
        f"{LEAD}\n\nIt is one of 3 documents that the board keeps.\n\nThe end of document and all.",
        f"Body\n\n{LEAD}\n\nLength: 3 metres\n\n{SECOND}",
        f"{TITLES[0]}\n\n24 words\n\n{LEAD}\n\nDocument ends",
        f"TD  is a code\n\n{LEAD}\nHD  is another\n",
        "",
    ],
)
def test_other_texts_are_no_exports(text: str) -> None:
    assert export_entries(text) is None


def proquest_page(number: int, text: str) -> str:
    return (
        f"Document {number} of 2\n\nPier to close\n\nAuthor: Roe, Ada\n\nPublication info: Herald [Norvik]0{number} May 2021: A.4.\n\n"
        f"Full text: {text}\n\nPublication title: Herald\n\nProQuest document ID: 77{number}\n"
    )


def test_a_numbered_part_of_proquest_has_its_own_title_and_a_text_that_is_not_there_is_none() -> None:
    rule = "_" * 60
    entries = export_entries(f"\n{rule}\n\n".join([proquest_page(1, LEAD), proquest_page(2, "Not available.")]))
    assert entries is not None
    assert [(entry.title, entry.byline, entry.text) for entry in entries] == [
        ("Pier to close", "Ada Roe", LEAD),
        ("Pier to close", "Ada Roe", None),
    ]
    assert entries[1].reject is not None
    assert entries[1].reject.reason is RejectReason.NO_TEXT


def test_fields_of_factiva_are_read_with_one_blank_too_and_the_last_number_ends_with_its_line() -> None:
    article = f"HD {{}}\nBY Ada Roe\nWC 24 words\nPD 3 May 2021\nSN Herald\nLA English\nLP\n{LEAD}\n\nTD\n{SECOND}\n\nAN Document HER{{}}000020210503ek53\n\n"
    entries = export_entries(article.format("Pier", 1) + article.format("Quay", 2) + "Search Summary\nText pier\n")
    assert entries is not None
    assert [(entry.title, entry.id, entry.text) for entry in entries] == [
        (title, f"HER{number}000020210503ek53", f"{LEAD}\n\n{SECOND}") for number, title in enumerate(["Pier", "Quay"], 1)
    ]


def test_a_byline_of_factiva_in_a_paragraph_of_its_own_is_no_title() -> None:
    (entry,) = export_entries(
        f"Pier to close\n\nBy Ada Roe\n\n24 words\n3 May 2021\nHerald\nHER\nEnglish\n(c) 2021 Herald\n\n{LEAD}\n\nDocument HER0000020210503ek53\n"
    ) or [None]
    assert entry is not None
    assert (entry.title, entry.byline, entry.date) == ("Pier to close", "Ada Roe", "2021-05-03")


def test_a_section_in_capitals_above_the_title_is_no_title() -> None:
    (entry,) = export_entries(
        f"LOCAL\nPier to close\nAda Roe\n24 words\n3 May 2021\nHerald\nHER\nEnglish\n(c) 2021 Herald\n\n{LEAD}\n\nDocument HER0000020210503ek53\n"
    ) or [None]
    assert entry is not None
    assert (entry.section, entry.title, entry.byline) == ("LOCAL", "Pier to close", "Ada Roe")


@pytest.mark.parametrize(("archive", "label"), [("NewsBank", "Record Number"), ("EBSCO", "Accession Number")])
def test_several_articles_of_an_archive_that_is_not_split_are_refused_by_its_name(archive: str, label: str) -> None:
    one = f"Pier to close\n\n{LEAD}\n\n{label}: 12\n\n"
    (entry,) = export_entries(one * 2) or [None]
    assert entry is not None
    assert entry.reject is not None
    assert archive in entry.reject.message
    assert "2 articles" in entry.reject.message
    assert export_entries(one) is None


def test_lines_of_factiva_that_a_page_parts_are_read_as_one_block() -> None:
    page = [
        "Quay to close",
        "By Ada Roe",
        "12 words",
        "3 May 2024",
        "The Post",
        "POST",
        "English",
        "(c) 2024 The Post",
        "It closes.",
    ]
    (entry,) = export_entries("\n\n".join([*page, "Document POST000020240503ek5300001"])) or []
    assert (entry.title, entry.byline, entry.date, entry.text) == ("Quay to close", "Ada Roe", "2024-05-03", "It closes.")


def test_a_section_in_capitals_above_the_title_is_no_part_of_it() -> None:
    text = "LOCAL NEWS\nPier to close\n\nAda Roe\n12 words\n3 May 2024\nThe Post\nPOST\nEnglish\n(c) 2024 The Post\n\nIt closes.\n\nDocument POST000020240503ek5300001\n"
    (entry,) = export_entries(text) or []
    assert (entry.title, entry.section, entry.byline) == ("Pier to close", "LOCAL NEWS", "Ada Roe")


@pytest.mark.parametrize(
    "foot", ["news·20240503·SE·0{}", "Alla artiklar är skyddade av upphovsrättslagen. {}", "Gale Document Number: GALE|A{}"]
)
def test_exports_of_archives_that_are_not_split_are_refused_by_the_line_behind_each_article(foot: str) -> None:
    articles = [f"{TITLES[n]}\n\n{LEAD}\n\n{foot.format(n)}\n\n" for n in range(2)]
    (entry,) = export_entries("".join(articles)) or []
    assert entry.reject is not None
    assert entry.reject.reason is RejectReason.UNSUPPORTED_FORMAT
    assert export_entries(articles[0]) is None


def test_what_is_reserved_stands_behind_the_copyright_and_is_no_text() -> None:
    page = nexis(1, 1, TITLES[0]).rstrip() + "\n\nCopyright 2021 Norvik Herald\n\nAll Rights Reserved\n"
    (entry,) = export_entries(page) or []
    assert (entry.text or "").endswith("Note: the vote was open.")
