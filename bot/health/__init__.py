"""How the bot fares while it runs: figures, health, the gateway's silence, the supervisor."""
