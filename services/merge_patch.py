"""JSON merge patches (RFC 7396) of what the catalogue keeps."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from fastapi import Body
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

Patch = Annotated[dict[str, Any], Body(description="Null removes a field, a list is replaced whole.")]
MAX_DEPTH = 8
"""Nothing stored is deeper; below it a patch is taken as it is, for the validation to refuse."""

Input = TypeVar("Input", bound=BaseModel)


def apply(patch: dict[str, Any], target: BaseModel, result: type[Input]) -> Input:
    """The target with the patch applied. Raises RequestValidationError when that is no valid `result`."""
    try:
        return result.model_validate(_merge(target.model_dump(mode="json"), patch, MAX_DEPTH))
    except ValidationError as error:
        problems = error.errors(include_context=False, include_url=False)
        raise RequestValidationError(
            [{**problem, "loc": ("body", *problem["loc"])} for problem in problems]
        ) from error


def _merge(target: Any, patch: Any, depth: int) -> Any:
    """Null removes a member, a list is replaced whole."""
    if not isinstance(patch, dict) or depth == 0:
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merge(merged.get(name), value, depth - 1)
    return merged
