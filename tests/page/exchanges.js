// What went over the wire, and why it was refused.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { api, askStytch, onPage, phone, send } = require('./inbox');

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

test('a refused request tells why, at the member, with the verdict of the SDK', () => onPage(async (page) => {
  const body = { phone_number: '12025550162' };
  const status = await askStytch('/stytch/v1/otps/sms/send', body, { traceparent });
  assert.equal(status, 400);
  await page.locator('#tab-exchanges').click();
  await page.locator('#exchanges [role="option"]', { hasText: '400' }).click();
  await page.locator('.card.why').waitFor();
  assert.match(await page.locator('.line.broken').textContent(), /"phone_number": "12025550162"/);
  assert.match(await page.locator('.card.why a').getAttribute('href'), /^https:\/\/stytch\.com\//);

  const verdict = {
    time: '2026-01-01T00:00:00.000Z', event: 'attempt_ended', operation: 1, kind: 'send',
    target: 'login', traceparent, attempt: 1, instance: 'main', vendor: 'stytch',
    failure: 'invalid_recipient', outcome: null, delivery: 'not_sent', http_status: 400,
    vendor_code: 'invalid_phone_number', phase: 'done', request_id: null, latency_ms: 2,
    waited_ms: 0, decision: 'finish', reason: 'refused', hints: [],
  };
  assert.equal((await api('POST', 'verdicts', verdict)).matched, 1);
  await page.reload();
  await page.locator('.card.verdict', { hasText: 'invalid_recipient' }).waitFor();
}));

test('a member that is missing is shown where it should stand', () => onPage(async (page) => {
  await askStytch('/stytch/v1/otps/sms/send', { locale: 'en' });
  await page.locator('#tab-exchanges').click();
  await page.locator('#exchanges [role="option"]').first().click();
  await page.locator('.line.missing', { hasText: 'phone_number' }).waitFor();
}));

test('behind a message stand its exchanges, without the secret', () => onPage(async (page) => {
  await send();
  await page.locator('.exchange-line').first().click();
  const exchange = page.locator('.exchange').first();
  await exchange.locator('.side').nth(1).waitFor();
  await exchange.locator('summary').first().click();
  await exchange.locator('.named', { hasText: 'authorization' }).waitFor();
  await exchange.locator('.json-string', { hasText: phone }).waitFor();
  await exchange.locator('.masked').first().waitFor();
  assert.doesNotMatch(await page.content(), /mock-stytch-secret|bW9jay1zdHl0Y2gtc2VjcmV0/);
}));

test('JSON is shown as it was written', () => onPage(async (page) => {
  const shown = await page.evaluate(async () => {
    const { layOut } = await import('/page/json_text.js');
    const text = '{"a":1,"b":[{"c/d":null},12345678901234567890],"a":"x\\"","e":{},"f":[';
    const { lines, rest, complete } = layOut(text);
    const broken = layOut('{"a":<html>');
    return {
      lines: lines.map((line) => [line.depth, line.tokens.map((token) => token.text).join(''), line.pointer]),
      rest,
      complete,
      broken: broken.rest,
      whole: layOut('[1]').complete,
    };
  });
  assert.deepEqual(shown, {
    lines: [
      [0, '{', ''],
      [1, '"a": 1,', '/a'],
      [1, '"b": [', '/b'],
      [2, '{', '/b/0'],
      [3, '"c/d": null', '/b/0/c~1d'],
      [2, '},', '/b/0'],
      [2, '12345678901234567890', '/b/1'],
      [1, '],', '/b'],
      [1, '"a": "x\\"",', '/a'],
      [1, '"e": {},', '/e'],
      [1, '"f": [', '/f'],
    ],
    rest: '',
    complete: false,
    broken: '<html>',
    whole: true,
  });
}));
