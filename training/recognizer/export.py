"""Writes the asset: a header in JSON and tensors, each at a multiple of 64 bytes.

    export.py WEIGHTS PREPARED VOCABULARY OUT

Layout: `RSTAGGER`, version and header length as little-endian u32, header, tensors. Matrices of the
layers and the rows of the word table are integers of one byte with one scale for each row.
"""

import json
import pickle
import struct
import sys

import numpy as np
import torch

from corpora import LABELS
from network import HEADS, HIDDEN, INNER
from score import TABLE

ALIGNMENT = 64


def integers(weight, limit=127):
    """(bytes, scale of each row)"""
    weight = weight.float().numpy()
    scale = np.maximum(np.abs(weight).max(1), 1e-8).astype(np.float32) / np.float32(limit)
    return np.clip(np.rint(weight / scale[:, None]), -limit, limit).astype(np.int8), scale


def tensors_of(state, layers, vocabulary):
    """Name to array, in the file's order."""
    out = {"vocabulary": np.frombuffer("\n".join(vocabulary).encode(), np.uint8)}
    out["word"], out["word.scale"] = integers(state["word.weight"])
    out["position"] = state["position.weight"] + state["corpus.weight"][0]
    out["features"] = state["feature.weight"]
    out["embed.norm.weight"], out["embed.norm.bias"] = state["norm.weight"], state["norm.bias"]
    for n in range(layers):
        for part in ("qkv", "out", "norm1", "ffn1", "ffn2", "norm2"):
            weight = state[f"layers.{n}.{part}.weight"]
            name = f"layer{n}.{part}"
            if weight.ndim == 2:
                out[f"{name}.weight"], out[f"{name}.scale"] = integers(weight)
            else:
                out[f"{name}.weight"] = weight
            out[f"{name}.bias"] = state[f"layers.{n}.{part}.bias"]
    out["head.weight"], out["head.bias"] = state["head.weight"], state["head.bias"]
    out["transitions"], out["start"] = TABLE[:-1], TABLE[-1]
    return {k: v if isinstance(v, np.ndarray) else v.float().numpy() for k, v in out.items()}


def write(path, state, vocabulary, features):
    """Writes the asset of a network's state."""
    layers = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    arrays = tensors_of(state, layers, vocabulary)
    names = {np.dtype(np.int8): "i8", np.dtype(np.float32): "f32", np.dtype(np.uint8): "u8"}
    header = {
        "layers": layers, "hidden": HIDDEN, "heads": HEADS, "ffn": INNER, "max_pieces": 160,
        "labels": LABELS, "features": features, "tensors": {},
    }
    room = len(json.dumps(header)) + sum(len(k) + 80 for k in arrays)
    at = -(-(16 + room) // ALIGNMENT) * ALIGNMENT
    for name, array in arrays.items():
        shape = list(array.shape)
        header["tensors"][name] = {"dtype": names[array.dtype], "shape": shape, "offset": at}
        at = -(-(at + array.nbytes) // ALIGNMENT) * ALIGNMENT
    text = json.dumps(header).encode()
    with open(path, "wb") as out:
        out.write(b"RSTAGGER" + struct.pack("<II", 1, len(text)) + text)
        for name, array in arrays.items():
            place = header["tensors"][name]["offset"]
            out.write(b"\0" * (place - out.tell()))
            out.write(np.ascontiguousarray(array).tobytes())
    return at


def main():
    weights, prepared, vocabulary, out = sys.argv[1:]
    data = pickle.load(open(prepared, "rb"))
    pieces = open(vocabulary, encoding="utf-8").read().rstrip("\n").split("\n")
    state = torch.load(weights, map_location="cpu")
    print(write(out, state, pieces, data["features"]), "bytes")


if __name__ == "__main__":
    main()
