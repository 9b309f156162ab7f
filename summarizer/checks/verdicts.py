"""Verdicts: what a check can say, and which of them let a statement stand."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a check says about one number, quotation or name.

    >>> Verdict.ROUNDED.accepted, Verdict.MISPLACED.flagged, Verdict.IDENTIFIER.flagged
    (True, True, False)
    """

    EXACT = "exact"
    """The source says the same of the same thing."""
    EQUIVALENT = "equivalent"
    """The same value in another writing: half for 50%."""
    ROUNDED = "rounded"
    """An honest rounding: about 1,200 for 1,234."""
    DERIVED = "derived"
    """Follows from named numbers of the source: a sum, a difference, a count."""
    MISPLACED = "misplaced"
    """The source has the value, for another thing."""
    CONTRADICTED = "contradicted"
    """The source gives another value for this thing."""
    UNSUPPORTED = "unsupported"
    """Nowhere in the source."""
    IDENTIFIER = "identifier"
    """Names something and claims nothing: COVID-19, a list marker."""
    NORMALISED = "normalised"
    """A quotation that differs in marks, dashes, spaces or a first letter only."""
    ABRIDGED = "abridged"
    """A quotation with an honest ellipsis."""
    ALTERED = "altered"
    """A quotation whose words were changed."""
    MISATTRIBUTED = "misattributed"
    """A quotation that somebody else said."""
    SHORT = "short"
    """A known short form of a name of the source."""

    @property
    def flagged(self) -> bool:
        """True if what was checked must not be presented as true."""
        return self in _FLAGGED

    @property
    def sign(self) -> str:
        """✓ if accepted, ✗ if flagged, · for neither."""
        if self.flagged:
            return "✗"
        return "✓" if self.accepted else "·"

    @property
    def accepted(self) -> bool:
        """True if the source supports what was checked."""
        return not self.flagged and self is not Verdict.IDENTIFIER


_FLAGGED = frozenset(
    {
        Verdict.MISPLACED,
        Verdict.CONTRADICTED,
        Verdict.UNSUPPORTED,
        Verdict.ALTERED,
        Verdict.MISATTRIBUTED,
    }
)
