"""What every reader of a text shares: tokens, sentences, spans and token counts."""
