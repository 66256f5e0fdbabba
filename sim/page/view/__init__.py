"""What the page says of two arms: numbers, sentences, the web and a pound on its way."""
