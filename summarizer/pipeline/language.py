"""Which lines a model wrote in another language than the one it was asked for."""

from __future__ import annotations

from ..events import LanguageIgnored
from ..languages.guess import guess, language_code, language_name
from .lines import Line

_FEWEST_WORDS = 5
"""A shorter line may consist of names alone."""


def in_other_languages(lines: list[Line], wanted: str | None) -> dict[Line, str]:
    """The lines that are clearly not in the language that was asked for.

    A line that is too short to tell counts as written like the lines around it. Where that is not
    clear either, or the language is not known here, nothing is said.

    Args:
        lines: The headline and the claims.
        wanted: What the user asked for, in any words; None for no language in particular.

    Returns:
        Each such line, with the English name of its language.
    """
    code = language_code(wanted or "")
    if code is None:
        return {}
    together = guess("\n".join(line.claim.text for line in lines))
    found = {
        line: guess(line.claim.text) or together
        for line in lines
        if len(line.claim.text.split()) >= _FEWEST_WORDS or guess(line.claim.text)
    }
    return {
        line: language_name(other) for line, other in found.items() if other not in (None, code)
    }


def language_ignored(lines: list[Line], wanted: str | None) -> LanguageIgnored | None:
    """What to report of the lines that are shown; None if they are in the right language."""
    strayed = in_other_languages(lines, wanted)
    if not strayed:
        return None
    found = " and ".join(dict.fromkeys(strayed.values()))
    return LanguageIgnored(str(wanted), found, len(strayed), len(lines))
