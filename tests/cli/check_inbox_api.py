"""Holds docs/inbox-api.openapi.json against the running mock vendors.

    check_inbox_api.py PROGRAM DESCRIPTION

Each operation of the file is driven: with each of its parameters, and into each answer that the file
lists for it. Status, header fields, media type and body have to be as the file says, and so have the
events of the event stream. The server's own list of paths, and its `Allow` for each, have to be the
file's. What the file says and nothing drove is a failure, too.
"""

import base64
import contextlib
import http.client
import json
import re
import subprocess
import sys
import time
import urllib.parse

from inbox_api_description import Description, check_response, check_value, expect, failures

PHONE = "+12025550162"
SLOW = "slow@error.example.com"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
VENDOR_KEYS = {"stytch": "Basic " + base64.b64encode(
                   b"project-test-00000000-0000-0000-0000-000000000000:mock-stytch-secret").decode(),
               "spherepay": "Bearer mock-spherepay-api-key",
               "loyaltydog": "Bearer mock-loyaltydog-token"}
# One good value for each parameter.
SAMPLES = {"vendor": "stytch", "to": PHONE, "session": "alice", "X-Mock-Session": "alice",
           "state": "pending", "q": "555", "offset": "1", "limit": "2", "message": "message-1",
           "wait": "10ms"}
# Good bodies for those.
BODIES = {"addFault": '{"fault":"html_502"}', "moveClock": '{"advance":"0s"}', "takeVerdicts": ""}
# Needs a reader that is 1,000 events behind: tests/unit/mocks/inbox_events_test.cpp.
NOT_DRIVEN = {"event lost"}


class Mock:
    """`otp mock` that runs, and requests to it."""

    def __init__(self, program, *options):
        self.process = subprocess.Popen([program, "mock", "--json", "--seed", "7", *options],
                                        stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.address = urllib.parse.urlsplit(self.ready["listening"]).netloc

    def stop(self):
        self.process.terminate()
        expect(self.process.wait(20) == 0, "the mock ended with", self.process.returncode)

    def begin(self, method, path, query=(), headers=None, body=None):
        """A connection whose answer nobody has read yet."""
        connection = http.client.HTTPConnection(self.address, timeout=20)
        if query:
            path += "?" + urllib.parse.urlencode(query)
        connection.request(method, path, body, headers or {})
        return connection

    def call(self, *request, **more):
        connection = self.begin(*request, **more)
        answer = connection.getresponse()
        result = answer.status, answer.headers, answer.read()
        connection.close()
        return result

    def ask_vendor(self, vendor, path, body, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call("POST", f"/{vendor}{path}", body=json.dumps(body), headers={
            "Content-Type": "application/json", "Authorization": VENDOR_KEYS[vendor], **headers})

    def send(self, to=PHONE, **headers):
        return self.ask_vendor("stytch", "/v1/otps/sms/send", {"phone_number": to}, **headers)


class Driver:
    def __init__(self, description, mock):
        self.description, self.mock = description, mock

    def do(self, name, expected, query=(), headers=None, body=None, mock=None, **path):
        method, template, operation = self.description.operations[name]
        if expected < 300 and body is not None:
            self.check_body(name, operation, body)
        answer = (mock or self.mock).call(
            method, template.format(**path), query, headers,
            body if body is None or isinstance(body, str) else json.dumps(body))
        expect(answer[0] == expected, name, query, "answered", answer[0], "and not", expected,
               answer[2][:200])
        return self.description.check(name, answer)

    @staticmethod
    def check_body(name, operation, body):
        (schema,) = [content["schema"] for content in operation["requestBody"]["content"].values()]
        check_value(f"what {name} was given", schema, body)

    def ids(self, path):
        """Such ids as there are none, for a path that wants one."""
        kind = re.search(r"/api/(\w+)s/{id}", path)
        return {"id": f"{kind.group(1)}-999999"} if kind else {}

    # What every operation does.

    def drive_refusals(self, guarded):
        for name, (_, path, operation) in self.description.operations.items():
            body = {} if "requestBody" in operation else None
            ids = self.ids(path)
            self.do(name, 403, headers={"Host": "evil.example"}, body=body, **ids)
            self.do(name, 400, headers={"Host": "127.0.0.1/"}, body=body, **ids)
            self.do(name, 400, query={"nonsense": "1"}, body=body, **ids)
            self.do(name, 401, mock=guarded, body=body, **ids)

    def drive_parameters(self):
        """Each by itself is taken, and a bad one is not."""
        for name, (method, path, operation) in self.description.operations.items():
            body = BODIES.get(name)
            for parameter in operation.get("parameters", []):
                key = parameter["name"]
                if parameter["in"] == "path" or name == "followEvents":
                    continue
                check_value(f"the sample of {key}", parameter["schema"],
                            int(SAMPLES[key]) if key in ("offset", "limit") else SAMPLES[key])
                place, bad = ("headers", "a b") if parameter["in"] == "header" else ("query", "")
                for value, good in ((SAMPLES[key], True), (bad, False)):
                    answer = self.mock.call(method, path, body=body, **{place: {key: value}})
                    expect((answer[0] != 400) == good, name, place, key, repr(value), "answered",
                           answer[0], answer[2][:200])
                    self.description.check(name, answer)
                self.description.driven.add(f"{name} {key}")

    def drive_paths(self):
        """The server's paths and methods are the file's."""
        status, _, body = self.mock.call("GET", "/api/nothing")
        expect(status == 404, "/api/nothing answered", status)
        named = set(re.findall(r"/api/[a-z_./{}]*[a-z}]", json.loads(body)["error"]))
        paths = set(self.description.paths)
        expect(named == paths, "the server has", sorted(named - paths), "and the file has",
               sorted(paths - named), "alone")
        problem = {"headers": {"Allow": {"required": True, "schema": {"type": "string"}}},
                   "content": {"application/json": {
                       "schema": self.description.raw["components"]["schemas"]["Problem"]}}}
        for path, item in self.description.paths.items():
            status, headers, body = self.mock.call(
                "PATCH", path.format(**self.ids(path)), body="{}")
            expect(status == 405, "PATCH", path, "answered", status)
            check_response(f"PATCH {path}", problem, headers, body)
            allowed = {method.strip().lower() for method in headers.get("Allow", "").split(",")}
            expect(allowed == set(item), path, "allows", allowed, "and the file lists", set(item))

    # What each of them is for.

    def drive_messages(self):
        self.do("latestMessage", 404)
        self.mock.send(traceparent=TRACE)
        self.mock.send(X_Mock_Session="alice")
        self.mock.ask_vendor("spherepay", "/v2/customer/customer_a/otp-send", {"type": "phone"})
        self.mock.ask_vendor("loyaltydog", "/v2/giftcards/customers/otp/send",
                             {"target": "user@example.com"})
        # Refused, and never answered.
        self.mock.ask_vendor("stytch", "/v1/otps/sms/send", {"phone_number": "nobody"})
        with contextlib.suppress(http.client.HTTPException, OSError):
            self.mock.send("+12025550158")
        # A wrong code, and a right one.
        newest = self.do("latestMessage", 200, {"vendor": "loyaltydog", "wait": "10s"})
        for code in ("000000" if newest["code"] != "000000" else "111111", newest["code"]):
            self.mock.ask_vendor("loyaltydog", "/v2/giftcards/customers/otp/verify",
                                 {"target": "user@example.com", "code": code})
        messages = self.do("listMessages", 200)
        expect(len(messages) >= 4, "there are", len(messages), "messages")
        expect({message["session"] for message in messages} == {"", "alice"}, "sessions are lost")
        for message in messages:
            self.do("getMessage", 200, id=message["id"])
        self.do("getMessage", 404, id="message-999999")
        page = self.do("listMessages", 200, {"limit": "2", "offset": "1"})
        expect(page == self.do("listMessages", 200)[1:3], "the window is not the list's")

    def drive_exchanges(self):
        line = json.dumps({"event": "attempt_ended", "traceparent": TRACE, "operation": 1})
        taken = self.do("takeVerdicts", 200, body=line + "\n" + line.replace("ended", "begun"))
        expect(taken == {"taken": 1, "matched": 1}, "verdicts:", taken)
        exchanges = self.do("listExchanges", 200)
        for exchange in exchanges:
            self.do("getExchange", 200, id=exchange["id"])
        for member in ("why", "verdict", "message", "traceparent"):
            expect(any(exchange[member] for exchange in exchanges), "no exchange has", member)
        expect(any(exchange["status"] is None for exchange in exchanges), "none has no status")
        self.do("getExchange", 404, id="exchange-999999")

    def drive_faults(self):
        known = self.do("knownFaults", 200)
        expect({fault["vendor"] for fault in known} ==
               {None, *self.description.raw["components"]["schemas"]["Vendor"]["enum"]},
               "not all vendors have faults")
        fault = self.do("addFault", 201, body={
            "fault": "delay", "delay": "5ms", "vendor": "stytch", "to": PHONE, "step": "send",
            "percent": 50, "count": 3})
        self.do("addFault", 201, body={"fault": "html_502", "session": "alice"})
        for wrong in ({}, {"fault": "html_520"}, {"fault": "html_502", "percent": 0},
                      {"fault": "html_502", "more": 1}, []):
            self.do("addFault", 400, body=wrong)
        for of in ({}, {"session": "alice"}):
            faults = self.do("listFaults", 200, of)
            expect(len(faults) == 1, "there are", len(faults), "faults", of)
        self.do("removeFault", 204, id=fault["id"])
        self.do("removeFault", 404, id=fault["id"])
        self.do("clearFaults", 204)
        expect(self.do("listFaults", 200) == [], "faults stay")

    def drive_clock(self):
        self.do("readClock", 200)
        moved = self.do("moveClock", 200, body={"advance": "10m"})
        expect(moved["moved_ms"] == 600_000, "the clock shows", moved)
        self.do("moveClock", 200, body={"set": "2026-03-09T20:46:31Z"})
        self.do("moveClock", 400, body={"advance": "soon"})
        self.do("resetClock", 200)

    def drive_waits(self):
        """Half of the 64 threads wait, and one more request than that is refused."""
        for name, query in (("latestMessage", {"to": "nobody", "wait": "5s"}),
                            ("followEvents", {"vendor": "stytch"})):
            path = self.description.operations[name][1]
            waiting = []
            for _ in range(33):
                waiting.append(self.mock.begin("GET", path, query))
            # All but one wait; which one is refused nobody knows.
            refused = self.first_refusal(waiting)
            expect(refused is not None, "33 of", name, "wait")
            if refused is not None:
                self.description.check(name, refused)
            for connection in waiting:
                connection.close()
            self.until_answered(path)

    @staticmethod
    def first_refusal(waiting):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for connection in waiting:
                connection.sock.settimeout(0.05)
                try:
                    beginning = connection.sock.recv(16, 2)  # MSG_PEEK
                except TimeoutError:
                    continue
                if b" 503 " in beginning:
                    connection.sock.settimeout(20)
                    answer = connection.getresponse()
                    return answer.status, answer.headers, answer.read()
        return None

    def until_answered(self, path):
        """The server has noticed that they are gone."""
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            connection = self.mock.begin("GET", path, {"to": "nobody"})
            status = connection.getresponse().status
            connection.close()
            if status != 503:
                return
            time.sleep(0.05)
        expect(False, path, "waits for nobody for ever")

    def drive_events(self):
        for parameter in self.description.operations["followEvents"][2]["parameters"]:
            key = parameter["name"]
            given = {"headers" if parameter["in"] == "header" else "query": {key: SAMPLES[key]}}
            with Events(self.mock, self.description, **given) as events:
                events.expect("hello")
            self.description.driven.add(f"followEvents {key}")
        with Events(self.mock, self.description) as events:
            events.expect("hello")
            self.mock.send()
            events.expect("message", "exchange")
            self.do("addFault", 201, body={"fault": "html_502", "count": 1})
            events.expect("faults")
            self.do("moveClock", 200, body={"advance": "1s"})
            events.expect("clock")
            self.do("clearMessages", 204, {"session": "alice"})
            events.expect("cleared")
            self.do("clearMessages", 204)
            events.expect("cleared")
        self.do("clearFaults", 204)

    def drive_the_rest(self):
        held = self.mock.begin("POST", "/loyaltydog/v2/giftcards/customers/otp/send", headers={
            "Content-Type": "application/json", "Authorization": VENDOR_KEYS["loyaltydog"]},
            body=json.dumps({"target": SLOW}))
        deadline = time.monotonic() + 20
        while not any(exchange["outcome"] == "held"
                      for exchange in self.do("listExchanges", 200, {"to": SLOW})):
            if time.monotonic() > deadline:
                expect(False, "no answer is held")
                break
        self.do("releaseHeld", 204)
        expect(held.getresponse().status, "a held answer does not come")
        held.close()
        self.do("revokeTokens", 204)
        self.do("readHealth", 200)
        served = self.do("readDescription", 200)
        expect(served == self.description.raw, "the server has another file than this one")
        answer = self.mock.call("GET", "/session/alice/api/messages")
        self.description.check("listMessages", answer)

    def drive_everything(self, guarded):
        self.drive_paths()
        self.drive_messages()
        self.drive_exchanges()
        self.drive_faults()
        self.drive_clock()
        self.drive_events()
        self.drive_the_rest()
        self.drive_waits()
        self.drive_refusals(guarded)
        self.drive_parameters()
        undriven = set(self.description.to_drive()) - self.description.driven
        expect(undriven == NOT_DRIVEN, "driven by nothing:", sorted(undriven - NOT_DRIVEN),
               "driven after all:", sorted(NOT_DRIVEN - undriven))


class Events:
    """A reader of the event stream, which checks each event that comes."""

    def __init__(self, mock, description, **request):
        self.description = description
        self.connection = mock.begin("GET", "/api/events", **request)

    def __enter__(self):
        self.answer = self.connection.getresponse()
        self.description.check("followEvents", (self.answer.status, self.answer.headers, b""))
        return self

    def __exit__(self, *_):
        self.connection.close()

    def next_event(self):
        name, data = "", ""
        for line in iter(lambda: self.answer.readline().decode().rstrip("\n"), None):
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                data += line.removeprefix("data: ")
            elif not line and name:
                self.description.check_event(name, json.loads(data))
                return name

    def expect(self, *names):
        wanted = set(names)
        while wanted:
            wanted.discard(self.next_event())


def main(program, path):
    description = Description(path)
    description.check_itself()
    mock, guarded = Mock(program), Mock(program, "--token", "mock-token")
    try:
        Driver(description, mock).drive_everything(guarded)
    finally:
        mock.stop()
        guarded.stop()
        print("\n".join(failures))
    print(f"{len(description.operations)} operations, {len(description.driven)} things driven,"
          f" {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
