"""News in, ranked passages out. Knows no Discord."""
