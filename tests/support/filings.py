"""A long document, made of sentences in which every figure is told apart."""

from __future__ import annotations

import random

_SUBJECTS = "Revenue Margin Headcount Inventory Capital Freight Licensing Insurance Rent Energy Payroll".split()
_PLACES = "Norway Chile Kenya Oman Japan Peru Ghana Malta Latvia Nepal".split()
_VERBS = "rose fell grew shrank climbed dropped".split()


def filing(characters: int, seed: int = 7) -> str:
    """A document of about so many characters: headed sections, numbers, statements."""
    made = random.Random(seed)
    sections, size, number = [], 0, 0
    while size < characters:
        number += 1
        lines = [f"Item {number}. {made.choice(_SUBJECTS)} in {made.choice(_PLACES)}"]
        for _ in range(made.randint(2, 5)):
            lines.append(" ".join(_sentence(made) for _ in range(made.randint(3, 7))))
        section = "\n\n".join(lines)
        sections.append(section)
        size += len(section) + 2
    return "\n\n".join(sections)


def _sentence(made: random.Random) -> str:
    subject, place = made.choice(_SUBJECTS), made.choice(_PLACES)
    amount, share = made.randint(11, 98_765), made.randint(1, 97)
    kind = made.randint(0, 3)
    if kind == 0:
        return (
            f"{subject} in {place} {made.choice(_VERBS)} by {share}% to {amount:,} million dollars."
        )
    if kind == 1:
        return f"The unit in {place} employs {amount:,} people and pays {share} million dollars in taxes."
    if kind == 2:
        return f"Chair Ann Lee said that {subject.lower()} in {place} would cost {amount:,} dollars a day."
    return f"Nothing else of note happened in {place} during the year under review."
