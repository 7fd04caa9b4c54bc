"""A made-up ICB in the publishers' own file formats, so that it runs through the same loaders."""
