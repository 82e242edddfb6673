"""The inner loops over tokens, written on whole numbers only: plain Python for little text, the same functions compiled for much.

A batch of paragraphs is one row of tokens (`pipelines.quotes.text.table`): `flags[k]` says what token k is, 0 stands between paragraphs. No loop
sees a letter. `kernels_for` in `pipelines.quotes.kernels` gives either form.
"""
