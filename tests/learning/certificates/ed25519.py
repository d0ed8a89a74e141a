"""Verification of Ed25519 signatures (RFC 8032) in plain integers, written for these tests.

It shares no code with the library that signs. Slow and not for secrets; for checking it is enough.
"""

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

type Point = tuple[int, int]


def add(one: Point, other: Point) -> Point:
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P)
    return x % P, y % P


def times(factor: int, point: Point) -> Point:
    result: Point = (0, 1)
    while factor:
        if factor & 1:
            result = add(result, point)
        point = add(point, point)
        factor >>= 1
    return result


def x_of(y: int, odd: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    return P - x if x % 2 != odd else x


def decode(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, odd = number & (2**255 - 1), number >> 255
    x = x_of(y, odd) if y < P else None
    return None if x is None else (x, y)


BASE_Y = 4 * pow(5, -1, P) % P
BASE: Point = (x_of(BASE_Y, 0) or 0, BASE_Y)


def verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `message` was made with the key's private half."""
    if len(signature) != 64 or len(public_key) != 32:
        return False
    key, commitment = decode(public_key), decode(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return times(scalar, BASE) == add(commitment, times(challenge, key))
