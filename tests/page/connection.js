// The connection to the inbox is lost, and comes back; or it needs a token.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { isReady, onPage, otp, phone, startMock } = require('./inbox');

test('a lost connection is shown, and what came back is read anew', async () => {
  let mock = await startMock('lost');
  const port = new URL(mock.origin).port;
  const send = () => otp('send', '--config', mock.config, '--route', 'stytch', '--phone', phone);
  try {
    await onPage(async (page) => {
      await send();
      await page.locator('#messages [role="option"]').waitFor();
      await mock.stop();
      await page.locator('[data-live="lost"]').waitFor();
      await page.locator('#lost', { hasText: 'The connection to the inbox is lost.' }).waitFor();
      mock = await startMock('lost', ['--port', port]);
      await page.getByRole('button', { name: 'Try now' }).click({ timeout: 1000 }).catch(() => {});
      await page.locator('[data-live="live"]').waitFor();
      await page.locator('#lost').waitFor({ state: 'hidden' });
      await page.getByText('Nothing has arrived yet').waitFor();
      await send();
      await page.locator('#messages [role="option"]').waitFor();
    }, { origin: mock.origin, quiet: false });
  } finally {
    await mock.stop();
  }
});

test('a token comes with the address, and leaves it, or is asked for', async () => {
  const token = 'a+b/c=';
  const mock = await startMock('token', ['--token', token]);
  try {
    await onPage(async (page) => {
      assert.equal(new URL(page.url()).hash.includes('token'), false);
      await page.reload();
      await isReady(page);
    }, { origin: mock.origin, address: `/#token=${token}` });
    await onPage(async (page) => {
      await page.getByRole('textbox', { name: 'Token' }).fill(token);
      await page.getByRole('button', { name: 'Open the inbox' }).click();
      await isReady(page);
    }, { origin: mock.origin, quiet: false, ready: false });
  } finally {
    await mock.stop();
  }
});
