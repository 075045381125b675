"""A whole evening in two servers on the double: see tests/README.md."""
