#!/usr/bin/env python3
"""Writes assets/map/outline.bin: coasts and borders of the world as lines.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    training/map/outline.py package/countries-50m.json assets/map/outline.bin

Lines that one country alone has are coasts, lines that two share are borders. Points that lie
within TOLERANCE degrees of the line between those kept are left out (Douglas and Peucker 1973).

The file: for each line the kind (0 coast, 1 border), the number of points, and for each point
longitude and latitude as steps from the point before (the first from 0, 0) in hundredths of a
degree; all numbers as LEB128, steps in zigzag.
"""

import json
import sys

TOLERANCE = 0.015
STEPS_PER_DEGREE = 100


def lines(topology):
    """Each line of the topology in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def uses(topology):
    """How many countries have each line."""
    count = [0] * len(topology["arcs"])
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        own = {arc if arc >= 0 else ~arc for polygon in polygons for ring in polygon for arc in ring}
        for arc in own:
            count[arc] += 1
    return count


def simplified(points):
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        worst, at = 0.0, 0
        for i in range(first + 1, last):
            px, py = points[i]
            t = ((px - ax) * dx + (py - ay) * dy) / square if square else 0.0
            t = min(1.0, max(0.0, t))
            away = (px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2
            if away > worst:
                worst, at = away, i
        if worst > TOLERANCE**2:
            keep[at] = True
            stack += [(first, at), (at, last)]
    return [point for point, kept in zip(points, keep) if kept]


def without_seams(points):
    """Pieces of a line, without what runs along the edge of the map: no coast is there."""
    piece = [points[0]]
    for before, point in zip(points, points[1:]):
        along_meridian = abs(before[0]) > 179.99 and abs(point[0]) > 179.99
        along_pole = before[1] < -89.9 and point[1] < -89.9
        across = abs(before[0] - point[0]) > 180
        if along_meridian or along_pole or across:
            if len(piece) > 1:
                yield piece
            piece = [point]
        else:
            piece.append(point)
    if len(piece) > 1:
        yield piece


def number(out, value):
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def main(source, target):
    topology = json.load(open(source, encoding="utf-8"))
    out, kept, written = bytearray(), 0, 0
    for points, count in zip(lines(topology), uses(topology)):
        for piece in without_seams(points):
            grid = [(round(x * STEPS_PER_DEGREE), round(y * STEPS_PER_DEGREE)) for x, y in simplified(piece)]
            grid = [p for i, p in enumerate(grid) if i == 0 or p != grid[i - 1]]
            if len(grid) < 2:
                continue
            number(out, 1 if count > 1 else 0)
            number(out, len(grid))
            x = y = 0
            for px, py in grid:
                for step in (px - x, py - y):
                    number(out, step << 1 if step >= 0 else (-step << 1) - 1)
                x, y = px, py
            kept += len(grid)
            written += 1
    open(target, "wb").write(out)
    print(f"{written} lines, {kept} points, {len(out)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
