// Starts `otp mock` with Stytch at the root of its origin, runs the test file that is named on the
// command line against it, and ends it. Node.js reads NODE_EXTRA_CA_CERTS when it starts only, so
// the tests are a process of their own.
'use strict';

const { once } = require('node:events');
const { spawn } = require('node:child_process');
const readline = require('node:readline');

async function main() {
  const { OTP_PROGRAM, FOLDER } = process.env;
  const options = ['--vendor', 'stytch', '--self-signed', FOLDER, '--json'];
  const mock = spawn(OTP_PROGRAM, ['mock', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(mock, 'exit');
  let status = 1;
  try {
    const [line] = await Promise.race([
      once(readline.createInterface(mock.stdout), 'line'),
      ended.then(() => Promise.reject(new Error('otp mock has ended'))),
    ]);
    const ready = JSON.parse(line);
    const tests = spawn(process.execPath, ['--test', process.argv[2]], {
      env: { ...process.env, MOCK_ORIGIN: ready.listening, NODE_EXTRA_CA_CERTS: ready.authority },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    [status] = await once(tests, 'exit');
  } finally {
    mock.kill('SIGTERM');
  }
  const [mockStatus] = await ended;
  if (mockStatus !== 0) throw new Error(`otp mock ended with status ${mockStatus}`);
  process.exitCode = status ?? 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
