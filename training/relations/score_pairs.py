"""Scores of the network of pairs: our annotations that were kept apart, and CoNLL04 with gold entities."""

import collections

import numpy as np
import torch

from labels import KINDS, LABELS, MENTIONS, REDOCRED_COVERED, SYMMETRIC, mapped



def probabilities(model, sentences):
    """For each sentence a dictionary (head, tail) -> probabilities of the labels; the two orders of a pair
    share those of kinds without direction."""
    from train_pairs import batches, tensors
    import random

    out = {}
    both = [LABELS.index(k) for k in KINDS if k in SYMMETRIC]
    sentences = [s for s in sentences if len(s.mentions) > 1]
    for group in batches(sentences, 3000, random.Random(0)) if sentences else []:
        for s in group:
            s.part = getattr(s, "part", "")
        batch, _ = tensors(group)
        with torch.no_grad():
            rows = model(batch)[0].softmax(-1).numpy()
        at = 0
        for s in group:
            n = len(s.mentions)
            pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
            own = {pair: rows[at + k].copy() for k, pair in enumerate(pairs)}
            at += len(pairs)
            for i, j in pairs:
                if i < j:
                    mean = (own[i, j][both] + own[j, i][both]) / 2
                    own[i, j][both] = own[j, i][both] = mean
            out[id(s)] = own
    return out


def stated(own, threshold=0.5):
    """(head, tail, label) of the pairs of a sentence; kinds without direction once."""
    out = set()
    for (i, j), row in own.items():
        best = 1 + int(row[1:].argmax())
        if row[best] >= threshold:
            if LABELS[best] in SYMMETRIC and i > j:
                i, j = j, i
            out.add((i, j, best))
    return out


def gold_of(s):
    """Annotated triples of a sentence, each with the kinds that it may be."""
    out = {}
    for (i, j), (kinds, _, _) in s.pairs.items():
        if len(kinds) == len(LABELS):
            continue
        if all(LABELS[k] in SYMMETRIC for k in kinds) and i > j:
            i, j = j, i
        out[i, j] = set(kinds)
    return out


def report(model, held, thresholds=(0.5, 0.7)):
    """Precision, recall and F1 on sentences annotated for all kinds."""
    own, lines = probabilities(model, held), []
    for threshold in thresholds:
        right = said = wanted = 0
        for s in held:
            gold = gold_of(s)
            wanted += len(gold)
            for i, j, k in stated(own.get(id(s), {}), threshold):
                said += 1
                right += k in gold.get((i, j), ())
        p, r = right / max(said, 1), right / max(wanted, 1)
        lines.append(f"at {threshold}: P {100 * p:.1f} R {100 * r:.1f} F {200 * p * r / max(p + r, 1e-9):.1f}")
    return ", ".join(lines)


def conll04(model, sentences, threshold=0.5):
    """Micro F1 of CoNLL04 with gold entities."""
    own = probabilities(model, sentences)
    right = said = wanted = 0
    single = collections.Counter()
    for s in sentences:
        kinds = [m[2] for m in s.mentions]
        gold = set()
        for (i, j), (labels, _, _) in s.pairs.items():
            gold.add((i, j, mapped(LABELS[labels[0]], kinds[i], kinds[j])))
        found = {(i, j, mapped(LABELS[k], kinds[i], kinds[j]))
                 for i, j, k in stated(own.get(id(s), {}), threshold)}
        found = {t for t in found if t[2]}
        right, said, wanted = right + len(gold & found), said + len(found), wanted + len(gold)
        for t in gold | found:
            single[t[2], "right" if t in gold and t in found else "missed" if t in gold else "wrong"] += 1
    p, r = right / max(said, 1), right / max(wanted, 1)
    return f"P {100 * p:.1f} R {100 * r:.1f} F {200 * p * r / max(p + r, 1e-9):.1f}"


def redocred(model, sentences, threshold=0.5):
    """Micro F1 of Re-DocRED's relations that its annotators saw in one sentence, gold mentions, for the kinds
    that map; pairs that the corpus relates by the rest of the document are left out."""
    own = probabilities(model, sentences)
    right = said = wanted = 0
    for s in sentences:
        gold = gold_of(s)
        open_pairs = {pair for pair, (kinds, _, _) in s.pairs.items() if len(kinds) == len(LABELS)}
        wanted += len(gold)
        for i, j, k in stated(own.get(id(s), {}), threshold):
            if (i, j) in open_pairs or LABELS[k] not in REDOCRED_COVERED:
                continue
            mirrored = LABELS[k] in SYMMETRIC and k in gold.get((j, i), ())
            said += 1
            right += k in gold.get((i, j), ()) or mirrored
    p, r = right / max(said, 1), right / max(wanted, 1)
    return f"P {100 * p:.1f} R {100 * r:.1f} F {200 * p * r / max(p + r, 1e-9):.1f}"


def table(model, held, threshold=0.5):
    """Per kind: right, stated, annotated."""
    own, count = probabilities(model, held), collections.Counter()
    for s in held:
        gold = gold_of(s)
        for kinds in gold.values():
            count[LABELS[min(kinds)], "annotated"] += 1
        for i, j, k in stated(own.get(id(s), {}), threshold):
            count[LABELS[k], "stated"] += 1
            count[LABELS[k], "right"] += k in gold.get((i, j), ())
    return "\n".join(f"{k:14} right {count[k, 'right']:4} of {count[k, 'stated']:4} stated, "
                     f"{count[k, 'annotated']:4} annotated" for k in KINDS)


__all__ = ["conll04", "probabilities", "redocred", "report", "stated", "table", "np"]
