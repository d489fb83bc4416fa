"""Claude as an analyzer."""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import httpx2
from anthropic import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AsyncAnthropic,
    BadRequestError,
    DefaultAsyncHttpxClient,
)
from anthropic.types import OutputConfigParam
from pydantic import BaseModel, BeforeValidator, ValidationError

from outfitter.adapters.ai.breaker import Breaker, may_pass
from outfitter.adapters.ai.fallback import ModelFailed
from outfitter.adapters.http_body import bounded
from outfitter.adapters.tracing import span
from outfitter.core.analysis import Analysis, Question
from outfitter.core.talk.prompt import Prompt, prompt_for
from outfitter.core.talk.reading import Rubbish, read

_MOST_TRIES = 3
_FIRST_WAIT = 0.5
_MOST_TOKENS = 64_000
# Of an answer as it comes; the longest that is read is a small part of it.
_MOST_BYTES = 2_000_000
_FAILURES_IN_A_ROW = 5
_REST = 15.0
_OVERLOADED = 529

Called = Callable[[str, float, int, int], None]

_dice = random.SystemRandom()


def _counted(given: object) -> int:
    return given if isinstance(given, int) and given > 0 else 0


def _fields(given: object) -> object:
    return given if isinstance(given, dict) else {}


# A token count that is missing or wrong, as behind a proxy, makes no answer worse.
_Count = Annotated[int, BeforeValidator(_counted)]


class _Block(BaseModel):
    """A part of an answer; only texts are read."""

    type: str
    text: str | None = None


class _Usage(BaseModel):
    """The tokens that were counted."""

    input_tokens: _Count = 0
    output_tokens: _Count = 0


class _Message(BaseModel):
    """What is read of an answer."""

    content: list[_Block]
    stop_reason: str | None = None
    usage: Annotated[_Usage, BeforeValidator(_fields)] = _Usage()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may cost: its tokens, and the seconds for one try."""

    tokens: int = 4000
    timeout: float = 20.0


class ClaudeAnalyzer:
    """Reads messages with a Claude model.

    `called` is told each try's outcome in a word, its seconds, and the tokens read and written.
    """

    def __init__(
        self,
        *,
        api_key: str,
        model: str,
        base_url: str | None = None,
        bounds: Bounds | None = None,
        called: Called | None = None,
    ) -> None:
        self._called = called or _untold
        self._model = model
        self._bounds = bounds or Bounds()
        self._takes_effort = True
        self._breaker = Breaker(_FAILURES_IN_A_ROW, _REST, time.monotonic)
        self._client = AsyncAnthropic(
            api_key=api_key,
            base_url=base_url,
            timeout=self._bounds.timeout,
            max_retries=0,
            open_telemetry=False,
            http_client=DefaultAsyncHttpxClient(**bounded(_MOST_BYTES)),
        )
        # At debug level the client would log whole requests, and with them what users write.
        logging.getLogger("anthropic").setLevel(logging.WARNING)

    async def __call__(self, question: Question, until: float) -> Analysis:
        """What the model makes of the question; raises `ModelFailed` when it makes nothing."""
        try:
            async with asyncio.timeout_at(until):
                return await self._ask(question, until)
        except TimeoutError:
            self._breaker.failed()
            raise ModelFailed("timeout") from None

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.close()

    async def _ask(self, question: Question, until: float) -> Analysis:
        """The only loop that tries again; the client itself never does."""
        prompt = prompt_for(question)
        tokens = self._bounds.tokens
        tries = 0
        while True:
            tries += 1
            try:
                return _analysis(await self._try(prompt, tokens), question)
            except ModelFailed as failure:
                wait = _wait(failure, tries, until)
                if wait is None:
                    raise
                if failure.reason == "truncated":
                    tokens = min(2 * tokens, _MOST_TOKENS)
            await asyncio.sleep(wait)

    async def _try(self, prompt: Prompt, tokens: int) -> _Message | None:
        if not self._breaker.asks():
            raise ModelFailed("resting")
        started, outcome, usage = time.monotonic(), "timeout", (0, 0)
        try:
            with span("claude") as call:
                call.set_attribute("gen_ai.request.model", self._model)
                message = await self._create(prompt, tokens)
                outcome, usage = "answered", _usage(message)
                call.set_attribute("gen_ai.usage.input_tokens", usage[0])
                call.set_attribute("gen_ai.usage.output_tokens", usage[1])
        except Exception as error:  # noqa: BLE001 - whatever the client meets, the turn goes on
            failure = _failure(error)
            outcome = failure.reason
            if failure.reason != "bad_request":
                self._breaker.failed()
            raise failure from None
        finally:
            self._called(outcome, time.monotonic() - started, *usage)
        self._breaker.worked()
        return message

    async def _create(self, prompt: Prompt, tokens: int) -> _Message | None:
        """One call; a model that knows no effort is asked once more without it."""
        effort = self._takes_effort
        try:
            return await self._send(prompt, tokens, effort=effort)
        except BadRequestError:
            if not effort:
                raise
        message = await self._send(prompt, tokens, effort=False)
        self._takes_effort = False
        return message

    async def _send(self, prompt: Prompt, tokens: int, *, effort: bool) -> _Message | None:
        shape: OutputConfigParam = {"format": {"type": "json_schema", "schema": prompt.schema}}
        if effort:
            shape["effort"] = "low"
        # The client's own reading checks no shape, and takes as long as sending.
        answer = await self._client.messages.with_raw_response.create(
            model=self._model,
            max_tokens=tokens,
            system=prompt.system,
            messages=[{"role": "user", "content": prompt.user}],
            output_config=shape,
        )
        return _message(await answer.read())


def _message(body: bytes) -> _Message | None:
    """What the model answered, None if that has no shape of an answer."""
    try:
        return _Message.model_validate_json(body)
    except ValidationError:
        return None


def _usage(message: _Message | None) -> tuple[int, int]:
    """The tokens read and written."""
    usage = message.usage if message else _Usage()
    return usage.input_tokens, usage.output_tokens


def _untold(_outcome: str, _seconds: float, _read: int, _written: int) -> None:
    """Nobody counts the calls."""


def _analysis(message: _Message | None, question: Question) -> Analysis:
    """The analysis in the message; why it stopped counts before what it says."""
    if message is None:
        raise ModelFailed("rubbish", again=0.0)
    reason = message.stop_reason
    text = next((block.text for block in message.content if block.type == "text"), None) or ""
    if reason == "refusal":
        raise ModelFailed("refused")
    if reason in {"max_tokens", "model_context_window_exceeded"}:
        raise ModelFailed("truncated", again=0.0 if reason == "max_tokens" else None)
    try:
        return read(text, question)
    except Rubbish:
        raise ModelFailed("rubbish", again=0.0) from None


def _failure(error: Exception) -> ModelFailed:
    """What went wrong in one word, and whether another try could help."""
    if isinstance(error, APITimeoutError):
        return ModelFailed("timeout", again=_FIRST_WAIT)
    if isinstance(error.__cause__, httpx2.DecodingError):
        return ModelFailed("rubbish", again=0.0)
    if isinstance(error, APIConnectionError):
        return ModelFailed("unreachable", again=_FIRST_WAIT)
    if not isinstance(error, APIStatusError):
        return ModelFailed("unexpected")
    status = error.status_code
    if may_pass(status):
        reason = {429: "rate_limited", _OVERLOADED: "overloaded"}.get(status, "server_error")
        return ModelFailed(reason, again=_asked_to_wait(error) or _FIRST_WAIT)
    return ModelFailed({401: "no_access", 403: "no_access"}.get(status, "bad_request"))


def _asked_to_wait(error: APIStatusError) -> float | None:
    """The seconds that the answer asks us to wait, if it does."""
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None


def _wait(failure: ModelFailed, tries: int, until: float) -> float | None:
    """How long to wait before the next try, None if there should be none."""
    if failure.again is None or tries >= _MOST_TRIES:
        return None
    if failure.again == 0.0:
        return 0.0 if tries == 1 else None
    wait: float = failure.again * 2 ** (tries - 1) * _dice.uniform(1.0, 1.5)
    return wait if asyncio.get_running_loop().time() + wait < until else None
