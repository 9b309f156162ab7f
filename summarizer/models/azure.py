"""Azure OpenAI: deployments of OpenAI's models at an endpoint of the user's own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from ..errors import NoModelError
from .clients import Access, Clients
from .openai import Server

KEYS = ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN")
ENDPOINT = "AZURE_OPENAI_ENDPOINT"
_VERSION = "OPENAI_API_VERSION"
_NEW_PATH = "/openai/v1"


@dataclass(frozen=True)
class _DatedServer(Server):
    """An endpoint whose API has a date as its version, which its own clients send along."""

    api_version: str = ""

    def sdk_client(self, *, is_async: bool, **more: Any) -> Any:
        """A new client of openai's for Azure."""
        import openai

        make: Any = openai.AsyncAzureOpenAI if is_async else openai.AzureOpenAI
        token = os.environ.get("AZURE_OPENAI_AD_TOKEN")
        is_token = token is not None and token == self.api_key
        return make(
            azure_endpoint=self.base_url,
            api_version=self.api_version,
            api_key=None if is_token else self.api_key,
            azure_ad_token=token if is_token else None,
            timeout=self.timeout,
            max_retries=0,
            **more,
        )


def azure_clients(access: Access) -> Clients:
    """Clients for the endpoint that the environment names.

    With OPENAI_API_VERSION, it is asked by that version; without, by its newer address, which needs
    none.

    Raises:
        NoModelError: The environment names no endpoint.
    """
    endpoint = os.environ.get(ENDPOINT, "").strip()
    if not endpoint:
        raise NoModelError(
            f"Azure OpenAI needs {ENDPOINT} in the environment (https://RESOURCE.openai.azure.com),"
            " or base_url=."
        )
    version = os.environ.get(_VERSION)
    address = azure_address(endpoint)
    if version and address != endpoint.rstrip("/"):
        return _DatedServer(endpoint, access.api_key, access.timeout, api_version=version).clients()
    return Server(address, access.api_key, access.timeout).clients()


def azure_address(endpoint: str) -> str:
    """The newer address of an endpoint.

    >>> azure_address("https://mine.openai.azure.com/")
    'https://mine.openai.azure.com/openai/v1'
    >>> azure_address("https://mine.openai.azure.com/openai/v1/chat/completions")
    'https://mine.openai.azure.com/openai/v1'
    """
    return f"{endpoint.strip().partition(_NEW_PATH)[0].rstrip('/')}{_NEW_PATH}"
