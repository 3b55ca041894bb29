"""The pages of the store and of the world around it, as somebody who uses them would speak of them.

Each class finds things by role and label first, then by `data-testid`, and waits for what it promises.
"""
