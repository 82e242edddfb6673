"""From text to one table of tokens: marks, transcripts, paragraphs, sentences and quoted segments."""
