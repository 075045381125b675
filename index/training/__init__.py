"""How the German-English model is made. Nothing here is imported when Beleg runs."""
