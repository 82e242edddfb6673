# mypy: disallow-untyped-defs=False
"""The functions of `bits` for compiled code, as LLVM has them for every processor: what numba has no name for.

Nothing here looks at bounds: the caller sees to it that 64 (or 8) bytes can be read and written. Little-endian, as all that we
run on. Importing this imports numba, so nothing but the loader of kernels does. What each function does is said in `bits`.
"""

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba import carray, types
from numba.extending import intrinsic, register_jitable

_BYTE = ir.IntType(8)
_BLOCK = ir.VectorType(_BYTE, 64)
_SHORT_BLOCK = ir.VectorType(_BYTE, 16)
_WORD = ir.IntType(64)


def _all(byte):
    return ir.Constant(_BLOCK, [byte] * 64)


def _pointer(context, builder, kind, array, at, what):
    data = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [at]), what.as_pointer())


def _are_bytes(*arrays):
    return all(isinstance(a, types.Array) and a.dtype == types.uint8 and a.ndim == 1 for a in arrays)


def _lower_case(builder, block):
    """64 bytes in lower case, and which of them are ASCII letters or digits."""
    low = builder.or_(block, _all(0x20))  # the digits have this bit already
    letter = builder.icmp_unsigned("<", builder.sub(low, _all(ord("a"))), _all(26))
    digit = builder.icmp_unsigned("<", builder.sub(block, _all(ord("0"))), _all(10))
    return low, builder.or_(letter, digit)


def _beyond_ascii(builder, block):
    return builder.icmp_signed("<", block, _all(0))


def _bits(data, test):
    """Type and code of a function that gives a bit for each byte of `data[at:at + 64]`, set where the test holds."""

    def build(context, builder, signature, arguments):
        block = builder.load(_pointer(context, builder, signature.args[0], *arguments, _BLOCK), align=1)
        return builder.bitcast(test(builder, block), _WORD)

    return (types.uint64(data, types.int64), build) if _are_bytes(data) else None


@intrinsic
def fold_block(typing, data, at, out, to):
    def build(context, builder, signature, arguments):
        data, at, out, to = arguments
        block = builder.load(_pointer(context, builder, signature.args[0], data, at, _BLOCK), align=1)
        low, inside = _lower_case(builder, block)
        folded = builder.select(inside, low, _all(0))
        builder.store(folded, _pointer(context, builder, signature.args[2], out, to, _BLOCK), align=1)
        return builder.bitcast(_beyond_ascii(builder, block), _WORD)

    if _are_bytes(data, out):
        return types.uint64(data, types.int64, out, types.int64), build
    return None


@intrinsic
def inside_words(typing, data, at):
    return _bits(data, lambda builder, block: _lower_case(builder, block)[1])


@intrinsic
def beyond_ascii(typing, data, at):
    return _bits(data, _beyond_ascii)


@intrinsic
def filled(typing, data, at):
    return _bits(data, lambda builder, block: builder.icmp_unsigned("!=", block, _all(0)))


@intrinsic
def eight_bytes(typing, data, at):
    def build(context, builder, signature, arguments):
        return builder.load(_pointer(context, builder, signature.args[0], *arguments, _WORD), align=1)

    if _are_bytes(data):
        return types.uint64(data, types.int64), build
    return None


@intrinsic
def copy_word(typing, data, at, out, to):
    def build(context, builder, signature, arguments):
        data, at, out, to = arguments
        block = builder.load(_pointer(context, builder, signature.args[0], data, at, _SHORT_BLOCK), align=1)
        bits, nothing = ir.IntType(16), ir.Constant(_SHORT_BLOCK, [0] * 16)
        ends = builder.bitcast(builder.icmp_unsigned("==", block, nothing), bits)
        inside = builder.and_(builder.sub(ends, bits(1)), builder.not_(ends))  # the bits under the lowest
        kept = builder.select(builder.bitcast(inside, ir.VectorType(ir.IntType(1), 16)), block, nothing)
        builder.store(kept, _pointer(context, builder, signature.args[2], out, to, _SHORT_BLOCK), align=1)
        beyond = builder.bitcast(builder.icmp_signed("<", kept, nothing), bits)
        is_long = builder.icmp_unsigned("==", ends, bits(0))
        return builder.or_(is_long, builder.icmp_unsigned("!=", beyond, bits(0)))

    if _are_bytes(data) and isinstance(out, types.Array) and out.dtype == types.uint64:
        return types.boolean(data, types.int64, out, types.int64), build
    return None


@intrinsic
def lowest_bit(typing, bits):
    def build(context, builder, signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(types.uint64), build


@intrinsic
def _pointer_to(typing, address):
    def build(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], _BYTE.as_pointer())

    return types.voidptr(types.int64), build


@register_jitable
def numbers_at(address, count):
    return carray(_pointer_to(address), (count,), np.uint32)


@register_jitable
def bytes_at(address, count):
    return carray(_pointer_to(address), (count,), np.uint8)


@intrinsic
def bits_set(typing, bits):
    def build(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), build
