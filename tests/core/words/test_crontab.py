"""When a text says that something is done again, as cron writes it."""

from time import process_time

import pytest

from outfitter.core.words.timetable import Timetable, timetable


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("every weekday at half past seven", ["30 7 * * 1-5"]),
        ("every day at ten to nine", ["50 8 * * *"]),
        ("at 6 in the morning and 6 in the evening", ["0 6,18 * * *"]),
        ("every day at 0900", ["0 9 * * *"]),
        ("three times a day, at 9, 13 and 17", ["0 9,13,17 * * *"]),
        ("every half hour between 9 and 17", ["*/30 9-16 * * *", "0 17 * * *"]),
        ("every 2 hours from 9am to 5pm on weekdays", ["0 9-17/2 * * 1-5"]),
        ("Mon, Wed and Fri at 9am", ["0 9 * * 1,3,5"]),
        ("only in December, every day at 9", ["0 9 * 12 *"]),
        ("weekly, check the queue", ["0 8 * * 1"]),
        ("quarterly, check the queue", ["0 8 1 1,4,7,10 *"]),
        ("on the 15th at nine o'clock, monthly", ["0 9 15 * *"]),
        ("9am post it every day", ["0 9 * * *"]),
        ("Sundays, back it up", ["0 8 * * 0"]),
        ("on the 1st of every month at 8:00", ["0 8 1 * *"]),
        ("am Ersten jedes Monats um 9 Uhr", ["0 9 1 * *"]),
        ("cron 0 4 * * 1-5: back it up", ["0 4 * * 1-5"]),
        ("jeden Werktag um halb acht", ["30 7 * * 1-5"]),
        ("jeden Tag um Viertel vor neun", ["45 8 * * *"]),
        ("montags bis samstags um 6 Uhr", ["0 6 * * 1-6"]),
        ("tous les vendredis à 18 heures", ["0 18 * * 5"]),
        ("tous les quarts d'heure", ["*/15 * * * *"]),
        ("de lunes a viernes a las siete y media", ["30 7 * * 1-5"]),
        ("los viernes a las cinco de la tarde", ["0 17 * * 5"]),
        ("every working day at 8.15", ["15 8 * * 1-5"]),
        ("at 6pm and 9am post the news", ["0 9,18 * * *"]),
        ("at 6 and 9pm post the news", ["0 18,21 * * *"]),
        ("every day at 6:30 and 18:45", ["30 6 * * *", "45 18 * * *"]),
        ("at 12am and 12pm post it", ["0 0,12 * * *"]),
        ("post it at 9 every day", ["0 9 * * *"]),
        ("run it daily at 9", ["0 9 * * *"]),
        ("every Monday and Thursday at 9 and 18 post it", ["0 9,18 * * 1,4"]),
        ("every Monday to Friday at 8", ["0 8 * * 1-5"]),
        ("weekly on Friday at noon", ["0 12 * * 5"]),
        ("on the 15th of every month at 10am", ["0 10 15 * *"]),
        ("every evening at 8 post it", ["0 20 * * *"]),
        ("every night at 2 back it up", ["0 2 * * *"]),
        ("every night at 11 back it up", ["0 23 * * *"]),
        ("at 9 in the evening", ["0 21 * * *"]),
        ("hourly, check the weather", ["0 * * * *"]),
        ("close duplicates, every 15 minutes", ["*/15 * * * *"]),
        ("every other hour", ["0 */2 * * *"]),
        ("Jeden Montag um 8 Uhr lies meine Mails", ["0 8 * * 1"]),
        ("jeden Abend um 8", ["0 20 * * *"]),
        ("todos los días a las 7 revisa mi calendario", ["0 7 * * *"]),
        ("chaque vendredi à 17h30, résume les tickets", ["30 17 * * 5"]),
        (
            "Every Sunday at 18:45 save it and every day at 6am post it",
            ["45 18 * * 0", "0 6 * * *"],
        ),
        ("tell me every Monday at 9 what meetings I have at 3pm", ["0 9 * * 1"]),
    ],
)
def test_a_time_that_is_named_is_the_time_of_cron(text: str, lines: list[str]) -> None:
    assert list(timetable([text]).lines) == lines


def test_days_without_an_hour_begin_at_eight() -> None:
    assert timetable(["post it every Friday"]).lines == {"0 8 * * 5": "every Friday"}


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("check Gmail twice a day", "twice a day"),
        ("each first Monday of the month", "each first Monday of the month"),
        ("every other day at 9", "every other day at 9"),
        ("every 7 minutes", "every 7 minutes"),
        ("every evening", "every evening"),
        ("at sunset turn on the lights", "at sunset"),
        ("at 25:70 post it", "at 25:70"),
        ("on Friday at 9 post it", "on Friday at 9"),
        ("tonight move all files", "tonight"),
        ("every day in summer at 7 send it", "every day in summer at 7"),
        ("every weekday except holidays at 9", "every weekday except holidays at 9"),
        ("every day until March post it", "every day"),
        ("hourly during office hours", "hourly during office hours"),
        ("every Monday post it at 9", "every Monday"),
        ("jeden zweiten Dienstag posten", "jeden zweiten Dienstag"),
        ("on New Year's Day send a greeting", "on New Year's Day"),
    ],
)
def test_a_time_that_cron_cannot_tell_is_told_and_not_come_near_to(text: str, odd: str) -> None:
    assert timetable([text]) == Timetable(untold=(odd,))


@pytest.mark.parametrize(
    "text",
    [
        "book a table at 7pm",
        "remind me at 5pm of the meeting",
        "never on weekends",
        "not more than 5 mails a day",
        "list all issues that are due by Friday 5pm",
        "post the weekly report",
    ],
)
def test_what_tells_no_time_of_the_work_is_left_alone(text: str) -> None:
    assert timetable([text]) == Timetable()


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (["post it every day at 9", "not on weekends"], ["0 9 * * 1-5"]),
        (["post it every hour", "no Sundays please"], ["0 * * * 1-6"]),
        (["every day except weekends at 9"], ["0 9 * * 1-5"]),
        (["only in December", "every day at 9 post it"], ["0 9 * 12 *"]),
    ],
)
def test_days_that_are_left_out_are_left_out_of_the_line(
    texts: list[str], lines: list[str]
) -> None:
    assert list(timetable(texts).lines) == lines


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("every weekday at 7:30 Berlin time", "Berlin time"),
        ("daily at 15:00 UTC", "UTC"),
        ("at 9am my time every day", ""),
    ],
)
def test_a_named_clock_makes_the_hours_uncertain(text: str, zone: str) -> None:
    table = timetable([text])
    assert (table.zone, table.is_certain) == (zone, not zone)
    assert table.lines


@pytest.mark.parametrize(
    "text",
    [
        "whenever a mail comes, save it",
        "sobald eine Bestellung eingeht",
        "dès qu'une commande est passée",
        "en cuanto entre un pedido",
        "收到邮件时转发到 Slack",
    ],
)
def test_what_is_waited_for_is_looked_for_again_and_again(text: str) -> None:
    assert timetable([text]) == Timetable({"*/15 * * * *": text}, awaited=text)


def test_a_time_by_itself_beside_work_that_has_one_is_asked_about() -> None:
    table = timetable(["every day at 9 post it", "9 pm of course"])
    assert table.untold == ("9 pm of course",)
    assert not timetable(["every day at 9 post it", "every Friday sum it up"]).untold


@pytest.mark.parametrize(
    "text", ["no schedule please", "I'll start it by hand", "kein Zeitplan, ich starte es selbst"]
)
def test_who_starts_it_by_hand_has_no_line(text: str) -> None:
    assert timetable(["every day at 9 post it", text]) == Timetable(by_hand=text)


def test_an_adjective_tells_how_often_where_nothing_else_does() -> None:
    assert list(timetable(["post a weekly summary"]).lines) == ["0 8 * * 1"]
    assert list(timetable(["daily digest of the news at noon", "every Friday"]).lines) == [
        "0 8 * * 5"
    ]


PIECES = (
    *("at 9, ", "every day at 9 and ", "12:30, ", "every ", "1 h "),
    *("at 9 every day ", "every Monday "),
)


@pytest.mark.parametrize("piece", PIECES)
def test_the_longest_text_is_looked_through_in_no_time(piece: str) -> None:
    began = process_time()
    timetable([piece * (16_000 // len(piece))])
    assert process_time() - began < 1
