"""What the files of a folder mean together, where one file alone cannot say."""
