"""The questions: one module each, with its facts (a Cypher file of the same name), its arithmetic and its answer."""
