"""How servers and SDKs say what went wrong: statuses, names, words and classes of exceptions."""

from __future__ import annotations

import re
import sys

STATUSES = range(100, 600)
RETRIED_STATUS = frozenset({408, 409, 424, 425, 429, 498})
SERVER_ERROR = 500
FIRST_ERROR = 400
STATUS_OF_NAME = {
    "overloaded_error": 529,
    "api_error": 500,
    "rate_limit_error": 429,
    "timeout_error": 504,
    "internalserverexception": 500,
    "serviceunavailableexception": 503,
    "throttlingexception": 429,
    "modelnotreadyexception": 429,
    "modelstreamerrorexception": 424,
    "modeltimeoutexception": 408,
}
"""Errors by their names at Anthropic and at AWS: in the middle of a stream they come without a status,
or with that of the response that began well."""
QUOTA_STATUSES = frozenset({400, 429})
QUOTA_WORDS = (
    "insufficient_quota",
    "billing_hard_limit",
    "spend_limit_reached",
    "credit balance is too low",
    "specified API usage limits",
    "PerDay",  # of a limit of Google's, beside those per minute
)
TOO_LONG = re.compile(
    "context_length_exceeded|maximum context length|exceed_context_size"
    "|exceeds the maximum number of tokens"
)

FILTER_CODES = frozenset({"content_filter", "content_policy_violation", "invalid_prompt"})
FILTER_WORDS = ("Content Exists Risk", "flagged_input")
"""What a content filter says that refuses the text itself: OpenAI and Azure, DeepSeek, OpenRouter."""

_HTTP_CLIENTS = "httpx2 httpx httpcore2 httpcore"
CONNECTION_FAULTS = (
    (_HTTP_CLIENTS, "ConnectError ReadError WriteError RemoteProtocolError"),
    (_HTTP_CLIENTS, "ConnectTimeout ReadTimeout WriteTimeout PoolTimeout"),
    ("requests", "ConnectTimeout ReadTimeout"),
    ("openai anthropic groq cerebras.cloud.sdk writerai litellm", "APIConnectionError"),
    ("litellm", "ServiceUnavailableError"),
    ("botocore.exceptions", "ConnectionError HTTPClientError IncompleteReadError"),
    ("urllib3.exceptions", "ProtocolError ReadTimeoutError"),  # in a stream of botocore
    ("aiohttp", "ClientConnectionError ClientPayloadError"),  # google-genai uses it if it is there
    ("google.auth.exceptions", "TransportError"),
)
CREDENTIAL_FAULTS = (
    ("anthropic", "CredentialsError"),
    ("botocore.exceptions", "NoCredentialsError NoAuthTokenError PartialCredentialsError"),
    ("botocore.exceptions", "CredentialRetrievalError TokenRetrievalError SSOError"),
    ("google.auth.exceptions", "DefaultCredentialsError RefreshError"),
)
REDIRECT_FAULTS = ((f"{_HTTP_CLIENTS} requests", "TooManyRedirects"),)
CUT_OFF = (("instructor.core", "IncompleteOutputException"),)
SCHEMA_FAULTS = (
    ("pydantic_core json", "ValidationError JSONDecodeError"),
    ("instructor.core", "ValidationError ResponseParsingError"),
)
"""Modules and the names of their exceptions. They are looked up, not imported: openai takes a second
to load, most of the others are not installed, and a module that raised is loaded."""

_Names = tuple[tuple[str, str], ...]


def loaded(names: _Names) -> tuple[type[BaseException], ...]:
    """Those of the classes whose modules are loaded."""
    classes = (
        getattr(sys.modules.get(module), name, None)
        for modules, class_names in names
        for module in modules.split()
        for name in class_names.split()
    )
    return tuple(c for c in classes if isinstance(c, type) and issubclass(c, BaseException))
