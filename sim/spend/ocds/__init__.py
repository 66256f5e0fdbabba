"""Contracts published in the Open Contracting Data Standard (OCDS 1.1): files in, one table of contracts out."""
