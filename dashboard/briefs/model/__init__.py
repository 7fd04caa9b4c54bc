"""What a brief says, in plain frozen values; the formats only set them out."""
