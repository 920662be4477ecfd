"""What the framework asks, one module a question: tables in, figures with their n and interval out."""
