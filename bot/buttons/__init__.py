"""What can be pressed under a message of Beleg, and what it then does."""
