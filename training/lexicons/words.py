"""Writes assets/lexicons/common_words.txt: words that running English text writes in lower case, most of the times that
they do not begin a sentence; counted over plain text given as JSON lines or JSON with tokens. A bare list of words.

  python3 words.py ../../assets/lexicons CORPUS...
"""
import collections
import json
import pathlib
import re
import sys


def texts(path):
    """Every text or token list in a file, whatever its layout."""
    def walk(value):
        if isinstance(value, str):
            if value.count(' ') > 3:
                yield value
        elif isinstance(value, list):
            if value and all(isinstance(v, str) for v in value):
                yield ' '.join(value)
            else:
                for v in value:
                    yield from walk(v)
        elif isinstance(value, dict):
            for v in value.values():
                yield from walk(v)
    raw = path.read_text(encoding='utf-8')
    if path.suffix == '.jsonl':
        for line in raw.splitlines():
            yield from walk(json.loads(line))
    else:
        yield from walk(json.loads(raw))


def main(folder, corpora):
    lower, upper = collections.Counter(), collections.Counter()
    for path in corpora:
        for text in texts(pathlib.Path(path)):
            for before, word in re.findall(r"(^|[^\W\d_]\s|[,;]\s|\W)([^\W\d_]+)", text):
                (lower if word.islower() else upper)[word.lower()] += 1
    words = sorted(w for w, n in lower.items() if len(w) > 1 and n >= 2 and n * 2 >= upper[w] and w.isascii())
    (pathlib.Path(folder) / 'common_words.txt').write_text('\n'.join(words) + '\n', encoding='utf-8')
    print(len(words))


main(sys.argv[1], sys.argv[2:])
