// The page of the inbox in headless Chromium. One browser and one `otp mock` serve all of it, so the
// tests are parts of one file, each with a page of its own.
'use strict';

const { after, before, beforeEach } = require('node:test');
const inbox = require('./inbox');

before(inbox.start);
after(inbox.stop);
beforeEach(inbox.reset);

require('./messages');
require('./exchanges');
require('./switches');
require('./keyboard');
require('./long_list');
require('./connection');
require('./everybody');
