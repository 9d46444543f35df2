"""Function words: the short words that every text of a language is full of, by language.

Nouns are left out, and words that are a name or an abbreviation elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_WORDS = {
    "en": "the of and to in is that for it as with was on are be by this which or from at an not"
    " have has can its their these been when you your will more than into also but they how",
    "de": "der die das und ist in den von zu mit ein eine einer einem einen des dem im für auf als"
    " auch nicht sich es wird werden sind oder wie durch bei aus an kann zum zur nach aber wenn",
    "es": "el la los las de que y en un una es por con para se del al como su sus no más lo o este"
    " esta son ser pero entre cuando puede también está sin sobre cada muy hay donde",
    "fr": "le la les de des et est un une du en que qui dans pour par sur au aux avec ce cette ces"
    " ne pas se sont plus il elle ou son sa ses être comme mais peut leur leurs vous même",
    "it": "il la le di che e un una in per è con del della dei delle da non si al alla nel nella"
    " come più sono gli lo i o anche questo questa essere ma dal dalla può suo loro sul ogni",
    "pt": "o a os as de que e do da dos das em um uma para com por no na nos nas é se ao à mais"
    " como não ou são ser sua seu pelo pela este esta isso também mas foi pode você quando",
    "nl": "de het een van en in is dat op te zijn met voor die niet aan er om ook als bij door of"
    " uit wordt worden naar deze dit maar kan heeft meer dan nog wel over zoals tot hun",
    "sv": "och att det är en ett som på av för med den till inte om har de kan från vid så eller"
    " när men var ska också du detta dessa mellan sig blir finns denna efter under mycket",
    "da": "og at det er en et som på af for med den til ikke om har de kan fra ved så eller når men"
    " var skal også du dette disse mellem sig bliver findes denne efter hvor bruges meget",
    "nb": "og å det er en et som på av for med den til ikke om har de kan fra ved så eller når men"
    " var skal også du dette disse mellom seg blir finnes denne etter hvor brukes mye mer",
    "pl": "i w na z się do nie to jest że o jak od po za dla przez są przy który która które oraz"
    " lub ich jego tym ten ta może być ale jako tego tej co czy już tylko gdy bez pod",
    "cs": "a v na se je že s z do o to pro jako jsou k i za od nebo není by který která které aby"
    " při tak ale po ve ze jeho pokud může být lze ten tento tato podle až jen jejich také",
    "ro": "și în de la cu pe care nu este a că o un din pentru mai sunt se ca sau prin al ale fi"
    " dar acest această după când poate lui fost între fără către cele unei unui este să",
    "tr": "ve bir bu için ile de da olarak olan daha çok en gibi ya veya ne kadar sonra ise değil"
    " her o ki ancak şu göre tarafından üzerinde var olduğu eğer hem bunu arasında içinde",
    "id": "yang dan di untuk dari dengan ini dalam pada adalah tidak ke akan atau itu dapat oleh"
    " sebagai juga lebih karena bisa ada seperti saat anda tersebut telah secara jika lain",
    "vi": "và của là các có trong cho một được không với những này để khi từ đến người như bạn về"
    " đó hoặc cũng vào nhiều bằng hơn nó mà thể trên sẽ đã theo ra lại nếu",
    "fi": "ja on ei että se joka ovat myös kun tai mutta sen voi jos niin kuin ole tämä jotka sekä"
    " mukaan olla mitä siitä hän tämän vain jonka eivät voidaan kanssa niiden ne vielä",
    "hu": "a az és hogy nem is egy ez meg csak van de mint vagy el ha már még kell volt amely azt"
    " ezt lehet minden sem ki fel aki amelyek után között szerint által mert",
    "ca": "el la els les de que i en un una és per amb del dels al als com no es o més són aquest"
    " aquesta ser però seva seu entre quan pot també ha seves seus sense cada molt hi on",
    "ru": "и в не на что с по это как а для к из у от но о же так его за или он все при они если"
    " только бы она может быть также чтобы который которые можно вы их является этого",
    "uk": "і в не на що з по це як а для до та у від але про або його за він все при вони якщо"
    " тільки вона може бути також щоб який які можна ви їх є й цього коли є між",
    "bg": "и в не на че с по това като а за до от се са е но или той със към при те ако само може"
    " да бъде също който които можете ги има много няма тази този как във през",
    "sr": "и у не на да са по то као а за до од се су је али или он из при они ако само може бити"
    " такође који која које можете их има није овај ова како што би између када",
}


@cache
def languages_of() -> Mapping[str, frozenset[str]]:
    """For each function word the languages that have it."""
    found: dict[str, set[str]] = {}
    for language, words in _WORDS.items():
        for word in words.split():
            found.setdefault(word, set()).add(language)
    return {word: frozenset(languages) for word, languages in found.items()}


def is_known(language: str) -> bool:
    """Whether the function words of a language are known."""
    return language in _WORDS
