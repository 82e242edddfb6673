"""The loops over characters, words and lines, on whole numbers and flat arrays only: numpy and `re` for little text, compiled for much.

`load.KERNELS` gives either form. What a line is called by what was counted is not decided here.
"""
