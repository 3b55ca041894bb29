"""Moving through the rows of a table by keyboard."""

from __future__ import annotations

import reflex as rx


class RowKeys(rx.Fragment):
    """Arrow keys move between the links of the rows; "/" goes to the search field of the page."""

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect"]}

    def add_hooks(self) -> list[str]:
        return [
            "useEffect(() => {"
            " const move = (event) => {"
            " if (event.ctrlKey || event.metaKey || event.altKey) return;"
            " const at = document.activeElement;"
            " if (event.key === '/' && !at?.matches('input, textarea, select')) {"
            " const field = document.querySelector('main input[type=search]');"
            " if (field) { event.preventDefault(); field.focus(); field.select(); }"
            " return; }"
            " const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];"
            " const rows = [...document.querySelectorAll('.row-link')];"
            " const place = rows.indexOf(at);"
            " const start = at === document.body || at?.matches('main, .table-frame');"
            " if (!step || (place < 0 && !(start && step > 0))) return;"
            " const target = rows[place + step];"
            " if (target) { event.preventDefault(); target.focus(); }"
            " };"
            " document.addEventListener('keydown', move);"
            " return () => document.removeEventListener('keydown', move);"
            " }, []);"
        ]
