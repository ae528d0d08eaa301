"""What each part of the input and of the decoding is worth: scores with the part left out.

    ablate.py PREPARED WEIGHTS PART...   (parts: held dev uner re3d)

The network is not trained anew. A tenth of the windows had no features in training, so that the line
without all of them is fair; the lines that leave out a group show what this network leans on, not what
one trained without it would reach.
"""

import copy
import pickle
import sys

from agree import agreed
from corpora import KINDS
from score import counts, figures, spans_of, tag
from soften import load

GROUPS = {
    "letter case": ("case.",),
    "gazetteer": ("place.",),
    "lexicons": ("list.", "word."),
    "rules": ("rule.",),
    "the document's habits": ("document.",),
    "all features": ("",),
}


def without(example, gone):
    """The example without the features whose numbers are `gone`."""
    bare = copy.copy(example)
    bare.features = [[f for f in row if f not in gone] for row in example.features]
    return bare


def spans_of_each_word(example, scores):
    """Spans of the best label of each word by itself; an inside label without its begin begins one."""
    found, best = [], scores.argmax(-1)
    for first, end in example.windows():
        last = None
        for word in range(first, end):
            kind = (best[word] - 1) // 2 if best[word] else None
            if kind is not None and kind == last and best[word] % 2 == 0:
                found[-1] = (found[-1][0], word + 1, found[-1][2])
            elif kind is not None:
                found.append((word, word + 1, KINDS[kind]))
            last = kind
    return found


def main():
    prepared, weights, *parts = sys.argv[1:]
    with open(prepared, "rb") as file:
        data = pickle.load(file)
    model = load(weights, data)
    for part in parts:
        examples = data[part]
        scores = tag(model, data, examples)

        def line(name, found):
            print(f"{part:5} {name:32} {figures(counts(examples, found))}", flush=True)

        line("as it is", [agreed(e, s) for e, s in zip(examples, scores)])
        line("no agreement in the document", [spans_of(e, s) for e, s in zip(examples, scores)])
        alone = [spans_of_each_word(e, s) for e, s in zip(examples, scores)]
        line("nor allowed sequences alone", alone)
        for name, starts in GROUPS.items():
            gone = {n for n, feature in enumerate(data["features"]) if feature.startswith(starts)}
            bare = [without(e, gone) for e in examples]
            found = [agreed(e, s) for e, s in zip(bare, tag(model, data, bare))]
            line(f"without {name} ({len(gone)})", found)


if __name__ == "__main__":
    main()
