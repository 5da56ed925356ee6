// A message: it arrives, it is read, it is copied, and it changes.
'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const { test } = require('node:test');
const { api, askStytch, config, folder, onPage, otp, phone, send, until } = require('./inbox');

const rows = '#messages [role="option"]';

test('a message appears within a second of otp send, and is read out', () => onPage(async (page) => {
  await page.getByText('Nothing has arrived yet').waitFor();
  assert.equal((await send()).status, 0);
  const row = page.locator(rows, { hasText: phone });
  await row.waitFor({ timeout: 1000 });
  const { code } = await api('GET', 'messages/latest');
  assert.match(await row.textContent(), new RegExp(code));
  // It is open at once, as nobody has chosen another one.
  await page.locator('.code', { hasText: code }).waitFor();
  await page.locator('#live', { hasText: [...code].join(' ') }).waitFor({ state: 'attached' });
}));

test('the code is copied, and the page says which', () => onPage(async (page) => {
  await send();
  const { code } = await api('GET', 'messages/latest');
  await page.getByRole('button', { name: `Copy the code ${code}` }).click();
  await page.getByText(`Copied ${code}, the code for ${phone}`).first().waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
}));

test('its state follows what becomes of the code', () => onPage(async (page) => {
  const handle = path.join(folder, 'handle.json');
  await send('--handle-out', handle);
  const { code } = await api('GET', 'messages/latest');
  const verify = (text) => otp('verify', '--config', config(), '--handle', handle, '--code', text);
  const chip = page.locator('#detail .chip');
  await page.locator('#detail .chip[data-state="pending"]').waitFor();
  await page.getByText(/^Expires in [0-9]:[0-9]{2}, at/).waitFor();
  await verify(code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10));
  await chip.getByText('wrong code tried').waitFor();
  await verify(code);
  await chip.getByText('verified').waitFor();
  // A newer code takes the place of one that is pending.
  await send();
  await send();
  await page.locator(`${rows} .chip[data-state="superseded"]`).waitFor();
}));

test('each channel looks like what it is', () => onPage(async (page) => {
  await send('--channel', 'whatsapp');
  await page.locator('.letter-whatsapp .bubble').waitFor();
  await send();
  await page.locator('.letter-sms .bubble').waitFor();
  await send('--email', 'user@example.com');
  await page.locator('.letter-email .subject').waitFor();
  const { code } = await api('GET', 'messages/latest');
  assert.equal(await page.locator('.letter-email .code-inside').textContent(), code);
}));

test('what is written by others is text', () => onPage(async (page) => {
  const to = '"<img/src=x>"@example.com';
  await askStytch('/stytch/v1/otps/email/login_or_create', { email: to });
  await page.locator('#tab-exchanges').click();
  await page.locator('#exchanges [role="option"]').first().click();
  await page.locator('.exchange .json-string').first().waitFor();
  await page.locator('.code-box').first().getByText('<img/src=x>').waitFor();
  assert.equal(await page.locator('#detail img').count(), 0);
}));

test('search is answered by the server and marked, and filters keep what matches', () => onPage(async (page) => {
  await send();
  await send('--email', 'user@example.com');
  await page.locator(rows).nth(1).waitFor();
  await page.getByRole('searchbox', { name: 'Search' }).fill('USER@');
  await until(page, () => document.querySelectorAll('#messages [role="option"]').length === 1);
  assert.equal(await page.locator(`${rows} mark`).first().textContent(), 'user@');
  // What does not match stays away when it arrives.
  await send();
  await send('--email', 'user@example.com');
  await until(page, () => document.querySelectorAll('#messages [role="option"]').length === 2);
  await page.getByRole('searchbox', { name: 'Search' }).fill('no such thing');
  await page.getByText('Nothing matches.').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await until(page, () => document.querySelectorAll('#messages [role="option"]').length === 4);
  await page.getByLabel('Vendor').first().selectOption('eko');
  await page.getByText('Nothing matches.').waitFor();
}));

test('a session has its own view', () => onPage(async (page) => {
  await send();
  const status = await askStytch('/session/alice/stytch/v1/otps/sms/login_or_create', { phone_number: phone });
  assert.equal(status, 200);
  await page.locator(rows).nth(1).waitFor();
  await page.getByLabel('Session').selectOption('alice');
  await until(page, () => document.querySelectorAll('#messages [role="option"]').length === 1);
  await page.locator(rows, { hasText: 'alice' }).waitFor();
}));

test('clearing asks first', () => onPage(async (page) => {
  await send();
  await page.locator(rows).waitFor();
  await page.getByRole('button', { name: 'Clear the inbox' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  assert.equal((await api('GET', 'messages')).length, 1);
  await page.getByRole('button', { name: 'Clear the inbox' }).click();
  await page.locator('#clear-yes').click();
  await page.getByText('Nothing has arrived yet').waitFor();
  assert.deepEqual(await api('GET', 'messages'), []);
}));
