"""A made-up ICB in the publishers' own file formats, so that it runs through the same loaders."""

from etl.demo.writing import clear_demo, write_demo

__all__ = ["clear_demo", "write_demo"]
