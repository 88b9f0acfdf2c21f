"""Chinese text, a low room: words, lexicon and numerals; knows no documents."""
