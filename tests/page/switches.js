// Faults and the clock, moved from the page.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { api, onPage, send, until } = require('./inbox');

test('a fault that is switched on in the page makes otp send fail with its category', () => onPage(async (page) => {
  await page.getByRole('button', { name: 'Faults' }).click();
  await page.locator('#fault-vendor').selectOption('stytch');
  await page.locator('#fault-search').fill('unauthorized_credentials');
  await page.locator('.fault-choice', { hasText: 'unauthorized_credentials' }).first().click();
  await page.getByLabel('The next').fill('1');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.locator('.active-fault', { hasText: 'the next 1' }).waitFor();

  const failed = await send();
  assert.equal(failed.status, 1);
  assert.equal(failed.error.category, 'unauthenticated');
  await page.locator('.active-fault', { hasText: '1 hit' }).or(page.locator('#faults-active[hidden]')).waitFor({ state: 'attached' });
  assert.equal((await send()).status, 0);
}));

test('a fault is ended in the page', () => onPage(async (page) => {
  await api('POST', 'faults', { fault: 'html_502', vendor: 'eko', percent: 40 });
  await page.locator('#faults-count', { hasText: '1' }).waitFor();
  await page.getByRole('button', { name: 'Faults' }).click();
  await page.locator('.active-fault', { hasText: '40 %' }).getByRole('button', { name: 'End' }).click();
  await until(page, () => document.getElementById('faults-count').textContent === '');
  assert.deepEqual(await api('GET', 'faults'), []);
}));

test('the clock expires a code, and goes back to normal', () => onPage(async (page) => {
  await send();
  await page.locator('#detail .chip[data-state="pending"]').waitFor();
  await page.getByRole('button', { name: 'Clock' }).click();
  await page.getByRole('button', { name: '+15 min' }).click();
  await page.locator('#detail .chip[data-state="expired"]').waitFor({ state: 'attached' });
  assert.equal((await api('GET', 'messages'))[0].state, 'expired');
  await page.locator('#clock-moved', { hasText: '+15 min' }).waitFor({ state: 'attached' });
  await page.locator('#clock-by').fill('soon');
  await page.getByRole('button', { name: 'Move' }).click();
  await page.getByText('A whole number and a unit').waitFor();
  await page.getByRole('button', { name: 'Back to normal' }).click();
  await until(page, () => document.getElementById('clock-moved').textContent === '');
  assert.equal((await api('GET', 'clock')).moved_ms, 0);
}));

test('the clock that others move is shown', () => onPage(async (page) => {
  await api('PUT', 'clock', { advance: '1h' });
  await page.locator('#clock-moved', { hasText: '+1 h' }).waitFor();
}));
