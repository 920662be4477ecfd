"""The draw of a cycle's audits: a frame fixed before the dice are thrown, a ticket for each record, and its proof."""
