"""The network that reads relations: layers above the recognizer's encoder and a head for pairs.

In come the hidden numbers of a sentence's words and its mentions; out go, for each ordered pair of
mentions, scores of the kinds of relation from the first to the second, and for each word how much it was
looked at for that pair, from which the words that say so are taken.
"""

import os
import sys

import torch
import torch.nn.functional as F
from torch import nn

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "recognizer"))
from network import HIDDEN, Layer, Pool, Product  # noqa: E402,F401
from labels import LABELS, MENTIONS  # noqa: E402

WIDTH = 128
"""Of the vectors that stand for a mention in a pair, and of the words looked at."""
DISTANCES = [0, 1, 2, 3, 4, 6, 9, 14, 22, 35]
"""Words between two mentions, at least; twice, for both orders."""
BETWEEN = 4
"""Mentions between two, counted up to this."""
STATUSES = ["asserted", "reported", "alleged", "denied"]


class Pairs(nn.Module):
    """Two more layers over the words with their mentions marked, then a head."""

    def __init__(self, layers=2, rate=0.1):
        super().__init__()
        self.rate = rate
        self.mark = nn.Embedding(2 * len(MENTIONS) + 1, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer(rate) for _ in range(layers))
        self.head, self.tail = nn.Linear(2 * HIDDEN, WIDTH), nn.Linear(2 * HIDDEN, WIDTH)
        self.key, self.value = nn.Linear(HIDDEN, WIDTH), nn.Linear(HIDDEN, WIDTH)
        self.distance = nn.Embedding(2 * len(DISTANCES) * (BETWEEN + 1), WIDTH)
        self.ask = nn.Linear(WIDTH, WIDTH)
        self.inner = nn.Linear(4 * WIDTH, 2 * WIDTH)
        self.label = nn.Linear(2 * WIDTH, len(LABELS))
        self.status = nn.Linear(2 * WIDTH, len(STATUSES))
        nn.init.normal_(self.mark.weight, std=0.2)
        nn.init.normal_(self.distance.weight, std=0.05)

    def encode(self, batch):
        """Words of the sentences after the layers: [B, W, 384]."""
        rate = self.rate if self.training else 0
        x = self.norm(batch["hidden"] + self.mark(batch["marks"]))
        x = Pool.drop(x, rate)
        bias = torch.zeros(batch["mask"].shape).masked_fill(~batch["mask"], -1e4)[:, None, None]
        with torch.autocast("cpu", torch.bfloat16, enabled=not getattr(self, "exact", False)):
            for layer in self.layers:
                x = layer(x, bias)
        return x.float()

    def forward(self, batch):
        """Scores [pairs, labels], looks [pairs, W] (logits over words), statuses [pairs, 4]."""
        rate = self.rate if self.training else 0
        x = self.encode(batch)
        row, first, last = batch["row"], batch["first"], batch["last"]
        ends = torch.cat([x[row, first], x[row, last]], -1)
        head, tail = self.head(ends)[batch["head"]], self.tail(ends)[batch["tail"]]
        apart = self.distance(batch["apart"])
        sentence = row[batch["head"]]
        ask = self.ask(torch.tanh(head + tail + apart))
        keys, values = self.key(x), self.value(x)
        # The pairs of a sentence follow each other; gathering its words for each pair would cost far more.
        counts = torch.bincount(sentence, minlength=len(x)).tolist()
        looks, seen = [], []
        for n, part in enumerate(ask.split(counts)):
            look = (part @ keys[n].T * WIDTH**-0.5).masked_fill(~batch["mask"][n], -1e4)
            looks.append(look)
            seen.append(look.softmax(-1) @ values[n])
        looks, seen = torch.cat(looks), torch.cat(seen)
        inner = F.gelu(self.inner(Pool.drop(torch.cat([head, tail, seen, apart], -1), rate)))
        inner = Pool.drop(inner, rate)
        return self.label(inner), looks, self.status(inner)

    def integer(self, on):
        """Switches the products of the layers to their integer form."""
        for layer in self.layers:
            for module in layer.modules():
                if isinstance(module, Product):
                    module.integer = on


def load_layers(model, folder, numbers):
    """MiniLM's layers of these numbers as the first weights."""
    from network import Tagger, load_base
    from safetensors.torch import load_file

    whole = Tagger(load_file(f"{folder}/model.safetensors")["embeddings.word_embeddings.weight"].shape[0],
                   4, 4, len(numbers))
    load_base(whole, folder, numbers)
    for ours, theirs in zip(model.layers, whole.layers):
        ours.load_state_dict(theirs.state_dict())


def restored(path):
    """The network of these weights, ready to be asked."""
    state = torch.load(path)
    model = Pairs(1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers.")))
    model.load_state_dict(state)
    return model.eval()


def apart(a, b, number_a, number_b):
    """Row of `distance` for a pair: word ranges and numbers of its mentions."""
    gap = b[0] - a[1] if a[0] < b[0] else a[0] - b[1]
    bucket = max(n for n, least in enumerate(DISTANCES) if gap >= least or n == 0)
    between = min(BETWEEN, abs(number_a - number_b) - 1)
    return ((a[0] > b[0]) * len(DISTANCES) + bucket) * (BETWEEN + 1) + between
