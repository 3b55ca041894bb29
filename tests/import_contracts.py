"""Import rules that import-linter has no words for."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OwnRepositoriesContract(Contract):
    """A repository is imported within its own service only: others ask the service's functions.

    `services` is the package that has the services, `importers` are all packages that must keep to it. A repository is
    a module of a service whose name ends with that word.
    """

    services: Any = fields.StringField()
    importers: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            f"{importer} imports {repository}"
            for repository in sorted(graph.modules)
            for importer in sorted(graph.find_modules_that_directly_import(repository))
            if self._is_foreign(importer, repository)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for told in check.metadata["broken"]:
            output.print_error(told)
        output.new_line()

    def _is_foreign(self, importer: str, repository: str) -> bool:
        root, _, inside = repository.partition(".")
        if root != self.services or not inside.endswith("repository"):
            return False
        own = f"{root}.{inside.partition('.')[0]}."
        return importer.partition(".")[0] in self.importers and not importer.startswith(own)
