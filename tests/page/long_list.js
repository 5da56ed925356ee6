// Thousands of messages: the page holds few elements, and reads what is looked at.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { askStytch, onPage, send, until } = require('./inbox');

const many = 5000;
const atOnce = 16;

async function sendMany(count) {
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < count; number = next++) {
      const email = `user${number}@example.com`;
      assert.equal(await askStytch('/stytch/v1/otps/email/login_or_create', { email }), 200);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

test('5,000 messages come while the page is open, and few elements show them', () => onPage(async (page) => {
  await sendMany(many);
  await until(page, () => document.querySelector('#messages [role="option"]')?.ariaSetSize === '5000');
  const rows = page.locator('#messages [role="option"]');
  assert.ok(await rows.count() < 60, `${await rows.count()} rows`);

  // To the oldest one, and to the middle of what nobody has looked at.
  await rows.first().focus();
  await page.keyboard.press('End');
  await until(page, () => document.activeElement.ariaPosInSet === '5000' || document.querySelector('[aria-posinset="5000"]:not(.waiting)'));
  await page.locator('#messages').evaluate((box) => { box.scrollTop = box.scrollHeight / 2; });
  await until(page, () => [...document.querySelectorAll('#messages [role="option"]')].some((row) => row.ariaPosInSet === '2500' && row.textContent.includes('@example.com')));
  assert.ok(await rows.count() < 60, `${await rows.count()} rows`);
  assert.ok(await page.evaluate(() => document.querySelectorAll('*').length) < 1500);

  // What arrives meanwhile does not move what is read; it is told, and a button leads there.
  const before = await page.locator('[aria-posinset="2500"] .row-title').textContent();
  await send();
  await page.locator('#newer', { hasText: '1 new' }).waitFor();
  assert.equal(await page.locator('[aria-posinset="2501"] .row-title').textContent(), before);
  await page.locator('#newer').click();
  await page.locator('[aria-posinset="1"]').waitFor();
  await until(page, () => document.getElementById('newer').hidden);
}));
