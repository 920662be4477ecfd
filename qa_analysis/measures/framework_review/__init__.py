"""Whether the framework's own promises were kept: each as kept, not kept and could not be known."""
