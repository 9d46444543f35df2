"""Chat models behind OpenAI's interface: the prompt, the answer, and the line between them."""
