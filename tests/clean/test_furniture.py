from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.clean.furniture import find
from fogline.model import FurnitureKind

PROSE = "The bridge over the river was hit at dawn, the mayor said in a statement."
QUOTE = '"We hold the bridge and we will go on holding it," the officer said.'


def marked(text: str) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.span.of(text)) for piece in find(text)]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("menu", "ua en ru"),
        ("menu", "УКР | РУС | ENG"),
        ("menu", "English / Українська / Русский"),
        ("menu", "Home | News | War | Opinion | Contact"),
        ("menu", "Home » War » Kharkiv region"),
        ("menu", "Новини Політика Економіка Спорт Культура"),
        ("menu", "Skip to content"),
        ("menu", "Share on Facebook"),
        ("menu", "Tags: bridges, Oskil, shelling"),
        ("menu", "Поделиться"),
        ("related", "You may also like"),
        ("related", "Read also: Trains resume after a week of shelling"),
        ("related", "READ MORE – The road to the north is open again"),
        ("related", "Читайте також: На лівому березі тривають бої"),
        ("related", "Смотрите также: Дорога на север снова открыта"),
        ("form", "Sign up here to have our morning newsletter brought to your inbox every weekday."),
        ("form", "Want more of this? Follow the desk on Telegram."),
        ("form", "Never miss a story. Subscribe to the daily digest for free."),
        ("form", "Have a tip? E-mail us at desk@hp.example"),
        ("form", "Download our app from Google Play or the App Store."),
        ("form", "Хочете бачити більше? Приєднуйтесь до нашої спільноти у Viber."),
        ("form", "Долучайтеся до каналу редакції, щоб нічого не пропустити."),
        ("form", "Хочете бачити більше новин? Додайте нас у Google News"),
        ("form", "Читайте нас в Яндекс.Новостях и Дзене"),
        ("form", "Присылайте фото и видео в редакцию через Telegram."),
        ("form", "Leave a Comment"),
        ("form", "Comments (12)"),
        ("form", "Was this useful? Yes | No"),
        ("form", "3 comments"),
        ("form", "Your email address will not be published. Required fields are marked *"),
        ("form", "Save my name, email, and website in this browser for the next time I comment."),
        ("form", "Sign up for our morning newsletter and never miss a story."),
        ("form", "Підписуйтесь на наш Telegram-канал, щоб не пропустити важливе."),
        ("form", "Оставить комментарий"),
        ("notice", "This site uses Akismet to reduce spam."),
        ("notice", "We use cookies to improve your experience on our site."),
        ("notice", "© 2023 The Valley Courier. All rights reserved."),
        ("notice", "Advertisement"),
        ("notice", "Якщо ви знайшли помилку, виділіть її та натисніть Ctrl+Enter."),
        ("notice", "Если вы нашли ошибку, выделите её и нажмите Ctrl+Enter."),
        ("byline", "by Jane Roe – World Editor"),
        ("byline", "By Jane Roe and John Poe, The Valley Courier"),
        ("byline", "Автор: Марія Легка"),
        ("byline", "Published: 12 May 2023, 14:05"),
        ("byline", "Last updated 12 May 2023"),
        ("byline", "12 травня 2023, 10:15"),
        ("byline", "14:32"),
        ("byline", "Valley Courier, 3 March 2022"),
        ("byline", "By Valley Newswire and our staff"),
        ("byline", "(Reporting by Jane Roe in Kyiv; Editing by John Poe)"),
        ("caption", "Photo: Jane Roe"),
        ("caption", "Фото: прес-служба області"),
        ("caption", "A boat crosses the river below the bridge. Jane Roe/Getty Images"),
        ("caption", "A boat crosses the river below the bridge (photo: Getty Images)"),
        ("caption", "A boat on the river, May 2023. REUTERS/Jane Roe"),
        ("caption", "Міст після обстрілу (фото: Укрінформ)"),
    ],
)
def test_a_line_of_furniture_is_marked_wherever_it_stands(kind: str, line: str) -> None:
    for text in (f"{PROSE}\n\n{line}\n\n{QUOTE}", f"{PROSE}\n{line}\n{PROSE}", f"{line}\n{PROSE}", f"{PROSE}\n{line}"):
        assert marked(text) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        QUOTE,
        "Leave was cancelled for the whole brigade, its commander wrote.",
        "Share prices fell after the strike, brokers said.",
        "Subscribers to the city's power grid were cut off at noon.",
        "More than forty houses burned, rescuers said.",
        "Home guards took up posts at the bridge.",
        "News of the retreat reached the town by evening.",
        "By Monday the army had left the town.",
        "By Monday evening Ukrainian forces had left the town, he said.",
        "Published figures put the losses at 200, the ministry said.",
        "Photo evidence shows the bridge down, analysts said.",
        "Photographs taken by Reuters show a burning bridge.",
        "He told Reuters the bridge was gone.",
        "The mayor told AFP: the bridge stands.",
        "Source Signals: officials report that several hundred men were surrounded near the river.",
        "Baseline path: if the army keeps its pace, the town will be cut off within a month.",
        "Kupiansk direction: 5 attacks repelled",
        "Syrskyi said:",
        "He said: go home | and they went.",
        "The road (image of ruin) is closed.",
        "Ru, a village of 40 people, was taken.",
        "From Kharkiv, he drove to Izium.",
        "Фото моста показали вчера, сообщила область.",
        "Від удару загинули двоє людей, повідомила область.",
        "Автор удару невідомий, сказав мер.",
        "Реклама в городе запрещена с мая, сообщил мэр.",
        "Join the army, the governor told young men, and defend the bridge.",
        "Subscribe to peace, the bishop said in his newsletter.",
        "“Follow us on Telegram, and you will learn more,” the governor said.",
        "“Stay calm. Get to the shelters and watch our channel,” the mayor wrote.",
        "Follow-up strikes hit the channel on Monday, the governor said.",
        "Support for the city's new channel fell, a poll showed.",
        "Подписанный в мае договор о канале не действует, сообщил мэр.",
        "• The bridge was hit twice.",
        "- 14 drones shot down",
        "-5 °C at night",
    ],
)
def test_prose_is_not_marked(line: str) -> None:
    assert marked(f"{PROSE}\n\n{line}\n\n{PROSE}") == []
    assert marked(line) == []


TITLE = "Bridge over the river hit again, traffic stopped"


def test_a_title_is_marked_and_so_is_each_repetition() -> None:
    text = f"{TITLE}\n\n{TITLE}\n\n{PROSE}\n\n{TITLE.upper()}\n\n{QUOTE}"
    assert [kind for kind, _ in marked(text)] == ["title"] * 3


def test_a_title_with_the_outlet_behind_it_is_the_title() -> None:
    text = f"{TITLE} | Valley Courier\n{TITLE}\n{PROSE}\n{TITLE} - Hill Post\n{QUOTE}"
    assert [kind for kind, _ in marked(text)] == ["title", "title", "title"] or marked(text)[:2] == [
        ("title", f"{TITLE} | Valley Courier"),
        ("title", TITLE),
    ]


def test_a_title_joined_with_a_caption_is_told_from_it() -> None:
    text = f"{TITLE}\n{TITLE} Rescuers on the left bank after the strike (photo: AFP)\n{PROSE}"
    assert marked(text) == [
        ("title", TITLE),
        ("title", TITLE),
        ("caption", "Rescuers on the left bank after the strike (photo: AFP)"),
    ]


def test_a_title_joined_with_prose_leaves_the_prose() -> None:
    text = f"{TITLE}\n{TITLE} {PROSE}\n{QUOTE}"
    assert marked(text) == [("title", TITLE), ("title", TITLE)]


def test_a_paragraph_that_begins_with_the_words_of_the_title_is_prose() -> None:
    text = f"{TITLE}\n{TITLE} for an hour on Tuesday, the police said.\n{QUOTE}"
    assert marked(text) == [("title", TITLE)]


def test_a_given_title_is_known() -> None:
    text = f"{PROSE}\n{TITLE}\n{QUOTE}"
    assert [p.kind for p in find(text, TITLE)] == [FurnitureKind.TITLE]


def test_the_only_line_is_no_title() -> None:
    assert marked(TITLE) == []
    assert marked(f"{TITLE}\nOfficials deny it") == []


def test_headings_stand_between_prose() -> None:
    text = f"{PROSE}\n\nWhat is known so far\n\n{QUOTE}\nA second bridge falls\n{PROSE}\n\nWhy now?\n\n{PROSE}"
    assert [kind for kind, _ in marked(text)] == ["heading"] * 3


def test_short_lines_of_a_list_are_no_headings() -> None:
    text = f"{PROSE}\nNorth: 5 attacks\nEast: 7 attacks\nSouth: none\n{PROSE}"
    assert marked(text) == []


def test_a_line_that_introduces_a_quotation_is_no_heading() -> None:
    assert marked(f"{PROSE}\nThe officer said:\n{QUOTE}") == []


def test_the_titles_under_you_may_also_like_are_marked() -> None:
    text = f"{PROSE}\nYou may also like\nTrains resume after a week\nSchools open in the north\nLeave a Comment"
    assert [kind for kind, _ in marked(text)] == ["related"] * 3 + ["form"]


def test_prose_under_read_also_is_not_marked() -> None:
    text = f"{PROSE}\nRead also\nTrains resume after a week\n{PROSE}\n{QUOTE}"
    assert PROSE not in [words for _, words in marked(text)]
    assert QUOTE not in [words for _, words in marked(text)]


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("(The Valley Courier)- ", f"(The Valley Courier)- {PROSE}"),
        ("LOZOVA, May 12 (Hill Post) — ", f"LOZOVA, May 12 (Hill Post) — {PROSE}"),
        ("LOZOVA, Ukraine (AP) - ", f"LOZOVA, Ukraine (AP) - {PROSE}"),
        ("КИЇВ, 12 травня — ", "КИЇВ, 12 травня — Міст обстріляли вночі, повідомила область."),
        ("МОСКВА, 12 мая — Вестник. ", "МОСКВА, 12 мая — Вестник. Мост обстрелян ночью, сообщила область."),
    ],
)
def test_of_a_dateline_only_the_dateline_is_marked(head: str, line: str) -> None:
    assert marked(f"{line}\n{QUOTE}") == [("byline", head)]


def test_of_a_long_paragraph_only_the_credited_sentence_is_marked() -> None:
    line = " ".join([PROSE] * 8) + " Smoke over the left bank (photo: AFP)"
    assert marked(f"{line}\n{QUOTE}") == [("caption", "Smoke over the left bank (photo: AFP)")]


def test_a_caption_before_prose_on_one_line_leaves_the_prose() -> None:
    line = f"Smoke over the left bank (photo: AFP) {PROSE}"
    assert marked(f"{line}\n{QUOTE}") == [("caption", "Smoke over the left bank (photo: AFP)")]


def test_hard_wrapped_text_is_read_by_paragraph() -> None:
    text = (
        "Officials in the town said on Monday that the shelling, which began\n"
        "shortly before dawn, had damaged the bridge over the river and\n"
        "two apartment houses on the left bank, and that nobody had been\n"
        "hurt. The mayor asked people to stay at home until the evening\n"
        "and to keep away from the windows.\n\nWhat comes next\n\n"
        "Buses would run on Tuesday if the night was quiet, he said, and\n"
        "schools would open a week later than had been planned by the\n"
        "council in the autumn.\n"
    )
    assert marked(text) == [("heading", "What comes next")]


LINE = st.sampled_from(
    [PROSE, QUOTE, TITLE, "ua en ru", "Photo: AFP", "You may also like", "", "•", "(photo: X)", "\u200f"]
)
TEXT = st.lists(LINE | st.text(max_size=40), max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r", "\n\n", " "]).map(lambda end: end.join(lines))
)


@given(TEXT | st.text(max_size=200))
def test_furniture_lies_in_the_text_in_order_and_apart(text: str) -> None:
    pieces = find(text)
    assert list(pieces) == sorted(pieces)
    assert all(0 <= p.span.start < p.span.end <= len(text) for p in pieces)
    assert all(one.span.end <= two.span.start for one, two in pairwise(pieces))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "word " * 200_000,
        "The bridge stands. " * 50_000,
        "(photo: " * 125_000,
        "A B " * 250_000,
        "." * 1_000_000,
        " " * 1_000_000,
        "\n" * 1_000_000,
        "|" * 300_000,
        "«" * 300_000,
        "A/" * 200_000,
        "12:30 " * 100_000,
        "\u200f\u200e\u200b\ufeff" * 100_000,
        "Home\n" * 10_000,
        "Read also\nTitle here\n" * 5_000,
        "Short line here\n" * 10_000,
        ("Bridge hit again at dawn today " * 5 + "\n") * 3_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_texts_take_no_more_time_than_others(text: str) -> None:
    before = time.process_time()
    find(text)
    assert time.process_time() - before < 5


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "?!", "—", "\u200b", "\u200f\u200e", "\ufeff", "•\n•\n•", "\0"])
def test_next_to_nothing_is_no_furniture(text: str) -> None:
    assert marked(text) == []


def test_marks_of_direction_and_of_no_width_do_not_hide_furniture() -> None:
    assert [kind for kind, _ in marked(f"{PROSE}\n\u200fLeave a Comment\u200f\n\u200bua\u200b en ru\n{PROSE}")] == [
        "form",
        "menu",
    ]


OTHERS = (
    "Trains resume after a week of shelling",
    "Why did the bridge fall?",
    "Harvest begins under fire in the east",
    "What we know of the night raid",
    "Ten photographs from the ferry",
    "Power returns to four villages",
)


def test_titles_of_other_articles_in_a_row_are_marked_around_an_article() -> None:
    listed = "\n".join(OTHERS)
    found = marked(f"{PROSE}\n\n{QUOTE}\n\n{listed}\n\n{PROSE}\n{PROSE}")
    assert found == [("related", title) for title in OTHERS]


@pytest.mark.parametrize(
    "entries",
    [
        [f"{n} June – {place}" for n, place in enumerate(["Dubrova", "Lypky", "Verby", "Stara", "Nova", "Tykha"], 1)],
        [f"Tanks – {n} lost" for n in range(7)],
        [f"• Dubrova and {n} more villages" for n in range(7)],
    ],
)
def test_the_entries_of_a_reports_own_list_are_not(entries: list[str]) -> None:
    assert marked("\n".join([PROSE, *entries, PROSE])) == []


def test_a_list_that_a_colon_leads_to_is_the_reports_own() -> None:
    places = ["Dubrova", "Lypky", "Verby", "Stara Tykha", "Nova Tykha", "Krynky"]
    assert marked("\n".join([PROSE, "Under fire were:", *places, PROSE])) == []


def test_beginnings_of_other_articles_are_marked() -> None:
    begun = "The ferry across the reservoir ran again on Monday after a year, and the people of both banks, when […]"
    assert marked(f"{PROSE}\n\n{begun}\n\n{QUOTE}") == [("related", begun)]
    assert marked(f'{PROSE}\n\n"The bridge is gone, and with it..." the mayor said.\n\n{QUOTE}') == []


def test_what_readers_wrote_is_marked() -> None:
    said = "Jane\n12 May 2023\nI saw the bridge fall myself.\nReply\nJohn\nNobody believes that any more.\nReply"
    kinds = {text: kind for kind, text in marked(f"{PROSE}\n\n{QUOTE}\n\nComments (2)\n{said}\n")}
    assert kinds["I saw the bridge fall myself."] == kinds["12 May 2023"] == "form"
    assert kinds["Nobody believes that any more."] == "form"
    assert PROSE not in kinds
    assert marked(f"{PROSE}\n\nComments\n\n{QUOTE}\n\n{PROSE}") == [("form", "Comments")]
