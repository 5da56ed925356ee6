// What all tests of the page share: `otp mock`, the program's other commands, Chromium, and rules
// that hold on every page.
'use strict';

const assert = require('node:assert/strict');
const { execFile, spawn } = require('node:child_process');
const { once } = require('node:events');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const { chromium } = require('playwright-core');

const { OTP_PROGRAM, FOLDER, CHROMIUM } = process.env;
const phone = '+12025550162';

// Long enough for a machine that is busy; nothing here waits for it in vain.
const patience = 15_000;

let browser;
let mock;

/** Starts `otp mock`; answers `{ origin, config, stop }`. */
async function startMock(name, options = []) {
  const config = path.join(FOLDER, `${name}.json`);
  const all = ['mock', '--json', '--config-out', config, ...options];
  const program = spawn(OTP_PROGRAM, all, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(program, 'exit');
  const [line] = await Promise.race([
    once(readline.createInterface(program.stdout), 'line'),
    ended.then(() => Promise.reject(new Error('otp mock has ended'))),
  ]);
  const stop = async () => {
    program.kill('SIGTERM');
    await ended;
  };
  return { origin: JSON.parse(line).listening, config, stop };
}

async function start() {
  mock = await startMock('inbox');
  const options = process.getuid() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ executablePath: CHROMIUM, args: options });
}

async function stop() {
  await browser?.close();
  await mock?.stop();
}

async function reset() {
  await api('DELETE', 'messages');
  await api('DELETE', 'faults');
  await api('DELETE', 'clock');
}

/** Asks the JSON API. */
async function api(method, address, body) {
  const response = await fetch(new URL(`/api/${address}`, mock.origin), {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${address}: ${response.status}`);
  return response.status === 204 ? undefined : response.json();
}

/** Runs `otp`; answers its exit status and what it printed as JSON. */
function otp(...parameters) {
  return new Promise((resolve) => {
    execFile(OTP_PROGRAM, [...parameters, '--json'], (failure, printed) => {
      resolve({ status: failure ? failure.code : 0, ...JSON.parse(printed) });
    });
  });
}

/** `otp send` through Stytch; `options` are further ones. */
function send(...options) {
  const to = options.includes('--email') ? [] : ['--phone', phone];
  return otp('send', '--config', mock.config, '--route', 'stytch', ...to, ...options);
}

/** Asks the Stytch of the mock directly; answers the status. */
async function askStytch(address, body, headers = {}) {
  const secret = Buffer.from('project-test-00000000-0000-0000-0000-000000000000:mock-stytch-secret');
  const response = await fetch(`${mock.origin}${address}`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${secret.toString('base64')}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };

/**
 * Opens the inbox, calls `look(page)`, and holds the page to what is true of it always: no violation
 * of its Content-Security-Policy, no request to another origin, no cookie, no error (`quiet`). It
 * waits for the messages to be shown first (`ready`).
 */
async function onPage(look, { size = 'wide', origin = mock.origin, address = '/', quiet = true, ready = true, ...options } = {}) {
  const context = await browser.newContext({ viewport: sizes[size], reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(patience);
  const wrong = [];
  try {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    const page = await context.newPage();
    page.on('pageerror', (error) => wrong.push(error.stack));
    page.on('console', (said) => {
      if (quiet && ['error', 'warning'].includes(said.type())) wrong.push(said.text());
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) wrong.push(`asked ${url}`);
    });
    await page.addInitScript(() => {
      window.violations = [];
      addEventListener('securitypolicyviolation', (event) => {
        window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
      });
    });
    await page.goto(origin + address);
    if (ready) await isReady(page);
    await look(page);
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    assert.deepEqual(await context.cookies(), []);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

/** Waits until the page follows what happens, and shows what there is. */
async function isReady(page) {
  await page.locator('[data-live="live"]').waitFor();
  await page.locator('#count-messages:not(:empty)').waitFor();
}

/** Waits until `question(argument)`, which is asked in the page, is true. */
function until(page, question, argument) {
  return page.waitForFunction(question, argument, { timeout: patience });
}

function axeSource() {
  return readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
}

module.exports = {
  api,
  askStytch,
  axeSource,
  config: () => mock.config,
  folder: FOLDER,
  isReady,
  onPage,
  origin: () => mock.origin,
  otp,
  phone,
  reset,
  send,
  start,
  startMock,
  stop,
  until,
};
