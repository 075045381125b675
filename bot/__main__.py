"""The command `beleg`."""


def main() -> int:
    """Run the command."""
    return 0
