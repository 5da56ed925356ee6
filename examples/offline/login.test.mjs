// A login with node:test: `node --test`, with `otp` on the PATH.
// The application speaks to the vendor itself, here to Stytch, by its documented API.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

test('a login with the code of the message', async (t) => {
  const mock = spawn('otp', ['mock']);
  t.after(() => mock.kill());
  const [origin] = /http\S+/.exec(String(await once(mock.stdout, 'data')));
  const account = 'project-test-00000000-0000-0000-0000-000000000000:mock-stytch-secret';
  const headers = { authorization: `Basic ${btoa(account)}`, 'content-type': 'application/json' };
  const stytch = async (path, body) => (await fetch(`${origin}/stytch/v1/otps/${path}`,
    { method: 'POST', headers, body: JSON.stringify(body) })).json();

  const { phone_id } = await stytch('sms/login_or_create', { phone_number: '+12025550162' });
  const latest = await fetch(`${origin}/api/messages/latest?to=%2B12025550162&wait=10s`);
  const { code } = await latest.json();
  assert.equal((await stytch('authenticate', { method_id: phone_id, code })).status_code, 200);
});
