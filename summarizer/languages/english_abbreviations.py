"""English abbreviations that are written with a full stop, without that stop."""

from __future__ import annotations

from .english_names import ABBREVIATED_TITLES

ABBREVIATIONS = ABBREVIATED_TITLES | frozenset(
    "sr jr st cmdr maj pres hon fr messrs inc corp co ltd plc bros llc dept univ assn no nos"
    " vs etc e.g i.e cf al fig figs sec eq approx jan feb mar apr jun jul aug sep sept oct nov"
    " dec mon tue tues wed thu thur thurs fri sat sun u.s u.k u.n e.u d.c a.m p.m ph.d b.a m.a"
    " mt ft vol ed pp spc pvt".split()
)
"""Besides the titles: ranks, companies, months, weekdays, countries, units, degrees."""
MAY_END_SENTENCE = frozenset("inc corp co ltd plc llc etc a.m p.m jr sr al ph.d".split())
"""Abbreviations that usually end a sentence if a capital letter follows; "U.S." does not, because
of "U.S. Steel"."""
