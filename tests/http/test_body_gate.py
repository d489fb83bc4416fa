"""Bodies on their way to the application."""

from starlette.types import Message, Receive, Scope, Send

from outfitter.http.limits import BodyGate

POST: Scope = {"type": "http", "method": "POST", "headers": []}


async def test_what_came_of_a_body_is_no_request_once_its_sender_left() -> None:
    sent: list[Message] = []
    came = iter(
        (
            {"type": "http.request", "body": b'{"message": "hi"}', "more_body": True},
            {"type": "http.disconnect"},
        )
    )

    async def receive() -> Message:
        return next(came)

    async def send(message: Message) -> None:
        sent.append(message)

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise AssertionError

    await BodyGate(app)(POST, receive, send)

    assert not sent
