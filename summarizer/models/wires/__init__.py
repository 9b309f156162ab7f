"""How each provider is asked: requests and answers in the terms of its SDK, a file each."""
