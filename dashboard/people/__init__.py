"""Who somebody is and what they may do: signing in, rights in words, invitations and the mail that brings them."""
