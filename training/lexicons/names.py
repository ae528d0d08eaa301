"""Writes assets/lexicons/given_names.txt, given_name_sexes.txt and surnames.txt from the name lists of Faker (MIT), folded as
`redstring::model::normalized_name` folds names, Cyrillic ones also transliterated, one a line, sorted.

  pip install -r requirements.txt && python3 names.py ../../assets/lexicons
"""
import collections
import importlib
import itertools
import pathlib
import pkgutil
import sys
import unicodedata

import faker.providers.person as person

CYRILLIC = {'а': 'a', 'б': 'b', 'в': 'v', 'г': 'g', 'ґ': 'g', 'д': 'd', 'е': 'e', 'є': 'ye', 'ж': 'zh', 'з': 'z', 'и': 'i', 'і': 'i', 'ї': 'yi', 'й': 'y', 'к': 'k', 'л': 'l', 'м': 'm', 'н': 'n', 'о': 'o', 'п': 'p', 'р': 'r', 'с': 's', 'т': 't', 'у': 'u', 'ф': 'f', 'х': 'kh', 'ц': 'ts', 'ч': 'ch', 'ш': 'sh', 'щ': 'shch', 'ъ': '', 'ы': 'y', 'ь': '', 'э': 'e', 'ю': 'yu', 'я': 'ya', 'ё': 'yo', 'ў': 'u', 'ј': 'j', 'љ': 'lj', 'њ': 'nj', 'ћ': 'c', 'ђ': 'dj', 'џ': 'dz', 'ѓ': 'gj', 'ќ': 'kj', 'ѕ': 'dz'}
LATER = {'г': 'h', 'и': 'y'}          # Ukrainian letters that differ
GIVEN = ('first_names', 'first_names_male', 'first_names_female', 'first_names_nonbinary', 'first_names_unisex', 'first_romanized_names', 'first_names_men', 'first_names_women')
MALE = ('first_names_male', 'first_names_men')
FEMALE = ('first_names_female', 'first_names_women')
# Men's names in one large country and women's in another, whatever most locales have.
OPEN = {'andrea', 'ashley', 'chris', 'dana', 'daniele', 'gabriele', 'jan', 'jean', 'jo', 'joan', 'kim', 'lee', 'luca', 'maria', 'michele', 'nicola', 'nikita', 'noor', 'nour', 'park', 'robin', 'sam', 'sasha', 'simone', 'valery'}
FAMILY = ('last_names', 'last_names_male', 'last_names_female', 'last_names_unisex', 'last_romanized_names', 'last_names_romanized')


def fold(name):
    out = []
    for c in unicodedata.normalize('NFKD', name):
        if unicodedata.combining(c):
            continue
        for c in c.lower():
            if c in "'\u2018\u2019\u02bc.`":
                continue
            out.append(c if c.isalnum() else ' ')
    return ''.join(out).split()


def romanized(name, ukrainian):
    """Transliterations in common use: Евгений gives evgeny, yevgeny, evgeniy, yevgeniy…"""
    table = {**CYRILLIC, **(LATER if ukrainian else {})}
    lower = unicodedata.normalize('NFC', name.lower())
    endings = [('ий', ('y', 'iy', 'yi', 'yy')), ('ый', ('y', 'yi', 'yy')), ('ей', ('ei', 'ey')), ('ай', ('ai', 'ay')), ('ія', ('ia', 'iya')), ('ия', ('ia', 'iya'))]
    tails = ('',)
    for ending, readings in endings:
        if lower.endswith(ending):
            lower, tails = lower[: -len(ending)], readings
            break
    body = lower.replace('кс', '\0')
    spelled = ''.join(table.get(c, c) for c in body)
    bodies = {spelled.replace('\0', 'ks'), spelled.replace('\0', 'x')}
    if lower[:1] == 'е':
        bodies |= {'y' + b for b in bodies}
    return {b + t for b, t in itertools.product(bodies, tails)}


def spellings(name, locale):
    if any('CYRILLIC' in unicodedata.name(c, '') for c in name):
        yield from romanized(name, locale.startswith('uk'))
    yield from fold(name)


def sexes():
    """Given names that at least four times as many locales have for one sex as for the other. Locales whose
    names are not told apart in Latin letters (Chinese, Korean) are left out, and so are names of two words."""
    of = {'m': collections.Counter(), 'f': collections.Counter()}
    for _, locale, _ in pkgutil.iter_modules(person.__path__):
        if locale[:2] in ('zh', 'ko', 'ja', 'th', 'vi'):
            continue
        provider = importlib.import_module(f'{person.__name__}.{locale}').Provider
        for attributes, sex in ((MALE, 'm'), (FEMALE, 'f')):
            found = set()
            for attribute in attributes:
                names = getattr(provider, attribute, ())
                for name in names if isinstance(names, (tuple, list, dict)) else ():
                    name = name if isinstance(name, str) else name[-1]
                    if len(name.split()) == 1 and len(fold(name)) == 1:
                        found.update(spellings(name, locale))
            of[sex].update(found)
    both = {'m': of['f'], 'f': of['m']}
    return {sex: {n for n, count in of[sex].items() if count >= 4 * both[sex][n]} - OPEN for sex in of}


def main(folder):
    given, family = set(), set()
    for _, locale, _ in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f'{person.__name__}.{locale}').Provider
        for attributes, into in ((GIVEN, given), (FAMILY, family)):
            for attribute in attributes:
                names = getattr(provider, attribute, ())
                for name in names if isinstance(names, (tuple, list, dict)) else ():
                    name = name if isinstance(name, str) else name[-1]
                    into.update(spellings(name, locale))
    for names, file in ((given, 'given_names.txt'), (family, 'surnames.txt')):
        kept = sorted(n for n in names if len(n) > 1 and n.isascii() and n.isalpha())
        lines = (pathlib.Path(__file__).parent / file.replace('.txt', '_extra.txt')).read_text(encoding='utf-8').split('\n')
        extra = {part for line in lines if not line.startswith('#') for word in line.split() for part in fold(word)}
        text = '\n'.join(sorted(set(kept) | extra)) + '\n'
        (pathlib.Path(folder) / file).write_text(text, encoding='utf-8')
        print(file, len(text.split()))

    lines = []
    for sex, names in sexes().items():
        kept = sorted(n for n in names if len(n) > 2 and n.isascii() and n.isalpha())
        lines.append(sex + ' ' + ' '.join(kept))
        print('given_name_sexes.txt', sex, len(kept))
    (pathlib.Path(folder) / 'given_name_sexes.txt').write_text('\n'.join(lines) + '\n', encoding='utf-8')


main(sys.argv[1])
