// What is to be seen where there is nothing yet: what to do next.
import { copy } from './copy.js';
import { element, icon } from './element.js';

const command = 'otp send --config otp.json --route stytch --phone +12025550162';

/** For an inbox without messages. */
export function nothingYet() {
  return element('div', { class: 'empty' },
    element('div', { class: 'empty-drawing', 'aria-hidden': 'true' }, [...'••••••'].map((dot) => element('span', {}, dot))),
    element('h2', { id: 'detail-title', tabindex: -1 }, 'Nothing has arrived yet'),
    element('p', {}, 'Send a code, and it appears here at once.'),
    commandLine(command),
    element('p', { class: 'empty-note' }, 'The configuration is what ', element('code', {}, 'otp mock --config-out otp.json'),
      ' writes. Any other client will do: point it at ', element('code', {}, `${location.origin}/stytch`), '.'));
}

/** For an inbox with messages of which none is open. */
export function nothingOpen(what) {
  return element('div', { class: 'empty quiet' },
    element('p', {}, `Choose one of the ${what}.`),
    element('p', { class: 'empty-note' }, element('kbd', {}, 'j'), ' ', element('kbd', {}, 'k'), ' move, ', element('kbd', {}, 'c'), ' copies the code, ', element('kbd', {}, '?'), ' has more.'));
}

/** For a search that finds nothing; `onClear()` takes the filters away. */
export function nothingFound(onClear) {
  return [
    element('p', {}, 'Nothing matches.'),
    element('button', { type: 'button', class: 'button small', onclick: onClear }, 'Show everything'),
  ];
}

/** A command that can be copied. */
function commandLine(text) {
  return element('div', { class: 'command' },
    element('pre', { tabindex: 0, role: 'group', 'aria-label': 'Command' }, element('code', {}, text)),
    element('button', { type: 'button', class: 'button small', onclick: () => copy(text, 'the command') },
      icon('copy'), element('span', { class: 'hidden-text' }, 'Copy the command')));
}
