// Single keys for what is done often. They can be switched off, as they disturb people who speak to
// their computer (WCAG 2.1.4).
import { byId } from './element.js';

const kept = 'otp-inbox-keys';

/** `actions` has a function for each key. */
export function prepareKeyboard(actions) {
  const choice = byId('keys-on');
  choice.checked = localStorage.getItem(kept) !== 'off';
  choice.addEventListener('change', () => localStorage.setItem(kept, choice.checked ? 'on' : 'off'));
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key !== 'Escape' && (!choice.checked || isTyping(event.target))) return;
    const action = actions[event.key];
    if (!action || (document.querySelector('dialog[open]') && !'?ft'.includes(event.key))) return;
    if (action(event) !== false) event.preventDefault();
  });
}

function isTyping(target) {
  return target.matches('select, textarea, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="range"])');
}
