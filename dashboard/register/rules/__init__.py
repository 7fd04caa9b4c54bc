"""The rules of the register, all pure: what is valid, what is public, who may do what, what happens next."""
