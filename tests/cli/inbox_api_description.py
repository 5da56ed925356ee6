"""What docs/inbox-api.openapi.json says, and whether answers are so; for check_inbox_api.py."""

import json
import re

import jsonschema

failures = []


def expect(good, *what):
    if not good:
        failures.append(" ".join(str(each) for each in what))


class Description:
    """The file, with everything that it refers to in its place."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.raw = json.loads(self.text)
        self.paths = self.inlined(self.raw["paths"])
        self.operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, item in self.paths.items() for method, operation in item.items()}
        self.driven = set()

    def inlined(self, node):
        if isinstance(node, list):
            return [self.inlined(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            target = self.raw
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            return self.inlined(target)
        return {key: self.inlined(value) for key, value in node.items()}

    def to_drive(self):
        for name, (_, _, operation) in self.operations.items():
            for status, response in operation["responses"].items():
                yield f"{name} {status}"
                for content in response.get("content", {}).values():
                    yield from (f"event {event}" for event in content.get("x-events", {}))
            for parameter in operation.get("parameters", []):
                if parameter["in"] != "path":
                    yield f"{name} {parameter['name']}"

    def check_itself(self):
        expect(self.raw["openapi"].startswith("3.1."), "it is not of OpenAPI 3.1")
        names = [operation["operationId"] for item in self.paths.values()
                 for operation in item.values()]
        expect(len(names) == len(set(names)), "an operationId is there twice")
        tags = {tag["name"] for tag in self.raw["tags"]}
        for name, (_, path, operation) in self.operations.items():
            expect(operation.get("summary"), name, "has no summary")
            expect(set(operation["tags"]) <= tags, name, "has an unknown tag")
            in_path = {parameter["name"] for parameter in operation.get("parameters", [])
                       if parameter["in"] == "path"}
            expect(in_path == set(re.findall(r"{(\w+)}", path)), name, "lacks a part of its path")
        for schema in self.raw["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(self.inlined(schema))
        for kind, all_of_it in self.raw["components"].items():
            for each in all_of_it:
                expect(kind == "securitySchemes" or f'"#/components/{kind}/{each}"' in self.text,
                       kind, each, "is used by nothing")

    def check(self, name, answer):
        """The answer of an operation, or of an event of that name."""
        status, headers, body = answer
        self.driven.add(f"{name} {status}")
        response = self.operations[name][2]["responses"].get(str(status))
        if response is None:
            expect(False, name, "answered", status, "which the file does not list:", body[:200])
            return None
        return check_response(f"{name} {status}", response, headers, body)

    def check_event(self, name, data):
        self.driven.add(f"event {name}")
        _, _, operation = self.operations["followEvents"]
        schemas = operation["responses"]["200"]["content"]["text/event-stream"]["x-events"]
        if name not in schemas:
            expect(False, "an event", name, "that the file does not list")
        else:
            check_value(f"event {name}", schemas[name], data)


def check_value(what, schema, value):
    for error in jsonschema.Draft202012Validator(schema).iter_errors(value):
        expect(False, what, "at", "/" + "/".join(map(str, error.absolute_path)), error.message[:300])


def check_response(what, response, headers, body):
    for name, value in headers.items():
        expect(not name.lower().startswith("access-control-"), what, "is open to others by", name)
    for name in ("X-Content-Type-Options", "Content-Security-Policy", "Cross-Origin-Resource-Policy"):
        expect(name in headers, what, "lacks", name)
    for name, header in response.get("headers", {}).items():
        if name in headers:
            check_value(f"{what}, header {name}", header["schema"], headers[name])
        else:
            expect(not header.get("required"), what, "lacks the header field", name)
    content = response.get("content", {})
    media = headers.get("Content-Type", "").split(";")[0]
    if not content:
        expect(not body, what, "has a body")
        return None
    expect(media in content, what, "is of the media type", repr(media))
    if media not in content or "x-events" in content[media]:
        return None
    value = json.loads(body)
    check_value(what, content[media]["schema"], value)
    return value
