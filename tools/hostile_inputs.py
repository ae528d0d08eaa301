#!/usr/bin/env python3
"""Seconds of a processor that `extract` takes for hostile texts of growing size: they should grow with
the size and no faster.

    hostile_inputs.py REDSTRING [MEGABYTES...]

Without sizes: 1, 2 and 4 megabytes. Each text is one file; relations are found too.
"""
import os
import random
import resource
import subprocess
import sys
import tempfile

WORDS = "the president met officials of Kursk and Acme Corporation on Friday while Ada Byron left".split()
MIXED = ["Москва", "서울", "北京", "القاهرة", "Αθήνα", "Paris", "Zürich", "दिल्ली", "Kраков", "🚀", "a\u0301\u0301"]


def filled(size, piece):
    """Pieces until there are so many bytes."""
    parts, length = [], 0
    while length < size:
        part = piece(len(parts))
        parts.append(part)
        length += len(part.encode())
    return "".join(parts)


def texts(size):
    rng = random.Random(1)
    word = lambda n: rng.choice(WORDS)
    yield "no spaces", filled(size, lambda n: rng.choice("abcdefgXYZ01"))
    yield "no spaces, punctuation", filled(size, lambda n: rng.choice("aB.,;'-@/:"))
    yield "marks alone", filled(size, lambda n: rng.choice(".,;:'-@/()!?"))
    yield "control characters", filled(size, lambda n: chr(rng.randrange(1, 32)) + word(n))
    yield "emoji", filled(size, lambda n: rng.choice("🚀😀🏴👩‍🚀🇺🇦") + rng.choice(["", " "]))
    yield "mixed scripts", filled(size, lambda n: rng.choice(MIXED) + rng.choice(["", " ", ". "]))
    yield "all capitals", filled(size, lambda n: word(n).upper() + (". " if n % 15 == 14 else " "))
    yield "no punctuation", filled(size, lambda n: word(n) + " ")
    yield "capitalized words alone", filled(size, lambda n: word(n).capitalize() + " ")
    yield "one name again and again", filled(size, lambda n: "Ada Byron ")
    yield "names in one sentence", filled(size, lambda n: f"Ada{n % 3000} Byron of the {n % 90}th Brigade, ")
    yield "lines of one word", filled(size, lambda n: word(n).capitalize() + "\n")
    yield "quotation marks", filled(size, lambda n: rng.choice(["“", "”", '"', "'", word(n), " "]))
    yield "dates and numbers", filled(size, lambda n: f"{n % 31} May {n % 2100}, ")
    yield "plain news", filled(size, lambda n: word(n) + (". " if n % 15 == 14 else " "))


def seconds_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    sizes = [float(size) for size in sys.argv[2:]] or [1, 2, 4]
    print(f"{'':26}" + "".join(f"{size:>8g} MB" for size in sizes) + "   s for each MB: last by first")
    rows = [list(texts(int(size * 1e6))) for size in sizes]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "text.txt")
        for row in zip(*rows):
            taken = []
            for _, text in row:
                with open(path, "w", encoding="utf-8", newline="") as file:
                    file.write(text)
                start = seconds_of_children()
                done = subprocess.run([program, "extract", path, "-o", path + ".json", "--quiet"])
                taken.append(seconds_of_children() - start)
                if done.returncode not in (0, 1):
                    print(f"{row[0][0]}: exit code {done.returncode}")
            growth = (taken[-1] / sizes[-1]) / max(taken[0] / sizes[0], 1e-9)
            print(f"{row[0][0]:26}" + "".join(f"{t:9.2f} s" for t in taken) + f"   {growth:.2f}", flush=True)


main()
