"""Contracts of anchors: what is let, who wins it, what is invoiced, and what goes in-house or out again."""
