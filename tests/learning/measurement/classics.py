"""Published answers that are known in every textbook, right as 1 and wrong as 0."""

import numpy as np

# Ten students, ten items: core.ecu.edu/wuenschk/StatHelp/KR20.txt (K. L. Wuensch).
WUENSCH = np.array(
    [
        [int(mark) for mark in row]
        for row in (
            "1111110110",
            "1011011101",
            "1111011001",
            "0010001000",
            "0000010010",
            "1110111111",
            "1101110111",
            "1111111101",
            "0101111101",
            "1101101110",
        )
    ]
)

# How many of 1000 gave each pattern of five items, from 00000 to 11111: section 6 of the Law
# School Admission Test (Bock and Lieberman 1970; in R's packages ltm and mirt).
_PATTERNS = [
    *(3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15),
    *(10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298),
]
LSAT6 = np.array(
    [[int(mark) for mark in f"{n:05b}"] for n, times in enumerate(_PATTERNS) for _ in range(times)]
)
