"""A login with pytest, with `otp` on the PATH: `otp send` and `otp verify` are the application."""

import json
import subprocess
from urllib.request import urlopen

import pytest


@pytest.fixture
def origin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command = ["otp", "mock", "--config-out", "otp.json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as mock:
        yield mock.stdout.readline().split()[-1]
        mock.terminate()


def test_login_with_the_code_of_the_message(origin):
    send = "otp send --config otp.json --route login --phone +12025550162 --handle-out handle.json"
    subprocess.run(send.split(), check=True)
    with urlopen(f"{origin}/api/messages/latest?to=%2B12025550162&wait=10s") as message:
        code = json.load(message)["code"]
    verify = "otp verify --config otp.json --handle handle.json --code -"
    subprocess.run(verify.split(), input=code, text=True, check=True)
