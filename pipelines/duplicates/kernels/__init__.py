"""The loops over texts, words and pairs, on whole numbers and flat arrays only: plain Python for little text, compiled for much.

`load.KERNELS` gives either form. Which pairs count and what they are called is not decided here.
"""
