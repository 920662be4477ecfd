"""The kit that reports are told with: English, blocks, tables, charts."""
