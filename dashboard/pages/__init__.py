"""One page per question that a person comes with."""
