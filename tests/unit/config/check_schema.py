"""Holds the shipped JSON Schema against the parser.

Usage: check_schema.py SCHEMA CONFIG_VERDICT

Both must accept the valid documents, and both must refuse the refused ones. Then each value of each
valid document is replaced by values of every type, each member is left out, and a strange one is put
into each object. Where only the structure decides, the verdicts must be equal; elsewhere the schema
must not be stricter than the parser.
"""

import copy
import json
import pathlib
import subprocess
import sys

import jsonschema

TYPES = [None, True, False, 1, -1, 1.5, "", [], [1], {}, {"x": 1}]


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from places(member, path + (key,))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from places(member, path + (index,))


def parent_of(document, path):
    for step in path[:-1]:
        document = document[step]
    return document


def value_at(document, path):
    return parent_of(document, path + (None,))


def only_structure_decides(path, value):
    """Whether the type of a value at this place is all that a parser can have against it."""
    # An empty text may be a file, a vendor or an instance that does not exist.
    if isinstance(value, str):
        return False
    # The vendor says which credentials and options there are.
    if "credentials" in path or "options" in path:
        return len(path) > 4 and not isinstance(value, (dict, list))
    # Without its instances a route leads nowhere.
    # With allow_inline_secrets switched off, the credentials decide.
    return path not in [(), ("instances",), ("allow_inline_secrets",)]


def mutants(name, document):
    for path in places(document):
        label = "%s: /%s" % (name, "/".join(map(str, path)))
        for value in TYPES:
            mutant = copy.deepcopy(document)
            if path:
                parent_of(mutant, path)[path[-1]] = value
            else:
                mutant = value
            exact = only_structure_decides(path, value)
            yield "%s = %s" % (label, json.dumps(value)), mutant, exact
        if path:
            mutant = copy.deepcopy(document)
            del parent_of(mutant, path)[path[-1]]
            yield label + " left out", mutant, False
        if isinstance(value_at(document, path), dict):
            mutant = copy.deepcopy(document)
            value_at(mutant, path)["strange key"] = 1
            yield label + " with a strange key", mutant, "credentials" not in path and "options" not in path


def main(schema_file, config_verdict):
    schema = json.loads(pathlib.Path(schema_file).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)

    folder = pathlib.Path(__file__).parent
    cases = []  # label, document, expected verdict or None, whether the verdicts must be equal
    for file, expected in [("valid_documents.json", True), ("refused_documents.json", False)]:
        for entry in json.loads((folder / file).read_text(encoding="utf-8")):
            cases.append((entry["name"], entry["document"], expected, True))
            if expected:
                for label, mutant, exact in mutants(entry["name"], entry["document"]):
                    cases.append((label, mutant, None, exact))

    lines = "".join(json.dumps(document) + "\n" for _, document, _, _ in cases)
    run = subprocess.run([config_verdict], input=lines, capture_output=True, text=True, check=True)
    verdicts = run.stdout.splitlines()
    assert len(verdicts) == len(cases), "one verdict for each document"

    failures = 0
    for (label, document, expected, exact), verdict in zip(cases, verdicts):
        parser = verdict == "accepted"
        by_schema = validator.is_valid(document)
        wrong = (
            (expected is not None and (parser != expected or by_schema != expected))
            or (exact and parser != by_schema)
            or (parser and not by_schema)
        )
        if wrong:
            failures += 1
            errors = [error.message for error in validator.iter_errors(document)]
            print("%s\n  parser: %s\n  schema: %s" % (label, verdict, errors or "accepted"))
    equal = sum(1 for case in cases if case[3])
    print("%d documents, %d with equal verdicts, %d failures" % (len(cases), equal, failures))
    return 1 if failures or len(cases) < 500 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
