"""Holds the shipped JSON Schema against the parser.

Usage: check_schema.py SCHEMA CONFIG_VERDICT

Both must accept the valid documents, and both must refuse the refused ones. Then each value of each
valid document is replaced by values of every type, each member is left out, and a strange one is put
into each object. Where only the structure decides, the verdicts must be equal; elsewhere the schema
must not be stricter than the parser.

Then each setting of a route, of `retry` and of `breaker` is given values at, inside and beyond its
limits, one by one and many at once: there, too, what the schema accepts the parser accepts.
"""

import copy
import itertools
import json
import pathlib
import random
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


DURATIONS = ["0ms", "1ms", "999ms", "1000ms", "3600000ms", "3600001ms", "86400000ms", "86400001ms",
             "0s", "1s", "3600s", "3601s", "86400s", "86401s", "1m", "60m", "61m", "1440m", "1441m",
             "1h", "2h", "24h", "25h", "0h", "007s", "00060m", "1d", "1.5s", "-1s", "5", "1S"]
PREFIXES = ["+1", "+91", "+9198", "+123456789012345", "+1234567890123456", "+", "+0", "+091", "91",
            "0091", "+91 98", "+91*", "abc", "${env:ACME_KEY}"]
# Of each pair, the first must not be longer than the second, which a schema cannot say.
ORDERED = {"base_delay": ("max_delay", "1h"), "rest": ("max_rest", "24h"), "open": ("max_open", "24h")}
SHORTEST = {limit: (key, "1ms") for key, (limit, _) in ORDERED.items()}


def resolved(schema, root):
    """The schema that a reference leads to, also where it stands in `allOf` for its description."""
    for part in schema.get("allOf", []):
        schema = {key: value for key, value in schema.items() if key != "allOf"} | resolved(part, root)
    if "$ref" in schema:
        return resolved(root["definitions"][schema["$ref"].rsplit("/", 1)[1]], root)
    return schema


def candidates(schema):
    """Values about the limits of one setting, some of which it takes and some not."""
    if schema.get("type") in ("integer", "number"):
        least = schema.get("minimum", schema.get("exclusiveMinimum"))
        most = schema["maximum"]
        middle = (least + most) / 2
        return [least, most, float(most), middle, int(middle), least - 1, most + 1, least - 0.001,
                least + 0.001, most + 0.001, 1e300, -1e300, 2**63, 2**64, -(2**63)]
    if "pattern" in schema:
        return DURATIONS
    assert "enum" in schema, schema
    return schema["enum"] + [value.upper() for value in schema["enum"]] + ["", "x"]


def with_settings(settings):
    """An instance, or the defaults, with these settings: a map from (part, key) to a value."""
    result = {}
    for (part, key), value in settings.items():
        members = result.setdefault(part, {}) if part else result
        members[key] = value
        for neighbour in (ORDERED, SHORTEST):
            if key in neighbour and (part, neighbour[key][0]) not in settings:
                members[neighbour[key][0]] = neighbour[key][1]
    return result


def document(instance=None, defaults=None, route=None):
    return {
        "version": 1,
        "defaults": defaults or {},
        "instances": {"a": {"vendor": "free", **(instance or {})}, "b": {"vendor": "free"}},
        "routes": {"login": {"use": ["a"], **(route or {})}},
    }


def delivery_documents(schema, chance):
    parts = {"retry": "retry", "breaker": "breaker"}
    keys = {
        (part, key): resolved(value, schema)
        for part, name in parts.items()
        for key, value in schema["definitions"][name]["properties"].items()
    }
    keys[("", "commit_timeout")] = resolved(schema["definitions"]["commit_timeout"], schema)
    for place, value in keys.items():
        for candidate in candidates(value):
            label = "%s/%s = %s" % (*place, json.dumps(candidate))
            settings = with_settings({place: candidate})
            yield "defaults/" + label, document(defaults=settings)
            yield "instances/a/" + label, document(instance=settings)
    for number in range(300):
        chosen = chance.sample(sorted(keys), chance.randint(1, 6))
        chosen = [place for place in chosen if (place[0], ORDERED.get(place[1], [""])[0]) not in chosen]
        settings = {}
        for place in chosen:
            good = [value for value in candidates(keys[place])
                    if jsonschema.Draft7Validator(keys[place]).is_valid(value)]
            # Mostly good ones: a document with one mistake is refused whatever else it holds.
            settings[place] = chance.choice(good if chance.random() < 0.9 else candidates(keys[place]))
        yield "random settings %d" % number, document(instance=with_settings(settings))


def route_documents(schema, chance):
    properties = schema["definitions"]["route"]["properties"]
    simple = {key: resolved(properties[key], schema) for key in ["strategy", "on_unknown", "max_attempts"]}
    for key, value in simple.items():
        for candidate in candidates(value):
            yield "%s = %s" % (key, json.dumps(candidate)), document(route={key: candidate})
    weight = schema["definitions"]["weighted_instance"]["properties"]["weight"]
    for candidate in candidates(weight):
        use = [{"instance": "a", "weight": candidate}, "b"]
        yield "weight = %s" % json.dumps(candidate), document(route={"strategy": "weighted", "use": use})
    channels = ["sms", "email", "whatsapp", "SMS", "voice", ""]
    uses = [["a"], ["b", "a"], [{"instance": "b", "weight": 2}, "a"]]
    for prefix in PREFIXES:
        when = {"phone_prefix": [prefix]}
        yield "prefix %s" % prefix, document(route={"rules": [{"when": when, "use": ["b"]}]})
    for pair in itertools.product(channels, channels):
        when = {"channel": list(pair)}
        yield "channels %s, %s" % pair, document(route={"rules": [{"when": when, "use": ["b"]}]})
    for number in range(300):
        rules = []
        for _ in range(chance.randint(0, 4)):
            when = {}
            if chance.random() < 0.7:
                when["phone_prefix"] = chance.sample(PREFIXES[:5], chance.randint(0, 2) or 1)
            if chance.random() < 0.7:
                when["channel"] = chance.sample(channels[:4], chance.randint(0, 2) or 1)
            rules.append({"when": when, "use": chance.choice(uses)})
        route = {"rules": rules, "strategy": "weighted", "max_attempts": chance.choice([1, 20, 6.0])}
        yield "random route %d" % number, document(route=route)


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

    chance = random.Random(1)
    for label, made in itertools.chain(delivery_documents(schema, chance), route_documents(schema, chance)):
        cases.append((label, made, None, True))

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
