"""Verdicts: what a check can say, and which of them accept what was checked."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a check says about a number, a quotation, a name or a claim.

    Each is accepted, flagged, or neither (IDENTIFIER, which claims nothing).

    Example:
        >>> Verdict.ROUNDED.accepted, Verdict.MISPLACED.flagged, Verdict.IDENTIFIER.flagged
        (True, True, False)
        >>> Verdict("exact").sign, Verdict("altered").sign, Verdict("identifier").sign
        ('✓', '✗', '·')
    """

    EXACT = "exact"
    """The source says the same about the same thing."""
    EQUIVALENT = "equivalent"
    """The same value written differently: half for 50%."""
    ROUNDED = "rounded"
    """A fair rounding: about 1,200 for 1,234."""
    DERIVED = "derived"
    """Follows from named numbers of the source: a sum, a difference, a count."""
    MISPLACED = "misplaced"
    """The source has the value, but for something else."""
    CONTRADICTED = "contradicted"
    """The source has another value for this, or turns a claim around."""
    UNSUPPORTED = "unsupported"
    """Nowhere in the source."""
    IDENTIFIER = "identifier"
    """A number that names something and claims nothing: COVID-19, a list marker."""
    NORMALISED = "normalised"
    """A quotation that differs only in punctuation, spaces, case or words in brackets."""
    ABRIDGED = "abridged"
    """A quotation with an ellipsis that does not change its meaning."""
    ALTERED = "altered"
    """A quotation whose words were changed."""
    MISATTRIBUTED = "misattributed"
    """A quotation that the source gives to another speaker."""
    SHORT = "short"
    """A short or derived form of a name of the source: UN, Russian."""

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
