"""Mapbox Vector Tiles, version 2.1, written for all tiles of a layer at once.

The format (https://github.com/mapbox/vector-tile-spec/tree/master/2.1) is protobuf, and a polygon layer without
attributes is, tags and lengths included, nothing but variable-length integers: so one array of integers is laid out
for all tiles, and encoded in one go.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from etl.geometry.types import IntArray
from etl.tiles.cutting import Pieces

# Protobuf tags: field number times 8, plus 2 for bytes that follow a length, or 0 for an integer.
TILE_LAYER, LAYER_NAME, LAYER_FEATURE, LAYER_EXTENT, LAYER_VERSION = 26, 10, 18, 40, 120
FEATURE_ID, FEATURE_TYPE, FEATURE_GEOMETRY = 8, 24, 34
POLYGON = 3
VERSION = 2
# Drawing commands: how many times, times 8, plus which.
MOVE_TO_ONCE, LINE_TO, CLOSE_PATH = 9, 2, 15
HEADER = 8
LOW_BITS = 127


def encode_tiles(pieces: Pieces, *, layer: str, extent: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield column, row and bytes of each tile.

    Parameters
    ----------
    layer
        Name of the one layer that the tiles hold.
    extent
        Width of a tile in the units of the pieces.
    """
    if not len(pieces.shape):
        return
    body, ends = _encode_features(pieces)
    is_new_tile = np.ones(len(pieces.shape), dtype=bool)
    is_new_tile[1:] = (np.diff(pieces.column) != 0) | (np.diff(pieces.row) != 0)
    first = np.flatnonzero(is_new_tile)
    starts = np.concatenate(([0], ends))[np.append(first, len(ends))].tolist()
    head = _encode_small((LAYER_VERSION, VERSION, LAYER_NAME, len(layer))) + layer.encode()
    tail = _encode_small((LAYER_EXTENT, extent))
    for tile, piece in enumerate(first):
        content = head + body[starts[tile] : starts[tile + 1]] + tail
        framed = _encode_small((TILE_LAYER, len(content))) + content
        yield int(pieces.column[piece]), int(pieces.row[piece]), framed


def _encode_features(pieces: Pieces) -> tuple[bytes, IntArray]:
    """Return the bytes of all features, one after the other, and where each ends."""
    # The outer ring must have a positive area by the surveyor's formula, which ignores that y points down.
    oriented = shapely.orient_polygons(pieces.shape, exterior_cw=False)
    _, closed, (closed_offsets, *outer_offsets) = shapely.to_ragged_array(oriented)
    part_offsets, piece_offsets = (*outer_offsets, np.arange(len(oriented) + 1))[:2]
    is_closing = np.zeros(len(closed), dtype=bool)
    is_closing[closed_offsets[1:] - 1] = True
    points = closed[~is_closing].astype(np.int64)
    size = np.diff(closed_offsets) - 1
    ring_start = np.cumsum(size) - size
    ring_offsets = part_offsets[piece_offsets]
    first_ring = ring_offsets[:-1]
    feature_of_ring = np.repeat(np.arange(len(first_ring)), np.diff(ring_offsets))

    step = np.diff(points, axis=0, prepend=0)
    step[ring_start[first_ring]] = points[ring_start[first_ring]]
    zigzag = (step << 1) ^ (step >> 63)

    # A ring of n points takes 2n + 3 integers: move to one, line to the others, close.
    ring_at = np.cumsum(2 * size + 3) - (2 * size + 3) + HEADER * (feature_of_ring + 1)
    ring = np.repeat(np.arange(len(size)), size)
    nth = np.arange(len(points)) - ring_start[ring]
    at = ring_at[ring] + 1 + 2 * nth + (nth > 0)
    values = np.empty(ring_at[-1] + 2 * size[-1] + 3, dtype=np.int64)
    values[at], values[at + 1] = zigzag.T
    values[ring_at] = MOVE_TO_ONCE
    values[ring_at + 3] = ((size - 1) << 3) | LINE_TO
    values[ring_at + 2 * size + 2] = CLOSE_PATH

    head_at = ring_at[first_ring] - HEADER
    for place, value in ((0, LAYER_FEATURE), (2, FEATURE_ID), (4, FEATURE_TYPE), (5, POLYGON), (6, FEATURE_GEOMETRY)):
        values[head_at + place] = value
    values[head_at[:, None] + (1, 3, 7)] = 0
    lengths = _varint_length(values)
    geometry_bytes = np.add.reduceat(lengths, head_at) - HEADER
    values[head_at + 3], values[head_at + 7] = pieces.feature, geometry_bytes
    values[head_at + 1] = 4 + _varint_length(pieces.feature) + _varint_length(geometry_bytes) + geometry_bytes
    return _encode_varints(values, last=np.append(head_at[1:], len(values)) - 1)


def _varint_length(values: IntArray) -> IntArray:
    length = np.ones(len(values), dtype=np.int64)
    long = np.flatnonzero(values > LOW_BITS)
    for shift in (7, 14, 21, 28):
        long = long[values[long] >= 1 << shift]
        length[long] += 1
    return length


def _encode_varints(values: IntArray, *, last: IntArray) -> tuple[bytes, IntArray]:
    """Return base-128 bytes, least first, each but a value's last with its top bit set; and where `last` ones end."""
    end = np.cumsum(_varint_length(values))
    encoded = np.empty(end[-1], dtype=np.uint8)
    at, left = np.concatenate(([0], end[:-1])), values
    while len(left):
        more = np.flatnonzero(left > LOW_BITS)
        encoded[at] = left & LOW_BITS
        encoded[at[more]] |= LOW_BITS + 1
        at, left = at[more] + 1, left[more] >> 7
    return encoded.tobytes(), end[last]


def _encode_small(values: tuple[int, ...]) -> bytes:
    return _encode_varints(np.array(values, dtype=np.int64), last=np.array([len(values) - 1]))[0]
