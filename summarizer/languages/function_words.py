"""The small words and the letters by which a language is told from others, as data.

Function words make up a third to a half of running text, whatever it is about. A word that several
languages share is listed for each of them.
"""

from __future__ import annotations

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in is was were are be been has have had that this these those it its he his she her"
        " they their them for on with as at by from or but not which who will would could should can may"
        " an a than after before when if into over about more no all there also only other you your we our",
        "de": "der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine ist sind war"
        " waren wird werden wurde wurden worden hat haben hatte hatten sich mit auf für von vom zu zum zur im in"
        " an am aus bei nach über unter vor seit durch gegen ohne um bis als auch nur noch wie dass daß wenn weil"
        " er sie es ihr ihre ihren sein seine seinen wir man mehr sowie kann soll sollen muss will so",
        "fr": "le la les l d n s c un une des du de au aux et ou mais ne pas est sont était étaient été être a ont avait"
        " avaient il elle ils elles on nous vous se ce cette ces qui que qu dont où dans en sur sous par pour"
        " avec sans après avant entre plus comme leur leurs son sa ses selon aussi même fait ainsi depuis vers chez",
        "es": "el la los las un una unos unas de del al a y e o pero no es son era eran fue fueron ser ha han había"
        " habían se su sus lo le les que quien cuando como donde en con por para sin sobre entre desde hasta tras"
        " según más muy también ya este esta estos estas ese esa hay está están si ni durante contra",
        "it": "il lo la i gli le un una uno di del dello della dei degli delle dell da dal dalla dai dalle a al allo"
        " alla ai agli alle in nel nello nella nei nelle nell con su sul sulla sui per tra fra e ed o ma non è sono"
        " era erano stato stata stati state ha hanno aveva si che chi cui come dove quando anche più dopo"
        " prima secondo questo questa questi queste suo sua suoi loro ne ci se ogni",
        "pt": "o a os as um uma uns umas de do da dos das em no na nos nas ao aos à às e ou mas não é são era eram foi"
        " foram ser está estão tem têm tinha se seu sua seus suas que quem quando como onde com por pelo pela"
        " pelos pelas para sem sobre entre desde até após segundo mais muito também já este esta isso ele ela eles"
        " há num numa",
        "nl": "de het een en of maar niet geen is zijn was waren wordt worden werd werden heeft hebben had hadden van"
        " in op aan met voor door over uit bij naar tot om te ten ter als dat die dit deze er hij zij ze zich hun"
        " haar we ook nog al wel meer dan na tegen onder tussen volgens zal zou zullen kan kunnen moet wat wie"
        " waar omdat toen sinds tijdens",
        "sv": "och att det den en ett som är var har hade inte på av för med till från om men vid efter under över"
        " ska skulle kan de dem sig sin sitt sina han hon vi man också när där eller än mot mellan blev blir"
        " bli enligt inom genom utan i",
        "da": "og at det den en et som er var har havde ikke på af for med til fra om men ved efter under over skal"
        " skulle kan de dem sig sin sit sine han hun vi man også når hvor eller end mod mellem blev bliver ifølge"
        " inden gennem uden i der",
        "nb": "og at det den en et som er var har hadde ikke på av for med til fra om men ved etter under over skal"
        " skulle kan de dem seg sin sitt sine han hun vi man også når hvor eller enn mot mellom ble blir ifølge"
        " innen gjennom uten i ei",
        "pl": "i w z na do nie się że to jest są był była było były od po za przez dla o jak ale oraz przy ich jego"
        " jej który która które którzy tym tego tej przed pod już także tylko ma może będzie lub niż ze we co czy",
        "tr": "ve bir bu ile için de da olarak olan daha gibi çok en ne ya ama veya değil kadar sonra önce göre her"
        " ise olduğu oldu olduğunu var yok tarafından şu o ki",
    }.items()
}  # fmt: skip
"""Language -> its small words, in lower case, cut at apostrophes. A language is here to be recognised,
or so that it is not taken for a neighbour."""

SCRIPTS: dict[str, str] = {
    "cyrillic": "\u0400-\u052f",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "hebrew": "\u0590-\u05ff",
    "devanagari": "\u0900-\u097f",
    "thai": "\u0e00-\u0e7f",
    "hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "kana": "\u3040-\u30ff",
    "han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "latin": "a-zA-Z\u00c0-\u024f\u1e00-\u1eff",
}
"""Script -> its characters, as ranges of a regular expression."""

LANGUAGES: dict[str, tuple[str, str]] = {
    "en": ("latin", "English"),
    "de": ("latin", "German Deutsch allemand alemán tedesco Duits"),
    "fr": ("latin", "French français francais Französisch francés francese Frans"),
    "es": (
        "latin",
        "Spanish español espanol castellano Castilian Spanisch espagnol spagnolo Spaans",
    ),
    "it": ("latin", "Italian italiano Italienisch italien Italiaans"),
    "pt": ("latin", "Portuguese português portugues Portugiesisch portugais portoghese Portugees"),
    "nl": ("latin", "Dutch Nederlands Niederländisch Flemish Vlaams néerlandais olandese"),
    "sv": ("latin", "Swedish svenska Schwedisch"),
    "da": ("latin", "Danish dansk Dänisch"),
    "nb": ("latin", "Norwegian norsk bokmål Norwegisch"),
    "pl": ("latin", "Polish polski Polnisch"),
    "tr": ("latin", "Turkish türkçe Türkisch"),
    "ru": ("cyrillic", "Russian русский Russisch russe ruso"),
    "uk": ("cyrillic", "Ukrainian українська Ukrainisch ukrainien"),
    "el": ("greek", "Greek ελληνικά Griechisch"),
    "ar": ("arabic", "Arabic العربية عربي Arabisch arabe"),
    "he": ("hebrew", "Hebrew עברית Hebräisch"),
    "hi": ("devanagari", "Hindi हिन्दी हिंदी"),
    "th": ("thai", "Thai ไทย ภาษาไทย"),
    "ko": ("hangul", "Korean 한국어 Koreanisch coréen"),
    "ja": ("kana", "Japanese 日本語 Japanisch japonais"),
    "zh": ("han", "Chinese 中文 汉语 漢語 Mandarin Chinesisch chinois"),
}
"""Language -> its script, and its names; the first is the one that messages use."""

ALIASES = {"no": "nb", "nn": "nb", "iw": "he"}
"""Other codes of a language."""

LETTERS: dict[str, str] = {"uk": "іїєґ", "ru": "ыэъё"}
"""Letters that one language of a script has and the other has not."""
