"""Vector tiles: the borders of each level thinned once per zoom, cut and encoded for all tiles at once."""

from etl.tiles.layers import Layer, build_tiles

__all__ = ["Layer", "build_tiles"]
