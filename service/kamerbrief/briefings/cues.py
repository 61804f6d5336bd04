"""The words by which Dutch letters promise, decide, and leave open."""

import re
from typing import NamedTuple

# Who promises for the cabinet, or is announced to do something.
_WE = r"(?:ik|wij|we|mijn ministerie|het kabinet|kabinet|het rijk|rijk|de regering|nederland)"
_OFFICES = (
    r"(?:de |het |mijn )?(?:minister\w*|staatssecretaris\w*|ministerie\w*|provincies?|gemeenten?|waterschappen|"
    r"rijkswaterstaat|deltacommissaris|ambtgenoot|ambtsgenoot|collega\w*|overheid|overheden|partijen|programma\w*|"
    r"[A-Z]{2,}\w*)"
)
_ANY = rf"(?:{_WE}|{_OFFICES})"
_DO = (
    r"(?:uitgewerkt|uitgevoerd|onderzocht|opgesteld|verkend|ge(?:ï|i)nformeerd|gestart|ontwikkeld|aangescherpt|"
    r"geactualiseerd|herijkt|ge(?:ë|e)valueerd|opgenomen|toegezonden|gezonden|gestuurd|aangeboden|gepubliceerd|"
    r"ingericht|"
    r"ingevoerd|ingesteld|vastgesteld|vastgelegd|gemaakt|gerealiseerd|opgepakt|meegenomen|betrokken|besproken|"
    r"georganiseerd|"
    r"afgerond|opgeleverd|verwacht|aangepast|gewijzigd|verbeterd|versterkt|uitgebreid|verminderd|beperkt|gereserveerd|"
    r"afgewogen|bekeken|bezien|gemonitord|geborgd|voorbereid|voorgelegd|ingediend|gevraagd|verhoogd|verlaagd|"
    r"ondersteund|"
    r"gestimuleerd|ingezet|beschikbaar gesteld|bijgewerkt|begrensd|overlegd|gedeeld|doorgevoerd|gelegd|gebracht|"
    r"aangewezen|opgericht|vormgegeven|toegepast|samengewerkt|geïntensiveerd|gekoppeld|benut|gezet|gewerkt|geleverd|"
    r"verzorgd|"
    r"aangelegd|gebouwd|verplicht|toegestaan|hersteld|betaald|vergoed|uitgezet|gecontinueerd|voortgezet|nagegaan)"
)
_ACT = (
    r"(?:werk(?:t|en)? .{0,60}?uit|stel(?:t|len)? .{0,80}?(?:op|vast|in|beschikbaar)|onderzoek(?:t|en)?|"
    r"verken(?:t|nen)?|scherp(?:t|en)? .{0,80}?aan|actualiseer(?:t)?|actualiseren|informeer(?:t)?|informeren|"
    r"maak(?:t)?|maken|reserveer(?:t)?|reserveren|begrens(?:t)?|begrenzen|beperk(?:t|en)?|sta(?:at|an)? .{0,60}?toe|"
    r"verminder(?:t|en)?|vergroot|vergroten|versterk(?:t|en)?|ontwikkel(?:t|en)?|organiseer(?:t)?|organiseren|"
    r"start(?:en)?|evalueer(?:t)?|"
    r"evalueren|herijk(?:t|en)?|pas(?:t|sen)? .{0,80}?aan|neem(?:t)? .{0,80}?(?:op|mee)|nemen .{0,80}?(?:op|mee)|"
    r"bekijk(?:t)?|bekijken|bezie(?:t|n)|breng(?:t|en)? .{0,60}?in (?:beeld|kaart)|stuur(?:t)?|sturen|zend(?:t|en)?|"
    r"kom(?:t|en)? .{0,80}?(?:met|terug)|geef(?:t)? .{0,60}?aan|geven .{0,60}?aan|leg(?:t|gen)? .{0,60}?vast|"
    r"richt(?:en)? .{0,60}?in|voer(?:t|en)? .{0,60}?(?:uit|in|door)|ga(?:at|an)? .{0,40}?(?:door|na)|"
    r"blijf(?:t)?|blijven|beweeg(?:t)? .{0,40}?toe|bewegen .{0,40}?toe|verhoog(?:t)?|verhogen|"
    r"schaal(?:t)? .{0,40}?op|schalen .{0,60}?op|"
    r"cre(?:ë|e)er(?:t)?|cre(?:ë|e)ren|breng(?:t|en)? .{0,60}?terug|respecteer(?:t)?|respecteren|stimuleer(?:t)?|"
    r"stimuleren|publiceer(?:t)?|publiceren|overleg(?:t|gen)?|zorg(?:t|en)? (?:ervoor|voor)|"
    r"werk(?:t|en)? .{0,40}?(?:aan|toe)|bouw(?:t|en)?|lever(?:t|en)?|verplicht(?:en)?|verbied(?:t|en)?|"
    r"bied(?:t|en)? .{0,60}?aan|zet(?:ten)? .{0,80}?in op)"
)
_WILL = r"(?:zal|zullen|ga|gaat|gaan|wil|willen)"
_MEAN = r"(?:voornemens|van plan|bereid|de intentie|voorzien|gepland|toegezegd|zegt? .{0,40}toe|zeggen .{0,40}toe)"

_PROMISES = re.compile(
    rf"\b{_WILL} (?:\S+ ){{0,3}}?{_ANY}\b|\b{_ANY} (?:\S+ ){{0,3}}?{_WILL}\b|\b(?:zal|zullen)\b"
    rf"|\b(?:wordt|worden) (?:\S+ ){{0,24}}?{_DO}\b|\b{_DO} (?:gaan )?(?:wordt|worden)\b"
    rf"|\b(?:uw|de) (?:tweede |eerste )?kamer (?:wordt|ontvangt)\b|\b{_ANY} (?:\S+ ){{0,6}}?{_MEAN}\b"
    rf"|\b{_WE} {_ACT}\b|(?:^|[:;] |, )(?:\S+ ){{0,12}}?{_ACT} {_WE}\b|^(?:\S+ ){{0,8}}?{_OFFICES} {_ACT}\b"
    rf"|\b(?:heb|heeft|hebben) (?:\S+ ){{0,8}}?(?:gevraagd|verzocht) (?:om|te)\b|\bis (?:\S+ ){{0,4}}?voornemens\b",
    re.IGNORECASE,
)
# What only must be, might be, was, or is asked of others is no promise.
_NO_PROMISE = re.compile(
    r"\?\s*$|\b(?:zou|zouden|werd|werden|had|hadden|is gebleken|bleek)\b|\b(?:wordt|worden) (?:\S+ ){0,3}?(?:bedreigd|"
    r"geconfronteerd|gekenmerkt|veroorzaakt|gezien|genoemd|ervaren|beschouwd)\b|"
    r"\b(?:verzoeken?|vragen) (?:we|wij|ik)\b",
    re.IGNORECASE,
)
_MUST_ONLY = re.compile(r"\b(?:moet|moeten|dient|dienen|zal moeten|zullen moeten|nodig)\b", re.IGNORECASE)
_SURE = re.compile(rf"\b{_WE} (?:\S+ ){{0,3}}?{_WILL}\b|\b{_WILL} (?:\S+ ){{0,2}}?{_WE}\b", re.IGNORECASE)
_THIS_LETTER = re.compile(
    r"\b(?:hieronder|hierna|hiervoor|in deze (?:kamer)?brief|in het vervolg|onderstaand\w*|in de bijlage)\b",
    re.IGNORECASE,
)

_DECIDES = re.compile(
    rf"\b(?:heeft|hebben|is|zijn) (?:\S+ ){{0,12}}?(?:besloten|vastgesteld|ingestemd|afgesproken|overeengekomen|"
    rf"gekozen|toegekend|aangenomen)\b|\b(?:besluit|besluiten|kiest|kiezen|stelt vast|stemt in) (?:\S+ ){{0,2}}?{_WE}\b"
    rf"|\b{_WE} (?:besluit|besluiten|kiest|kiezen)\b|\bbesloten (?:om|tot|is|heeft)\b|\bhet besluit (?:om|tot|van)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\bnog (?:niet|geen|onbekend|onduidelijk|onzeker|te vroeg)\b|\b(?:onbekend|onduidelijk|onzeker)\b|"
    r"\bis nog\b.{0,60}\?"
    r"|\bnader (?:te bezien|onderzoek|bepaald|uitgewerkt|uit te werken)\b|\b(?:kan|kunnen) (?:ik|wij|we|het kabinet) "
    r"(?:\S+ ){0,4}?(?:niet|geen)\b|\b(?:valt|is) (?:\S+ ){0,3}?niet (?:te zeggen|bekend|mogelijk om)\b"
    r"|\bafhankelijk van\b|\bwordt (?:\S+ ){0,3}?(?:nog )?bezien\b|\bloopt nog\b",
    re.IGNORECASE,
)


class Promising(NamedTuple):
    """What the words of a sentence say of a promise in it: that somebody `will`, that it is the cabinet (`surely`),
    that it was, might be or is asked (`never`), what must be (`must`), or what the letter itself does (`here`)."""

    will: bool
    surely: bool
    never: bool
    must: bool
    here: bool

    @property
    def promises(self) -> bool:
        """Whether somebody will do something that is not done yet."""
        return self.will and not self.never and not self.here and (self.surely or not self.must)


def promising(text: str) -> Promising:
    return Promising(*(bool(cue.search(text)) for cue in (_PROMISES, _SURE, _NO_PROMISE, _MUST_ONLY, _THIS_LETTER)))


def decides(text: str) -> bool:
    """Whether a sentence tells of a decision that was taken."""
    return bool(_DECIDES.search(text)) and not text.rstrip().endswith("?")


def leaves_open(text: str) -> bool:
    """Whether a sentence says that something is not known or not decided yet."""
    return bool(_OPEN.search(text))


_WHO = re.compile(
    r"\b(?P<who>(?:de |het )?(?:minister(?:ie)?s? (?:van|voor) [A-Z]\w+(?:(?:,| en) [A-Z]\w+)*|minister|"
    r"staatssecretaris|kabinet|rijk|regering|provincies?(?: en gemeenten)?|gemeenten|waterschappen|"
    r"rijkswaterstaat|deltacommissaris))\b"
    r"|\b(?P<we>ik|wij|we|mijn)\b",
    re.IGNORECASE,
)


def who(text: str) -> str | None:
    """Who does what a sentence promises, as the sentence names them; None where it does not, or says "ik" or "wij"."""
    for match in _WHO.finditer(text):
        return match["who"]
    return None
