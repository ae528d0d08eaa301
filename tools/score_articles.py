"""Scores the program on invented articles that nobody looked at while it was made.

  python3 tools/score_articles.py target/release/redstring [tests/fixtures/articles] [--list]

Each NN.txt is extracted alone and compared with NN.gold.json: entities by name and alias (found, right kind, in
pieces, wrongly merged, spurious) and stated relations by both ends, kind and direction. What the gold calls optional
counts neither way; the form of the gold is told in the folder's README.
"""
import json
import pathlib
import re
import subprocess
import sys

KINDS = {'person', 'unit', 'organization', 'place'}
MUTUAL = {'fights', 'allied_with', 'met_with', 'contacted', 'family_of', 'associate_of'}
CONTAINMENT = {'part_of', 'located_in'}


def norm(name):
    name = re.sub(r'\s+', ' ', name.replace('\u2019', "'").lower()).strip(' .,;:"\'')
    return re.sub(r"'s$", '', re.sub(r'^(the|a|an) ', '', name))


def extract(binary, path):
    out = subprocess.run([binary, 'extract', str(path), '--format', 'json', '--quiet'], stdout=subprocess.PIPE, check=True)
    return json.loads(out.stdout)


def key(source, kind, target, between_places=False):
    if kind in MUTUAL and target < source:
        source, target = target, source
    return source, 'within' if between_places and kind in CONTAINMENT else kind, target


def entities(gold, got, score, notes):
    """The gold's index of each entity found; counts on the way."""
    names = {norm(n): i for i, e in enumerate(gold) for n in [e['name'], *e['aliases']]}
    of, pieces = {}, {}
    for entity in got:
        said = {norm(m['text']) for m in entity['mentions']} | {norm(entity['name'])}
        hits = {names[s] for s in said if s in names}
        if not hits:
            if entity['kind'] in KINDS:
                score['spurious'] += 1
                notes.append(f"spurious {entity['kind']} {entity['name']}")
            continue
        best = max(sorted(hits), key=lambda h: (norm(gold[h]['name']) == norm(entity['name']), sum(names.get(norm(m['text'])) == h for m in entity['mentions'])))
        of[entity['id']] = best
        if len(hits) > 1:
            score['merged'] += 1
            notes.append('merged ' + ' + '.join(gold[h]['name'] for h in sorted(hits)))
        accepted = {gold[best]['kind'], *gold[best].get('also_kind', [])}
        if entity['kind'] in KINDS and entity['kind'] not in accepted and not gold[best].get('optional'):
            score['wrong kind'] += 1
            notes.append(f"{entity['name']} is {entity['kind']}, not {gold[best]['kind']}")
        pieces.setdefault(best, []).append(entity['name'])
    for i, entity in enumerate(gold):
        if entity['kind'] not in KINDS or entity.get('optional'):
            continue
        score['gold'] += 1
        score['found'] += i in pieces
        score['fragments'] += max(0, len(pieces.get(i, [])) - 1)
        if i not in pieces:
            notes.append(f"missing {entity['kind']} {entity['name']}")
        elif len(pieces[i]) > 1:
            notes.append(f'in pieces {pieces[i]}')
    return of


def relations(gold, got, of, score, notes):
    def keys(listed):
        return {key(index(gold, r['source']), r['kind'], index(gold, r['target']), places(gold, r)) for r in listed}
    required, optional = keys(gold['relations']), keys(gold.get('optional_relations', []))
    found = set()
    for r in got['relations']:
        a, b = of.get(r['source']), of.get(r['target'])
        both_places = None not in (a, b) and gold['entities'][a]['kind'] == gold['entities'][b]['kind'] == 'place'
        k = key(a, r['kind'], b, both_places) if None not in (a, b) else None
        if k in found:
            continue
        found.add(k)
        score['stated'] += 1
        if k in required:
            score['stated right'] += 1
        elif k in optional:
            score['stated optional'] += 1
        else:
            names = {e['id']: e['name'] for e in got['entities']}
            notes.append(f"not in the gold: {names[r['source']]} -{r['kind']}-> {names[r['target']]}: {r['evidence'][0].get('text')}")
    score['relations'] += len(required)
    score['relations found'] += len(required & found)
    for a, kind, b in sorted(required - found):
        notes.append(f"not stated: {gold['entities'][a]['name']} -{kind}-> {gold['entities'][b]['name']}")


def index(gold, name):
    for i, entity in enumerate(gold['entities']):
        if norm(name) in map(norm, [entity['name'], *entity['aliases']]):
            return i
    raise SystemExit(f'{name} is in a relation and no entity')


def places(gold, r):
    return all(gold['entities'][index(gold, r[end])]['kind'] == 'place' for end in ('source', 'target'))


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith('--')]
    binary = arguments[0]
    folder = pathlib.Path(arguments[1] if len(arguments) > 1 else pathlib.Path(__file__).parent / '../tests/fixtures/articles')
    score = dict.fromkeys(['gold', 'found', 'spurious', 'wrong kind', 'fragments', 'merged', 'relations', 'relations found', 'stated', 'stated right', 'stated optional'], 0)
    for path in sorted(folder.glob('*.txt')):
        gold = json.loads(path.with_suffix('.gold.json').read_text(encoding='utf-8'))
        got, notes = extract(binary, path), []
        of = entities(gold['entities'], got['entities'], score, notes)
        relations(gold, got, of, score, notes)
        if '--list' in sys.argv:
            print(path.name, *notes, sep='\n  ')
    s = score
    print(f"entities: {s['found']} of {s['gold']} found, {s['spurious']} spurious, {s['wrong kind']} of a wrong kind, {s['fragments']} fragments, {s['merged']} wrongly merged")
    print(f"relations: {s['relations found']} of {s['relations']} found; {s['stated']} stated, of them {s['stated right']} in the gold and {s['stated optional']} defensible")


main()
