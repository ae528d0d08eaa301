"""The encoder: MiniLM's shape with features added to the input, written for quick training on a CPU.

Attention is plain products (the fused kernel has a slow backward on CPUs), dropout takes its mask from
one pool of random numbers (drawing them anew costs as much as the products).
"""

import torch
import torch.nn.functional as F
from torch import nn

HIDDEN, HEADS, INNER = 384, 12, 1536
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
"""Where the products run: an accelerator if there is one."""
POOL = 1 << 24
WEIGHT_LIMIT = 127


class Pool:
    """Random numbers, drawn once."""

    numbers = None

    @classmethod
    def drop(cls, x, rate):
        if not rate:
            return x
        if cls.numbers is None:
            cls.numbers = torch.rand(POOL, device=x.device)
        at = int(torch.randint(0, POOL - x.numel(), (1,)))
        keep = cls.numbers[at:at + x.numel()].view(x.shape) > rate
        return x * (keep.to(x.dtype) * (1 / (1 - rate)))


class Through(torch.autograd.Function):
    """Takes the second value on the way forward, hands the gradient to the first on the way back."""

    @staticmethod
    def forward(context, x, rounded):
        return rounded

    @staticmethod
    def backward(context, grad):
        return grad, None


def rounded_weight(weight):
    """Symmetric integers with one scale for each output row."""
    with torch.no_grad():
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / WEIGHT_LIMIT
        rounded = (weight / scale).round().clamp(-WEIGHT_LIMIT, WEIGHT_LIMIT) * scale
    return Through.apply(weight, rounded)


def rounded_input(x):
    """Unsigned bytes with one scale and zero point for each row, as the program has them."""
    with torch.no_grad():
        wide = x.float()
        low, high = wide.amin(-1, keepdim=True).clamp(max=0), wide.amax(-1, keepdim=True).clamp(min=0)
        scale = (high - low).clamp(min=1e-8) / 255
        zero = (-low / scale).round()
        rounded = (((wide / scale).round() + zero).clamp(0, 255) - zero) * scale
    return Through.apply(x, rounded.to(x.dtype))


class Product(nn.Linear):
    """A linear map that can act as its integer form does."""

    integer = False

    def forward(self, x):
        if self.integer:
            return F.linear(rounded_input(x), rounded_weight(self.weight), self.bias)
        return F.linear(x, self.weight, self.bias)


class Layer(nn.Module):
    """One layer, normalised after each sum."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.qkv, self.out = Product(HIDDEN, 3 * HIDDEN), Product(HIDDEN, HIDDEN)
        self.ffn1, self.ffn2 = Product(HIDDEN, INNER), Product(INNER, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)

    def forward(self, x, bias):
        rate = self.rate if self.training else 0
        batch, length, _ = x.shape
        parts = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5 + bias
        mixed = (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + Pool.drop(self.out(mixed), rate))
        return self.norm2(x + Pool.drop(self.ffn2(F.gelu(self.ffn1(x))), rate))


class Tagger(nn.Module):
    """Pieces and features in; one row of label scores for each word out."""

    def __init__(self, vocabulary, features, labels, layers=6, corpora=4, rate=0.1):
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Embedding(160, HIDDEN)
        self.feature = nn.EmbeddingBag(features, HIDDEN, mode="sum")
        self.corpus = nn.Embedding(corpora, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer(rate) for _ in range(layers))
        self.head = nn.Linear(HIDDEN, labels)
        self.rate = rate
        self.exact = False
        nn.init.normal_(self.feature.weight, std=0.02)
        nn.init.zeros_(self.corpus.weight)

    def forward(self, batch, hidden=False):
        """`batch`: ids [B, T]; mask [B, T]; owner [B, T] (word of each piece, the last row for none);
        flat features with offsets; first [words] (flat place of each word's first piece); corpus [B]."""
        rate = self.rate if self.training else 0
        rows = self.feature(batch["flat"], batch["offsets"])
        rows = torch.cat([rows, rows.new_zeros(1, HIDDEN)])
        x = self.word(batch["ids"]) + rows[batch["owner"]] + self.corpus(batch["corpus"])[:, None]
        x = x + self.position.weight[: batch["ids"].shape[1]]
        x = Pool.drop(self.norm(x), rate)
        bias = torch.zeros(batch["mask"].shape, device=x.device).masked_fill(~batch["mask"], -1e4)[:, None, None]
        with torch.autocast(x.device.type, torch.bfloat16, enabled=not self.exact):
            if not self.exact:
                bias = bias.to(torch.bfloat16)
            for layer in self.layers:
                x = layer(x, bias)
        x = x.float().reshape(-1, HIDDEN)[batch["first"]]
        scores = self.head(Pool.drop(x, rate))
        return (scores, x) if hidden else scores

    def integer(self, on):
        """Switches the products to their integer form."""
        for module in self.modules():
            if isinstance(module, Product):
                module.integer = on


def load_base(model, folder, layers):
    """MiniLM's weights; `layers` names which of its six layers are taken."""
    from safetensors.torch import load_file

    base = load_file(f"{folder}/model.safetensors")
    base = {k.removeprefix("bert."): v.float() for k, v in base.items()}
    with torch.no_grad():
        word = base["embeddings.word_embeddings.weight"]
        scale = word.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        model.word.weight.copy_((word / scale).round() * scale)
        model.word.weight.requires_grad_(False)
        type_row = base["embeddings.token_type_embeddings.weight"][0]
        model.position.weight.copy_(base["embeddings.position_embeddings.weight"][:160] + type_row)
        model.norm.weight.copy_(base["embeddings.LayerNorm.weight"])
        model.norm.bias.copy_(base["embeddings.LayerNorm.bias"])
        for layer, number in zip(model.layers, layers):
            at = f"encoder.layer.{number}."
            parts = [f"{at}attention.self.{name}" for name in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([base[p + ".weight"] for p in parts]))
            layer.qkv.bias.copy_(torch.cat([base[p + ".bias"] for p in parts]))
            for ours, theirs in (
                ("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                ("ffn1", "intermediate.dense"), ("ffn2", "output.dense"), ("norm2", "output.LayerNorm"),
            ):
                getattr(layer, ours).weight.copy_(base[f"{at}{theirs}.weight"])
                getattr(layer, ours).bias.copy_(base[f"{at}{theirs}.bias"])
