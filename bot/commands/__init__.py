"""What people can do on Discord, one file per command."""
