"""The pages of the question bank in Wagtail's admin: the list, the form with its preview, the item.

What a question is stands in `questions`; what people answered is asked of the record by a tag of
its own, because content knows no answers.
"""
