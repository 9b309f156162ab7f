"""From a text to a Summary: list candidates, ask the model, check, revise, merge."""
