"""`beleg doctor`: looks at everything that Beleg needs, changes nothing, says what to do."""
