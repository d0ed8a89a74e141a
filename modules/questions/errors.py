"""The two refusals of the question bank."""


class DefinitionError(Exception):
    """A question is not well made. The message tells its author what to mend, in plain words."""


class ResponseError(Exception):
    """A response that does not fit its question.

    Pages say it in the reader's language by `code`:
    `malformed` and `unknown_part` come from no form of ours, `not_a_number`, `two_readings`,
    `other_unit` and `too_long` from people, who are asked to write it another way.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code
