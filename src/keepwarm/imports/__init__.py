"""A file comes in: upload → recognise → preview → write."""
