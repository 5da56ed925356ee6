// What an application does with Stytch's own Node SDK, which is used as it is published.
'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { beforeEach, test } = require('node:test');
const stytch = require('stytch');

const origin = process.env.MOCK_ORIGIN;
const credentials = {
  project_id: 'project-test-00000000-0000-0000-0000-000000000000',
  secret: 'mock-stytch-secret',
  custom_base_url: origin,
};
const client = new stytch.Client(credentials);

const channels = [
  { name: 'sms', otp: client.otps.sms, to: { phone_number: '+12025550162' }, id: 'phone_id' },
  { name: 'whatsapp', otp: client.otps.whatsapp, to: { phone_number: '+12025550162' }, id: 'phone_id' },
  { name: 'email', otp: client.otps.email, to: { email: 'user@example.com' }, id: 'email_id' },
];

async function api(method, path, body) {
  const response = await fetch(new URL(path, origin), {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response.status === 204 ? undefined : response.json();
}

function latestMessage(to) {
  const query = new URLSearchParams({ vendor: 'stytch', to, wait: '10s' });
  return api('GET', `/api/messages/latest?${query}`);
}

function otherCode(code) {
  return code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10);
}

async function refused(promise, status, type) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof stytch.StytchError, error);
    assert.equal(error.status_code, status);
    assert.equal(error.error_type, type);
    assert.match(error.request_id, /^request-id-test-/);
    return true;
  });
}

beforeEach(async () => {
  await api('DELETE', '/api/messages');
  await api('DELETE', '/api/clock');
});

test('it is the published package', () => {
  // The package does not export its description.
  const entry = require.resolve('stytch');
  const folder = entry.slice(0, entry.lastIndexOf('/stytch/') + '/stytch/'.length);
  const { version } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
  assert.match(version, /^14\./);
});

for (const { name, otp, to, id } of channels) {
  const [recipient] = Object.values(to);

  test(`${name}: creates, refuses a wrong code, takes the right one, once`, async () => {
    const sent = await otp.loginOrCreate(to);
    assert.equal(sent.status_code, 200);
    assert.equal(sent.user_created, true);
    const { code, channel } = await latestMessage(recipient);
    assert.equal(channel, name);

    const check = (text) => client.otps.authenticate({ method_id: sent[id], code: text });
    await refused(check(otherCode(code)), 404, 'otp_code_not_found');
    const verified = await check(code);
    assert.equal(verified.status_code, 200);
    assert.equal(verified.user_id, sent.user_id);
    assert.equal(verified.method_id, sent[id]);
    await refused(check(code), 401, 'unable_to_auth_otp_code');
  });

  test(`${name}: knows a user that was created, and no other`, async () => {
    const unknown = name === 'email' ? 'nobody@example.com' : '+12025550163';
    const missing = name === 'email' ? 'email_not_found' : 'phone_number_not_found';
    const key = Object.keys(to)[0];
    await refused(otp.send({ [key]: unknown }), 404, missing);
    await otp.loginOrCreate({ [key]: unknown });
    const again = await otp.loginOrCreate({ [key]: unknown });
    assert.equal(again.user_created, false);
    assert.equal((await otp.send({ [key]: unknown })).status_code, 200);
  });
}

test('a code expires when the clock is put forward', async () => {
  const sent = await client.otps.sms.loginOrCreate({ phone_number: '+12025550162' });
  const { code } = await latestMessage('+12025550162');
  await api('PUT', '/api/clock', { advance: '10m' });
  const check = client.otps.authenticate({ method_id: sent.phone_id, code });
  await refused(check, 401, 'unable_to_auth_otp_code');
});

test('a session comes with the code when it is asked for', async () => {
  const sent = await client.otps.sms.loginOrCreate({ phone_number: '+12025550162' });
  const { code } = await latestMessage('+12025550162');
  const verified = await client.otps.authenticate({
    method_id: sent.phone_id,
    code,
    session_duration_minutes: 60,
  });
  assert.equal(verified.session.user_id, sent.user_id);
  assert.ok(verified.session_token);
});

test('numbers and addresses that are none are refused', async () => {
  const bad = { phone_number: '12025550162' };
  await refused(client.otps.sms.loginOrCreate(bad), 400, 'invalid_phone_number');
  await refused(client.otps.whatsapp.loginOrCreate(bad), 400, 'invalid_phone_number');
  await refused(client.otps.email.loginOrCreate({ email: 'nobody' }), 400, 'invalid_email');
});

test('a wrong secret is refused', async () => {
  const stranger = new stytch.Client({ ...credentials, secret: 'another-secret' });
  const sent = stranger.otps.sms.loginOrCreate({ phone_number: '+12025550162' });
  await refused(sent, 401, 'unauthorized_credentials');
  assert.deepEqual(await api('GET', '/api/messages'), []);
});

test("Stytch's sandbox values take the documented code", async () => {
  const phone = await client.otps.sms.send({ phone_number: '+10000000000' });
  const email = await client.otps.email.loginOrCreate({ email: 'sandbox@stytch.com' });
  for (const method_id of [phone.phone_id, email.email_id]) {
    await refused(client.otps.authenticate({ method_id, code: '000001' }), 404, 'otp_code_not_found');
    assert.equal((await client.otps.authenticate({ method_id, code: '000000' })).status_code, 200);
  }
});

test('a reserved recipient provokes its error', async () => {
  const sent = client.otps.email.loginOrCreate({ email: 'too_many_requests@error.example.com' });
  await refused(sent, 429, 'too_many_requests');
});

test('the example of docs/testing-offline.md works as it is pasted', () => {
  const page = readFileSync(path.join(__dirname, '../../docs/testing-offline.md'), 'utf8');
  const [, program] = page.match(/```js\n(.*?)```/s);
  const printed = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  assert.match(printed, /^user-test-[0-9a-f-]+\n$/);
});
