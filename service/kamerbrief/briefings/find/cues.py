"""The words by which Dutch letters promise, decide, and leave open."""

import re
from collections.abc import Mapping, Sequence

from kamerbrief.language.memory import per_sentence
from kamerbrief.records.letters import Signatory

# Who promises: the cabinet, or an office that it speaks for.
_WE = r"(?:ik|wij|we|mijn ministerie|het kabinet|kabinet|de regering|nederland|het rijk|rijk)"
_OFFICES = (
    r"(?:(?:de |het |mijn |onze )?(?:demissionair )?(?:minister\w*|staatssecretaris\w*|bewinds\w+|ambt\w+genoo\w+|"
    r"collega\w*|departement|regering|kabinet)|provincies|gemeenten|waterschappen)"
)
_ANY = rf"(?:{_WE}|{_OFFICES})"
_DO = (
    r"(?:uitgewerkt|uitgevoerd|onderzocht|opgesteld|verkend|ge(?:ï|i)nformeerd|gestart|ontwikkeld|aangescherpt|"
    r"geactualiseerd|herijkt|ge(?:ë|e)valueerd|opgenomen|toegezonden|gezonden|gestuurd|aangeboden|gepubliceerd|"
    r"ingericht|ingevoerd|ingesteld|vastgesteld|vastgelegd|gemaakt|gerealiseerd|opgepakt|meegenomen|betrokken|"
    r"besproken|georganiseerd|afgerond|opgeleverd|verwacht|aangepast|gewijzigd|verbeterd|versterkt|uitgebreid|"
    r"verminderd|beperkt|gereserveerd|afgewogen|bekeken|bezien|gemonitord|geborgd|voorbereid|voorgelegd|ingediend|"
    r"gevraagd|verhoogd|verlaagd|ondersteund|gestimuleerd|ingezet|beschikbaar gesteld|bijgewerkt|begrensd|overlegd|"
    r"gedeeld|doorgevoerd|gelegd|gebracht|aangewezen|opgericht|vormgegeven|toegepast|samengewerkt|geïntensiveerd|"
    r"gekoppeld|benut|gezet|gewerkt|geleverd|verzorgd|aangelegd|gebouwd|verplicht|toegestaan|hersteld|betaald|"
    r"vergoed|uitgezet|gecontinueerd|voortgezet|nagegaan|verankerd|geoptimaliseerd|gerespecteerd|bepaald)"
)
_ACT = (
    r"(?:werk(?:t|en)? .{0,60}?uit|stel(?:t|len)? .{0,80}?(?:op|vast|in|beschikbaar)|onderzoek(?:t|en)?|verken(?:t|"
    r"nen)?|scherp(?:t|en)? .{0,80}?aan|actualiseer(?:t)?|actualiseren|informeer(?:t)?|informeren|maak(?:t)?|maken|"
    r"reserveer(?:t)?|reserveren|begrens(?:t)?|begrenzen|beperk(?:t|en)?|sta(?:at|an)? .{0,60}?toe|verminder(?:t|"
    r"en)?|vergroot|vergroten|versterk(?:t|en)?|ontwikkel(?:t|en)?|organiseer(?:t)?|organiseren|start(?:en)?|"
    r"evalueer(?:t)?|evalueren|herijk(?:t|en)?|pas(?:t|sen)? .{0,80}?aan|neem(?:t)? .{0,80}?(?:op|mee)|"
    r"nemen .{0,80}?(?:op|mee)|bekijk(?:t)?|bekijken|bezie(?:t|n)|breng(?:t|en)? .{0,60}?in (?:beeld|kaart)|"
    r"stuur(?:t)?|sturen|zend(?:t|en)?|kom(?:t|en)? .{0,80}?(?:met|terug)|geef(?:t)? .{0,60}?aan|geven .{0,60}?aan|"
    r"leg(?:t|gen)? .{0,60}?vast|richt(?:en)? .{0,60}?in|voer(?:t|en)? .{0,60}?(?:uit|in|door)|ga(?:at|"
    r"an)? .{0,40}?(?:door|na)|blijf(?:t)?|blijven|beweeg(?:t)? .{0,40}?toe|bewegen .{0,40}?toe|verhoog(?:t)?|"
    r"verhogen|schaal(?:t)? .{0,40}?op|schalen .{0,60}?op|cre(?:ë|e)er(?:t)?|cre(?:ë|e)ren|breng(?:t|"
    r"en)? .{0,60}?terug|respecteer(?:t)?|respecteren|stimuleer(?:t)?|stimuleren|publiceer(?:t)?|publiceren|"
    r"overleg(?:t|gen)?|zorg(?:t|en)? (?:ervoor|voor)|werk(?:t|en)? .{0,40}?(?:aan|toe)|bouw(?:t|en)?|lever(?:t|en)?|"
    r"verplicht(?:en)?|verbied(?:t|en)?|bied(?:t|en)? .{0,60}?aan|zet(?:ten)? .{0,80}?in op)"
)
_WORDS = {
    "will": r"\b(?:zal|zullen)\b",
    "passive": r"\b(?:wordt|worden)\b",
    "we": r"\b(?:we|wij|ik)\b",
    "cabinet": r"\b(?:het kabinet|het rijk)\b",
    "may": r"\b(?:kan|kunnen|mogelijk)\b",
    "is done": r"\b(?:is|zijn|heeft|hebben|was|waren|had)\b",
    "looks into": r"\b(?:uitwerk\w*|onderzoek\w*|verken\w*|inform\w*|uitgewerkt|onderzocht|verkend)\b",
    "denial": r"\b(?:niet|geen)\b",
    "effect": r"^(?:hiermee|hierdoor|daarmee|dit |deze|het gaat)",
    "asks": r"\?$",
    "opens": r":$",
    "to the chamber": r"\b(?:zal|zullen|wordt|worden|ontvang\w*|informeer\w*|stuur|sturen|zend|zenden|rapporteer\w*|"
    r"meld|bericht|ga|gaan)\b.{0,160}\b(?:kamers?|u)\b|\b(?:kamers?|u)\b.{0,160}\b(?:zal|zullen|wordt|worden|"
    r"ontvangt|informeer|informeren)\b",
    "informs": r"\b(?:inform\w+|geïnformeerd|geinformeerd|toegezonden|gezonden|gestuurd|sturen|zenden|toesturen|"
    r"toezenden|aanbieden|aangeboden|op de hoogte|berichten|ontvang(?:t|en)|doen toekomen|voorleggen|voorgelegd|"
    r"rapporte\w+|publice\w+|gepubliceerd)\b",
    "we will": rf"\b(?:zal|zullen|ga|gaan) (?:\S+ ){{0,2}}?{_WE}\b|\b{_WE} (?:\S+ ){{0,2}}?(?:zal|zullen|ga|gaan)\b",
    "office will": rf"\b(?:zal|zullen|gaat|gaan) (?:\S+ ){{0,3}}?{_OFFICES}\b|\b{_OFFICES} (?:\S+ ){{0,4}}?(?:zal|"
    rf"zullen|gaat|gaan)\b",
    "will be": r"\b(?:zal|zullen)\b.{0,200}\b(?:worden|zijn)\b",
    "will have to": r"\b(?:zal|zullen) (?:\S+ ){0,8}?(?:moeten|kunnen|leiden|betekenen|blijken|hebben|zijn)\b",
    "wants": rf"\b{_ANY} (?:\S+ ){{0,2}}?wil(?:len)?\b|\bwil(?:len)? {_WE}\b",
    "is being done": rf"\b(?:wordt|worden) (?:\S+ ){{0,24}}?{_DO}\b|\b{_DO} (?:gaan )?(?:wordt|worden)\b",
    "works on": r"\b(?:gewerkt|werkt|werken|werk) (?:\S+ ){0,4}?(?:aan|uit|toe)\b|\buitgewerkt\b|"
    r"\bwerken? .{0,60}\buit\b|\b(?:aan het|bezig)\b",
    "now": r"\b(?:momenteel|op dit moment|thans|nu|lopende?|loopt)\b",
    "soon": r"\b(?:binnenkort|komende?|aankomende?|volgende?|eind|begin|medio|zo (?:spoedig|snel) mogelijk|zodra|"
    r"op korte termijn|te zijner tijd|na afronding|voor (?:het|de) (?:zomer\w*|kerst\w*|einde|eind)|zomerreces|"
    r"najaar|voorjaar|dit jaar|later|uiterlijk|vervolgens|nader|verder|eerste helft|tweede helft|kwartaal|jaarlijks|"
    r"elk jaar|in overleg|nog)\b",
    "stays": r"\b(?:blijf|blijft|blijven)\b",
    "means to": r"\b(?:voornemens?|van plan|bereid|de intentie|streef|streven|beoog\w*|toegezegd|zeg .{0,40}toe|"
    r"er ?naar (?:wordt )?gestreefd)\b",
    "efforts": r"\b(?:zet|zetten)\b.{0,80}\bin (?:op|voor)\b|\b(?:zich|ons|me|mij)\b.{0,90}\b(?:inspannen|in voor|"
    r"sterk maken)\b|\binspann\w+|\binzetten\b|\bin te zetten\b",
    "expects": r"\b(?:verwacht|verwachten|naar verwachting)\b",
    "we act": rf"\b{_WE} {_ACT}\b|(?:^|[:;] |, )(?:\S+ ){{0,12}}?{_ACT} {_WE}\b",
    "they act": rf"^(?:\S+ ){{0,8}}?\w+ {_ACT}\b",
    "past": r"\b(?:werd|werden|was|waren|had|hadden|bleek|bleken|kon|konden|gaf|gaven|deed|vond|kwam)\b",
    "has done": r"\b(?:heb|heeft|hebben)\b.{0,160}\b(?:\w*ge\w+|be\w+|ver\w+)(?:d|t|en)\b",
    "been done": r"\b(?:is|zijn)\b.{0,120}\b\w*ge\w+(?:d|t|en)\b",
    "would": r"\b(?:zou|zouden)\b",
    "if": r"\b(?:indien|mocht|tenzij)\b|^(?:als|wanneer)\b|, als\b",
    "can": r"\b(?:kan|kunnen|mag|mogen)\b",
    "must": r"\b(?:moet|moeten|dient|dienen|hoeft|hoeven)\b",
    "refers": r"\b(?:verwijs\w*|in antwoord op|hieronder|hierna|onderstaand\w*|in deze (?:kamer)?brief|bij deze|"
    r"hierbij|zie (?:het|de|ook|mijn)|bijgaand\w*|in het (?:vervolg|navolgende))\b",
    "as said": r"\b(?:zoals|eerder|reeds|al)\b|\bin (?:mijn|de|onze) (?:kamer)?brief van\b",
    "others": r"\b(?:moties?|vragen|vraagt|verzoekt|verzoeken|onderzoekers|rapport|raad|advies)\b",
    "finds": r"\b(?:vind|vinden|acht|achten|ben van mening|van oordeel|denk|meen|deel|herken|begrijp|erken|"
    r"onderschrijf|hecht|belangrijk|van belang)\b",
    "I": r"\b(?:ik|mij|mijn)\b",
    "we first": rf"^{_WE}\b",
    "we are": rf"^{_WE} (?:zie|zien|vind|vinden|weet|weten|heb|heeft|hebben|ben|is|zijn|moet|moeten|kan|kunnen|acht|"
    rf"achten|"
    r"deel|delen|begrijp|begrijpen|herken|herkent|herkennen|hecht|benadruk|benadrukt|staan voor|sta|weet)\b",
    "yes or no": r"^(?:ja|nee|neen)\b",
    "chamber": r"\bkamer\b",
    "example": r"\b(?:bijvoorbeeld|zoals|onder (?:meer|andere)|o\.a\.|namelijk|immers)\b",
    "measure": r"\b(?:motie|wetsvoorstel|besluit|akkoord|wet|regeling|maatregel\w*)\b",
    "only": r"\b(?:alleen|slechts|uitsluitend|geen aanleiding|verantwoordelijk\w*|conform|is het aan|aan de)\b",
    "concludes": r"\b(?:daarom|dus|derhalve|concludeer|blijkt|conclusie|kortom|van oordeel|van mening)\b",
    "money": r"\b(?:miljoen|miljard|procent|euro)\b|[%€]",
}
_CUES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WORDS.items()}

# What takes a promise back: the letter does it itself, recalls it, tells what was, or says what but can or must be.
_NO_PROMISE = re.compile(
    r"\?\s*$|^(?:hiermee|hierdoor|daarmee|daardoor|zo|doordat)\b|\b(?:zal|zullen)\b.{0,120}\b(?:blijken|"
    r"duidelijk worden|naar voren komen|nodig (?:zijn|blijven)|bijdragen|leiden tot|vaker|groter|betekenen|"
    r"van invloed|tegenkomen|meewegen|beïnvloed|geschikt|mogelijk zijn|terug te vinden|inhouden|omvatten|vormen|"
    r"ontstaan|afhangen|toenemen|afnemen|stijgen|dalen|groeien|duren|vergen|aanhouden)\b|\b(?:zend|bied|doe) ik (?:u|"
    r"uw kamer)\b|\b(?:hierbij|bij deze|bijgaand\w*|hieronder|hierna|hiervoor|onderstaand\w*|in deze (?:kamer)?brief|"
    r"in het vervolg|in de bijlage)\b|\b(?:wil ik|ik wil|zal ik|ik zal|ga ik|ik ga) (?:\S+ ){0,6}?(?:opmerken|"
    r"benadrukken|ingaan|toelichten|beperken|wijzen|vermelden|schetsen|in op|er ?van ?uit)\b|\b(?:werd|werden|was|"
    r"waren|had|hadden|bleek|bleken|kon|konden|gaf|gaven|deed|vond|kwam)\b|\b(?:heb|hebben|heeft|"
    r"is)\b.{0,120}\b(?:toegezegd|aangekondigd|aangegeven|gemeld|medegedeeld|meegedeeld|gezegd)\b|\b(?:toegezegd|"
    r"zegde)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:zou|zouden|kan|kunnen|mag|moet|moeten|dient|dienen|indien|mocht|verzoeken?|vragen|naar verwachting|"
    r"naar ik aanneem|waarschijnlijk|mogelijk|wellicht|altijd|doorgaans|in de regel|enerzijds|anderzijds)\b",
    re.IGNORECASE,
)
_PROMISES = {
    "main will": r"^(?:(?!\b(?:dat|die|welke|waar\w*|of|zodat|omdat|alvorens|indien)\b).)*\b(?:zal|zullen)\b",
    "sends": r"\b(?:kamers?|u|commissies?|leden)\b.{0,90}\b(?:wordt|worden|zal|zullen|zult|ontvangt|ontvang|"
    r"informeert?)\b|\b(?:wordt|worden|zal|zullen|zult|ontvangt|informeert?|stuurt?|sturen|zend|zenden|bied|bieden|"
    r"kom|meld)\b.{0,120}\b(?:kamers?|u|commissies?)\b",
    "is worked on": r"\b(?:wordt|worden) (?:\S+ ){0,6}?(?:gewerkt|uitgewerkt|onderzocht|verkend|voorbereid|"
    r"geprobeerd|bezien|bekeken|nagegaan|meegenomen|betrokken|opgesteld)\b",
    "is expected": r"\b(?:verwacht|verwachten)\b.{0,120}\bte (?:kunnen |zullen )?\w+en\b|\bverwacht(?:en)? (?:ik|wij|"
    r"de|het) ",
    "keeps": rf"\b{_ANY} (?:\S+ ){{0,5}}?(?:blijf|blijft|blijven)\b|\b(?:blijf|blijft|blijven) {_ANY}\b",
    "strives": rf"\b{_ANY}\b.{{0,30}}\bzet(?:ten)?\b.{{0,80}}\bin\b|\bzet(?:ten)? {_ANY}\b.{{0,90}}\bin\b|"
    rf"\b{_ANY}\b.{{0,120}}\binzetten\b",
    "intends": rf"\b{_ANY}\b.{{0,40}}\b(?:voornemens|van plan|bereid|streef|streven|stelt? .{{0,20}}voor)\b|"
    rf"\b(?:voornemens|bereid|streef|streven|ben|is) {_ANY}\b|\bhet (?:streven|voornemen|plan) is\b|"
    r"\ber ?naar (?:wordt )?gestreefd\b|\bzeg(?:gen)? (?:ik|wij)\b.{0,60}\btoe\b",
    "does": rf"\b(?:bekijk|bezie|onderzoek|werk|ga|stuur|zend|laat|neem|kom|maak|pas|breng|start|voer)(?:t|"
    rf"en)? (?:\S+ ){{0,2}}?{_ANY}\b|\b{_WE} (?:bekijk|bezie|onderzoek|werk|ga|stuur|zend|laat|neem|kom|maak|pas|"
    rf"breng|start|"
    r"voer|span|houd)(?:t|en)?\b",
    "comes": r"\b(?:krijg|krijgt|krijgen|ontvangt|ontvangen|volgt|volgen|start|starten|komt|komen|vindt|vinden)\b",
}
_PROMISING = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PROMISES.items()}

_DECIDES = re.compile(
    rf"\b(?:heeft|hebben|is|zijn) (?:\S+ ){{0,12}}?(?:besloten|vastgesteld|ingestemd|afgesproken|overeengekomen|"
    rf"gekozen|toegekend|aangenomen)\b|\b(?:besluit|besluiten|kiest|kiezen|stelt vast|"
    rf"stemt in) (?:\S+ ){{0,2}}?{_WE}\b|\b{_WE} (?:besluit|besluiten|kiest|kiezen)\b|\bbesloten (?:om|tot|is|"
    rf"heeft)\b|\bhet besluit (?:om|tot|van)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\bnog (?:niet|geen|onbekend|onduidelijk|onzeker|te vroeg)\b|\b(?:onbekend|onduidelijk|onzeker)\b|"
    r"\bis nog\b.{0,60}\?|\bnader (?:te bezien|onderzoek|bepaald|uitgewerkt|uit te werken)\b|\b(?:kan|kunnen) (?:ik|"
    r"wij|we|het kabinet) (?:\S+ ){0,4}?(?:niet|geen)\b|\b(?:valt|is) (?:\S+ ){0,3}?niet (?:te zeggen|bekend|"
    r"mogelijk om)\b|\bafhankelijk van\b|\bwordt (?:\S+ ){0,3}?(?:nog )?bezien\b|\bloopt nog\b",
    re.IGNORECASE,
)


@per_sentence
def said(text: str, coming: bool) -> Mapping[str, bool]:
    """Which cues a sentence has, by name: its words, and what these say of a promise in it. `coming` tells whether it
    names a date that is not past."""
    words = {name: bool(cue.search(text)) for name, cue in _CUES.items()}
    soon = coming or words["soon"]
    stands, weak = not _NO_PROMISE.search(text), bool(_WEAK.search(text))
    promised = {name: stands and bool(cue.search(text)) for name, cue in _PROMISING.items()}
    joined = {
        "taken back": not stands,
        "weak": weak,
        "coming": coming,
        "coming, not weak": coming and stands and not weak,
        "was coming": coming and words["has done"],
        "surely we": stands and words["we will"] and not words["must"],
        "surely an office": stands and words["office will"] and not words["must"],
        "will, not weak": promised["main will"] and not weak,
        "to the chamber, no will": stands and words["to the chamber"] and not promised["main will"],
        "informs the chamber": promised["sends"] and words["informs"],
        "is worked on, not weak": promised["is worked on"] and not weak,
        "is expected soon": promised["is expected"] and soon,
        "comes soon": promised["comes"] and soon,
        "is being done, not can": stands and words["is being done"] and not words["can"],
        "is being done soon": stands and words["is being done"] and soon,
        "decides": decides(text),
        "leaves open": leaves_open(text),
    }
    return words | {f"promise: {name}": found for name, found in promised.items()} | joined


# Of these cues one is enough for a promise that the weights alone would not be sure of.
_SURE = (
    "surely we",
    "surely an office",
    "informs the chamber",
    "is worked on, not weak",
    "promise: keeps",
    "promise: strives",
    "promise: intends",
    "we act",
    "will, not weak",
    "is being done soon",
)


def promises(text: str, coming: bool = False) -> bool:
    """Whether the words of a sentence say by themselves that somebody will do something; `coming` as in `said`."""
    known = said(text, coming)
    return any(known[name] for name in _SURE)


def takes_back(text: str) -> bool:
    """Whether a sentence promises nothing, whatever it says: it asks, recalls, foretells, or speaks of its letter."""
    return bool(_NO_PROMISE.search(text))


def decides(text: str) -> bool:
    """Whether a sentence tells of a decision that was taken."""
    return bool(_DECIDES.search(text)) and not text.rstrip().endswith("?")


def leaves_open(text: str) -> bool:
    """Whether a sentence says that something is not known or not decided yet."""
    return bool(_OPEN.search(text))


_WHO = re.compile(
    r"\b(?P<who>(?:de |het )?(?:minister(?:ie)?s? (?:van|voor) [A-Z]\w+(?:(?:,| en) [A-Z]\w+)*|minister|"
    r"staatssecretaris|kabinet|rijk|regering|provincies?(?: en gemeenten)?|gemeenten|waterschappen|rijkswaterstaat|"
    r"deltacommissaris))\b|\b(?:(?P<i>ik|mijn)|(?P<we>wij|we))\b",
    re.IGNORECASE,
)


def who(text: str, signed: Sequence[Signatory]) -> str | None:
    """Who does what a sentence promises, as the sentence names them: "ik" is who signed the letter alone, "wij" are
    those who signed it together. None where the sentence names nobody, or it is not sure who that is."""
    match = _WHO.search(text)
    if match is None:
        return None
    if (match["i"] and len(signed) == 1) or (match["we"] and len(signed) > 1):
        return " en ".join(one.office or one.name for one in signed)
    return match["who"]
