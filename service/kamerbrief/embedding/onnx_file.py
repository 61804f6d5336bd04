"""Writing ONNX models: as much of their format as our network needs.

A model is a protobuf message; the numbers of its fields are those of onnx.proto
(https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), where fields may be left out. Written here and not by the
package `onnx`, which takes 33 MB of an installation for these few lines. What it writes is the same, byte for byte.
"""

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

IR_VERSION = 9
_FLOAT = 1  # as the type of an attribute and of the numbers in a tensor
_INT = 2
_DATA_TYPES = {np.dtype("<f4"): _FLOAT, np.dtype("int8"): 3, np.dtype("<i8"): 7}

_Value = int | float | str | bytes


def model(
    name: str,
    nodes: Sequence[bytes],
    constants: Sequence[bytes],
    *,
    inputs: Sequence[bytes],
    outputs: Sequence[bytes],
    opsets: dict[str, int],
) -> bytes:
    """The file, of nodes in the order in which they run; `opsets` are the versions of the operators by their domain."""
    graph = _message(*_all(1, nodes), (2, name), *_all(5, constants), *_all(11, inputs), *_all(12, outputs))
    versions = [_message((1, domain), (2, version)) for domain, version in opsets.items()]
    return _message((1, IR_VERSION), (7, graph), *_all(8, versions))


def node(kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str, **attributes: int | float) -> bytes:
    """A run of an operator, named as its first output."""
    settings = [_attribute(key, value) for key, value in attributes.items()]
    return _message(*_all(1, inputs), *_all(2, outputs), (3, outputs[0]), (4, kind), *_all(5, settings), (7, domain))


def constant(name: str, value: NDArray[np.generic]) -> bytes:
    """A tensor of float32, int8 or int64."""
    return _message(*_all(1, value.shape), (2, _DATA_TYPES[value.dtype]), (8, name), (9, value.tobytes()))


def floats(name: str, shape: Sequence[int | str]) -> bytes:
    """An input or output of float32; a length that differs from run to run has a name."""
    lengths = [_message((1, length) if isinstance(length, int) else (2, length)) for length in shape]
    tensor = _message((1, _FLOAT), (2, _message(*_all(1, lengths))))
    return _message((1, name), (2, _message((1, tensor))))


def _attribute(name: str, value: int | float) -> bytes:
    if isinstance(value, float):
        return _message((1, name), (2, value), (20, _FLOAT))
    return _message((1, name), (3, value), (20, _INT))


def _all(number: int, values: Sequence[_Value]) -> list[tuple[int, _Value]]:
    return [(number, value) for value in values]


def _message(*fields: tuple[int, _Value]) -> bytes:
    return b"".join(part for number, value in fields for part in _field(number, value))


def _field(number: int, value: _Value) -> tuple[bytes, ...]:
    """https://protobuf.dev/programming-guides/encoding: the key with the wire type in its low bits, then the value."""
    if isinstance(value, int):
        return _varint(number << 3), _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | 5), struct.pack("<f", value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2), _varint(len(content)), content


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; a set high bit says that more follow. A negative number has 64 bits."""
    number &= 0xFFFF_FFFF_FFFF_FFFF
    groups = bytearray()
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    groups.append(number)
    return bytes(groups)
