"""Published spending and contracts of real institutions: files in; suppliers, analysis and contract books out.

Knows nothing of the model.
"""
