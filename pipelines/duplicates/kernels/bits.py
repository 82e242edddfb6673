"""What the native functions of `vectors` do, in Python: 64 bytes at once, the bits of a number, what stands at an address.

Compiled kernels call those; this is what they are held against, and what kernels call that run as Python.
"""

from __future__ import annotations

import ctypes

import numpy as np


def fold_block(data: np.ndarray, at: int, out: np.ndarray, to: int) -> np.uint64:
    """Write the folded letters of `data[at:at + 64]` to `out[to:to + 64]`, 0 for what belongs to no word.

    Returns a bit for each byte beyond ASCII, for which nothing of use is written.
    """
    block = data[at : at + 64]
    inside = _inside(block)
    out[to : to + 64] = np.where(inside, block | 0x20, 0)
    return _number(block > 0x7F)


def inside_words(data: np.ndarray, at: int) -> np.uint64:
    """A bit for each byte of `data[at:at + 64]` that is an ASCII letter or digit."""
    return _number(_inside(data[at : at + 64]))


def beyond_ascii(data: np.ndarray, at: int) -> np.uint64:
    """A bit for each byte of `data[at:at + 64]` that is not ASCII."""
    return _number(data[at : at + 64] > 0x7F)


def filled(data: np.ndarray, at: int) -> np.uint64:
    """A bit for each byte of `data[at:at + 64]` that is not 0."""
    return _number(data[at : at + 64] != 0)


def eight_bytes(data: np.ndarray, at: int) -> np.uint64:
    """`data[at:at + 8]` as one number."""
    return np.uint64(int.from_bytes(data[at : at + 8].tobytes(), "little"))


def copy_word(data: np.ndarray, at: int, out: np.ndarray, to: int) -> bool:
    """Write the bytes of the word that begins at `data[at]` to the two numbers from `out[to]` on, which get 0 behind it.

    Returns whether it has 16 bytes or more, or one beyond ASCII: then these numbers do not distinguish it from others.
    """
    block = data[at : at + 16].tobytes()
    word = block.partition(b"\0")[0]
    kept = word.ljust(16, b"\0")
    out[to], out[to + 1] = int.from_bytes(kept[:8], "little"), int.from_bytes(kept[8:], "little")
    return len(word) == 16 or not word.isascii()


def lowest_bit(bits: np.uint64) -> int:
    """The number of the lowest bit that is set, of 64; 64 where none is."""
    return (int(bits) & -int(bits)).bit_length() - 1 if bits else 64


def bits_set(bits: np.uint64) -> int:
    """How many of 64 bits are set."""
    return int(bits).bit_count()


def numbers_at(address: int, count: int) -> np.ndarray:
    """The `count` numbers (uint32) that begin at an address. The caller sees to it that they stay there."""
    return np.ctypeslib.as_array((ctypes.c_uint32 * int(count)).from_address(int(address)))


def bytes_at(address: int, count: int) -> np.ndarray:
    """The same for bytes."""
    return np.ctypeslib.as_array((ctypes.c_uint8 * int(count)).from_address(int(address)))


def _inside(block: np.ndarray) -> np.ndarray:
    low = block | 0x20
    return ((low >= ord("a")) & (low <= ord("z"))) | ((block >= ord("0")) & (block <= ord("9")))


def _number(bits: np.ndarray) -> np.uint64:
    return np.uint64(int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little"))
