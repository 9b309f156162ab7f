"""The secrets that this process was given, and how texts and logs are kept free of them.

Keys, tokens and passwords are remembered when a model is found or a client is made, wherever they
come from; errors, events and log records of this library and of those that it calls are then cleaned
of them without knowing which model they are about.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import os
import re
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

HIDDEN = "***"
_SHORTEST = 8
"""A shorter key is a placeholder like "k" or "none", which would blot out half of a message."""
_PLACEHOLDERS = frozenset(
    "anything ollama-key lm-studio not-needed no-key-required sk-no-key-required placeholder"
    " dummy-key".split()
)
"""What users write for servers that need no key: words that messages need."""
SHORTEST_IN_ANSWERS = 16
"""A shorter one may be a word, which a model writes for other reasons than to repeat the key."""
_MOST_SECRETS = 512
"""The least recently used are forgotten: a server may be given a key by each of its own users."""
_NAME = re.compile(r"(?i)(?:key|token|secret|passw(?:or)?d|authorization|auth|cookie)$")
"""How the name of an attribute, a header or a variable ends whose value is a secret."""
_SCHEMES = frozenset({"basic", "bearer", "token", "apikey", "key"})
_MOST_VISITED = 3000
_DEEPEST = 5
_ALIGNMENTS = 3
_LOGGERS = (
    "summarizer instructor openai anthropic google google_genai mistralai groq boto3 botocore"
    " httpx2 httpx httpcore2 httpcore urllib3 requests aiohttp h11 hpack asyncio LiteLLM"
).split()
"""Loggers of this library and of those that it calls; the loggers below them too."""

_lock = threading.Lock()
_secrets: OrderedDict[str, tuple[str, ...]] = OrderedDict()
_forms: tuple[str, ...] = ()


def remember(*values: str | None) -> None:
    """Remember secrets: keys, tokens, whole Authorization headers, addresses with a password.

    >>> remember("Bearer sk-an-example-1234\\n")
    >>> cleaned("the server said: sk-an-example-1234 is wrong")
    'the server said: *** is wrong'
    """
    global _forms
    found = {part for value in values if value for part in _parts(value)}
    with _lock:
        for secret in found:
            if len(secret) >= _SHORTEST and secret not in _PLACEHOLDERS:
                _secrets.setdefault(secret, tuple(_written(secret)))
                _secrets.move_to_end(secret)
        while len(_secrets) > _MOST_SECRETS:
            _secrets.popitem(last=False)
        forms = {form for each in _secrets.values() for form in each}
        _forms = tuple(sorted(forms, key=len, reverse=True))


def remember_environment() -> None:
    """Remember the values of all environment variables whose names are those of secrets."""
    named = (
        v for name, v in os.environ.items() if is_secret(name) and not v.startswith(("/", "~"))
    )
    proxies = (v for name, v in os.environ.items() if "@" in v and "://" in v)
    remember(*named, *proxies)


def remember_from(*things: Any) -> None:
    """Remember what clients, settings and headers hold under the names of secrets.

    Attributes and items are looked through a few levels deep, so that no list of the clients of all
    providers has to be kept.

    >>> remember_from({"headers": {"X-Api-Key": "an-example-5678"}})
    >>> cleaned("an-example-5678")
    '***'
    """
    waiting = deque((thing, 0) for thing in things)
    seen: set[int] = set()
    found: list[str] = []
    while waiting and len(seen) < _MOST_VISITED:
        thing, depth = waiting.popleft()
        if id(thing) in seen or depth > _DEEPEST:
            continue
        seen.add(id(thing))
        for name, value in _members(thing):
            if is_secret(name) and (text := _text(value)):
                found.append(text)
            elif not isinstance(value, _PLAIN):
                waiting.append((value, depth + 1))
            elif isinstance(value, str) and "://" in value and "@" in value:
                found.append(value)
    remember(*found)


def is_secret(name: str) -> bool:
    """True for the name of an attribute, a header or a variable whose value is a secret.

    >>> [is_secret(name) for name in ("api_key", "X-Api-Key", "AWS_SESSION_TOKEN", "max_tokens")]
    [True, True, True, False]
    """
    return _NAME.search(name) is not None


def without_secrets(settings: Any) -> Any:
    """Settings with all values hidden whose names are those of secrets.

    >>> without_secrets({"seed": 0, "headers": {"Authorization": "Bearer k", "X-Org": "a"}})
    {'seed': 0, 'headers': {'Authorization': '***', 'X-Org': 'a'}}
    """
    if isinstance(settings, Mapping):
        return {
            name: HIDDEN if is_secret(str(name)) and _text(value) else without_secrets(value)
            for name, value in settings.items()
        }
    if isinstance(settings, list | tuple):
        return [without_secrets(each) for each in settings]
    return settings


def cleaned(value: Any, shortest: int = _SHORTEST) -> Any:
    """A text without the secrets in it; so too the texts in lists, tuples and dictionaries.

    Args:
        value: A text, or a container; anything else is returned as it is.
        shortest: Shorter secrets are left alone: a model may well write "password".
    """
    if isinstance(value, str):
        for form in _forms:
            if len(form) >= shortest and form in value:
                value = value.replace(form, HIDDEN)
        return value
    if type(value) in (list, tuple):
        return type(value)(cleaned(each, shortest) for each in value)
    if type(value) is dict:
        return {name: cleaned(each, shortest) for name, each in value.items()}
    return value


def clipped(text: str, length: int) -> str:
    """The beginning of a text on one line, cleaned before a cut could leave half of a key."""
    return str(cleaned(" ".join(text.split())))[:length]


def shows_secret(error: BaseException) -> bool:
    """True if an error, or what led to it, shows a secret: its words, attributes, notes, response.

    The headers of the requests that failed, which are part of many errors, are cleaned in place.
    """
    for cause in _chain(error):
        for request in filter(None, (_get(cause, "request"), _get(cause, "response", "request"))):
            _clean_headers(request)
        if any(text != cleaned(text) for text in _shown(cause)):
            return True
    return False


def guard_logs() -> None:
    """Clean what this library and those that it calls log from now on; other loggers stay as they are.

    A filter of a logger does not see the records of the loggers below it, which are made when a
    library is imported: to be called again once a client is made.
    """
    global _guarded
    known = logging.root.manager.loggerDict
    if len(known) == _guarded:
        return
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_clean_record)
    for name, logger in list(known.items()):
        if name.partition(".")[0] in _LOGGERS and isinstance(logger, logging.Logger):
            logger.addFilter(_clean_record)
    _guarded = len(known)


_guarded = -1
_PLAIN = (str, bytes, int, float, type(None), type, type(os), type(len), type(is_secret))
"""Types that are not looked into."""


def _parts(value: str) -> Iterator[str]:
    """The secrets in the value of a variable, an argument or a header."""
    value = value.strip()
    scheme, _, rest = value.partition(" ")
    if rest and scheme.lower() in _SCHEMES:
        value = rest.strip()
        if scheme.lower() == "basic":
            with contextlib.suppress(ValueError):
                yield base64.b64decode(value).decode().partition(":")[2]
    if "://" not in value:
        yield value
        return
    with contextlib.suppress(ValueError):
        yield urlsplit(value).password or ""


def _written(secret: str) -> Iterator[str]:
    """The ways in which a secret may be written: plainly, quoted for an address, escaped, in base64."""
    yield from (secret, quote(secret, safe=""), quote(secret), " ".join(secret.split()))
    yield from (json.dumps(secret)[1:-1], repr(secret)[1:-1])
    data = secret.encode("utf-8", "replace")
    for skipped in range(_ALIGNMENTS):  # it may be a part of what is encoded, as in "user:key"
        encoded = base64.b64encode(bytes(skipped) + data).decode().rstrip("=")
        is_whole = (skipped + len(data)) % _ALIGNMENTS == 0
        yield encoded[skipped and skipped + 1 : None if is_whole else -1]


def _members(thing: Any) -> Iterator[tuple[str, Any]]:
    """The attributes of an object, or the items of a container, by name."""
    if isinstance(thing, Mapping):
        with contextlib.suppress(Exception):
            yield from [(str(name), value) for name, value in thing.items()]
    elif isinstance(thing, list | tuple | set):
        yield from (("", value) for value in thing)
    else:
        with contextlib.suppress(TypeError):
            yield from list(vars(thing).items())


def _text(value: Any) -> str:
    """The text of a secret, which may be bytes or in pydantic's SecretStr; empty for any other."""
    if hasattr(value, "get_secret_value"):
        value = value.get_secret_value()
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return value if isinstance(value, str) else ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error with all its causes and contexts."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__]


def _shown(error: BaseException) -> Iterator[str]:
    """All that an error shows of itself."""
    shows: tuple[Callable[[], Any], ...] = (
        lambda: str(error),
        lambda: repr(error),
        lambda: repr(vars(error)),
        lambda: _get(error, "response", "text"),
        lambda: dict(_get(error, "response", "headers") or {}),
    )
    for show in shows:
        with contextlib.suppress(Exception):
            yield str(show())


def _get(thing: Any, *names: str) -> Any:
    """An attribute of an attribute; None if there is none, or if it cannot be had."""
    for name in names:
        try:
            thing = getattr(thing, name, None)
        except Exception:  # httpx raises for an error without a request
            return None
    return thing


def _clean_headers(request: Any) -> None:
    headers = _get(request, "headers")
    with contextlib.suppress(Exception):
        for name in list(headers):
            if is_secret(str(name)):
                headers[name] = HIDDEN


def _clean_record(record: logging.LogRecord) -> bool:
    """A filter that lets every record pass, cleaned."""
    with contextlib.suppress(
        TypeError, ValueError
    ):  # arguments that do not fit: the handler says so
        message = record.getMessage()
        if (shown := cleaned(message)) != message:
            record.msg, record.args = shown, ()
    if record.exc_info and not record.exc_text:
        trace = logging.Formatter().formatException(record.exc_info)
        if (shown := cleaned(trace)) != trace:
            record.exc_info, record.exc_text = None, shown
    for name, value in vars(record).items():
        if name not in ("msg", "args", "exc_info"):
            vars(record)[name] = cleaned(value)
    return True
