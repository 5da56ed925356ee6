// All of it by the keyboard alone.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { api, onPage, phone, send, until } = require('./inbox');

const focusIn = (selector) => document.activeElement?.closest(selector) !== null;

test('keys search, move, open, copy, and show what is behind', () => onPage(async (page) => {
  await send();
  await send('--email', 'user@example.com');
  await page.locator('#messages [role="option"]').nth(1).waitFor();

  await page.keyboard.press('/');
  await until(page, focusIn, '#search');
  await page.keyboard.type('202555');
  await until(page, () => document.querySelectorAll('#messages [role="option"]').length === 1);
  await page.keyboard.press('Escape');
  await until(page, () => document.querySelectorAll('#messages [role="option"]').length === 2);
  await page.keyboard.press('Escape');

  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.locator('#detail-title', { hasText: phone }).waitFor();
  await page.keyboard.press('c');
  const { code } = await api('GET', `messages/latest?to=${encodeURIComponent(phone)}`);
  await page.getByText(`Copied ${code}`).first().waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);

  await page.keyboard.press('Enter');
  await until(page, focusIn, '#detail-title');
  await page.keyboard.press('e');
  await page.locator('.exchange .side').first().waitFor();
  await until(page, focusIn, '.exchange-line');
  await page.keyboard.press('Escape');
  await until(page, focusIn, '#messages [role="option"]');
}));

test('keys switch a fault on, move the clock, help, and clear', () => onPage(async (page) => {
  await page.keyboard.press('f');
  await until(page, focusIn, '#faults-dialog');
  await page.locator('.fault-choice').first().waitFor();
  await page.locator('#fault-search').focus();
  await page.keyboard.type('html_502');
  await until(page, () => document.querySelectorAll('.fault-choice').length === 1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.locator('.fault-choice :checked').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.active-fault', { hasText: 'html_502' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal((await api('GET', 'faults')).length, 1);

  await page.keyboard.press('t');
  await until(page, focusIn, '#clock-dialog');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('#clock-moved', { hasText: '+1 min' }).waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await until(page, () => !document.querySelector('dialog[open]'));

  await page.locator('#clear').focus();
  await page.keyboard.press('Enter');
  await until(page, focusIn, '#clear-dialog');
  await page.keyboard.press('Escape');
  await until(page, focusIn, '#clear');
}));

test('Tab reaches everything in the order in which it is read', () => onPage(async (page) => {
  await send();
  await send('--email', 'user@example.com');
  await page.locator('#messages [role="option"]').nth(1).waitFor();
  await page.locator('.exchange-line').waitFor();
  const reached = [];
  for (let press = 0; press < 16; ++press) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => {
      const at = document.activeElement;
      const outline = getComputedStyle(at).outlineStyle;
      return `${at.id || at.className.split(' ')[0]}${outline === 'none' ? ' unseen' : ''}`;
    }));
  }
  assert.deepEqual(reached.slice(0, 15), [
    'skip', 'clock', 'faults', 'theme', 'help', 'search', 'tab-messages', 'tab-exchanges', 'follow',
    'clear', 'vendor', 'state', 'row', 'button', 'exchange-line',
  ]);
}));

test('single keys can be switched off', () => onPage(async (page) => {
  await page.keyboard.press('?');
  await page.getByLabel('Single keys do this').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.locator('[data-live="live"]').waitFor();
  await page.keyboard.press('f');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  assert.equal(await page.locator('dialog[open]').count(), 0);
}));
