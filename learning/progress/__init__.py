"""What of a course somebody has done: facts, and what follows from them."""
