"""How a file of each kind is made: page, Word, PDF, Excel."""
