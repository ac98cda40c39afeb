"""2 read: text, date, outlet, language, furniture."""
