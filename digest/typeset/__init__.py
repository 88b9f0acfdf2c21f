"""Type on paper: fonts, widths, line breaks; knows no documents. Text and a width in, lines of positioned glyphs out."""
