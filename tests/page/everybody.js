// For everybody: axe-core finds nothing, in light and dark, and nothing is wider than the page.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { api, askStytch, axeSource, onPage, phone, send } = require('./inbox');

const axe = axeSource();

async function findings(page) {
  return page.evaluate(async (source) => {
    if (!window.axe) (0, eval)(source);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
  }, axe);
}

async function check(page, view) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(page), [], `${view}, ${colorScheme}`);
  }
  const tooWide = await page.evaluate(() => [document.scrollingElement, ...document.querySelectorAll('.detail-pane, .box, .list-head, .dialog-body')]
    .filter((box) => box.scrollWidth > box.clientWidth).map((box) => `${box.tagName} ${box.className} ${box.scrollWidth}`));
  assert.deepEqual(tooWide, [], `${view} is wider than the page`);
}

// In the order in which one comes from one view to the next.
async function lookAround(page) {
  await check(page, 'empty');
  await askStytch('/stytch/v1/otps/sms/send', { phone_number: '12025550162' });
  await send('--channel', 'whatsapp');
  await send('--email', 'user@example.com');
  await send();
  await page.locator('#messages [role="option"]', { hasText: phone }).first().waitFor();
  await check(page, 'list');
  await page.locator('#messages [role="option"]').first().click();
  await page.locator('.exchange-line').click();
  await page.locator('.exchange .side').nth(1).waitFor();
  await check(page, 'message');
  await page.keyboard.press('Escape');
  await page.locator('#tab-exchanges').click();
  await check(page, 'exchanges');
  await page.locator('#exchanges [role="option"]', { hasText: '400' }).click();
  await page.locator('.card.why').waitFor();
  await check(page, 'exchange');
  await page.keyboard.press('Escape');
  await api('POST', 'faults', { fault: 'html_502', vendor: 'stytch', count: 3 });
  await page.keyboard.press('f');
  await page.locator('.fault-choice').first().waitFor();
  await page.locator('.active-fault').waitFor();
  await check(page, 'faults');
  await page.keyboard.press('t');
  await page.locator('#clock-dialog[open]').waitFor();
  await check(page, 'clock');
  await page.keyboard.press('?');
  await page.locator('#help-dialog[open]').waitFor();
  await check(page, 'help');
}

for (const size of ['wide', 'narrow']) {
  // axe-core is evaluated, and it sets styles of its own: that is no violation of the page's.
  test(`axe-core finds nothing, and nothing is cut off: ${size}`, () => onPage(lookAround, { size, bypassCSP: true }));
}

test('one pane fits a phone, and Back leads to the list', () => onPage(async (page) => {
  await send();
  const row = page.locator('#messages [role="option"]').first();
  await row.click();
  await page.locator('#detail .code').waitFor();
  await row.waitFor({ state: 'hidden' });
  await page.goBack();
  await row.waitFor();
  await page.locator('#detail .code').waitFor({ state: 'hidden' });
}, { size: 'narrow' }));

test('light, dark and as the system: chosen once, remembered', () => onPage(async (page) => {
  const dark = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const system = await dark();
  const button = page.getByRole('button', { name: /^Colours/ });
  await button.click();
  const light = await dark();
  await button.click();
  assert.equal(await dark(), system);
  assert.notEqual(light, system);
  await page.reload();
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
}, { colorScheme: 'dark' }));
