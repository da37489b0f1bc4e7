"""Introductions: who should meet whom and why, one step after the other, and the words for each of them."""
