"""What pages, maps and commands know of the register's entries: in words, in memory, and as they are typed."""
