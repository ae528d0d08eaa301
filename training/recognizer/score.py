"""Tags examples and scores spans strictly, in the way of the project's measure."""

import re

import numpy as np
import torch

from corpora import KINDS, LABELS

COARSE = {"PER": "person", "ORG": "organization", "LOC": "place", "FAC": "place"}


def transitions():
    """Which label may follow which, as scores to add; the last row is the start."""
    size = len(LABELS)
    table = np.zeros((size + 1, size), np.float32)
    for to in range(2, size, 2):
        for source in range(size + 1):
            if source not in (to, to - 1):
                table[source, to] = -1e4
    return table


TABLE = transitions()


def viterbi(scores, table=TABLE):
    """The best allowed sequence of labels for rows of log-probabilities."""
    best = scores[0] + table[-1]
    back = np.zeros(scores.shape, np.int64)
    for i in range(1, len(scores)):
        ways = best[:, None] + table[:-1]
        back[i] = ways.argmax(0)
        best = ways.max(0) + scores[i]
    path = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def tag(model, data, examples, size=6000):
    """Log-probabilities of each word of each example: a list of arrays."""
    from train import tensors

    out = [np.zeros((len(e.words), len(LABELS)), np.float32) for e in examples]
    items = [(n, e, a, b) for n, e in enumerate(examples) for a, b in e.windows() if b > a]
    items.sort(key=lambda x: sum(len(p) for p in x[1].pieces[x[2]:x[3]]))
    groups, group = [], []
    for item in items:
        width = sum(len(p) for p in item[1].pieces[item[2]:item[3]]) + 2
        if group and (len(group) + 1) * width > size:
            groups.append(group)
            group = []
        group.append(item)
    if group:
        groups.append(group)
    with torch.no_grad():
        for group in groups:
            batch = tensors([g[1:] for g in group], data["first"], data["last"], corpus=False)
            scores = model(batch).log_softmax(-1).cpu().numpy()
            at = 0
            for n, _, a, b in group:
                out[n][a:b] = scores[at:at + b - a]
                at += b - a
    return out


def spans_of(example, scores):
    """(first word, end word, kind) of an example."""
    found = []
    for a, b in example.windows():
        if b <= a:
            continue
        open_at = None
        for i, label in enumerate(viterbi(scores[a:b]) + [0]):
            if open_at is not None and (label == 0 or label % 2 == 1):
                found.append((open_at[0], a + i, open_at[1]))
                open_at = None
            if label % 2 == 1:
                open_at = (a + i, KINDS[(label - 1) // 2])
    return found


def trim(text, a, b):
    """Leaves out a leading article, a possessive and outer punctuation, as the measure does."""
    while a < b and text[a] in ' \n"\'“”‘(':
        a += 1
    while a < b and text[b - 1] in ' \n"\'“”’).,;:':
        b -= 1
    article = re.match(r"(?i)the ", text[a:b])
    if article:
        a += article.end()
    if re.search(r"['’]s$", text[a:b]):
        b -= 2
    return a, b


def counts(examples, found):
    """{kind: [right, wrong, missed]} for person, organization and place."""
    table = {}
    for e, spans in zip(examples, found):
        text = e.document.text
        gold = {(*trim(text, a, b), COARSE[k[0]]) for a, b, k in e.document.spans
                if len(k) == 1 and k[0] in COARSE}
        mine = {(*trim(text, e.words[a][0], e.words[b - 1][1]), COARSE[k]) for a, b, k in spans
                if k in COARSE}
        for i, group in enumerate((gold & mine, mine - gold, gold - mine)):
            for span in group:
                table.setdefault(span[2], [0, 0, 0])[i] += 1
    return table


def figures(table):
    """One line: F1 of each kind and of all."""
    def f1(v):
        return 200 * v[0] / max(1, 2 * v[0] + v[1] + v[2])
    total = [sum(v[i] for v in table.values()) for i in range(3)]
    parts = [f"{kind[:3]} {f1(v):.1f}" for kind, v in sorted(table.items())]
    return f"{f1(total):.2f} (P {100*total[0]/max(1,total[0]+total[1]):.1f} " \
           f"R {100*total[0]/max(1,total[0]+total[2]):.1f}; {', '.join(parts)})"


def report(model, data, parts):
    """One line of figures for each part: from single words, then with the document's agreement."""
    from agree import agreed

    lines = []
    for part in parts:
        examples = data[part]
        scores = tag(model, data, examples)
        plain = [spans_of(e, s) for e, s in zip(examples, scores)]
        found = [agreed(e, s) for e, s in zip(examples, scores)]
        alone = figures(counts(examples, plain))
        lines.append(f"{part} {alone} -> {figures(counts(examples, found))}")
    return " | ".join(lines)
