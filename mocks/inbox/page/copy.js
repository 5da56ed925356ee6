// Copies text, also where a page has no clipboard, which is so where an address is not the machine's
// own and there is no TLS.
import { complain, note } from './announce.js';
import { element } from './element.js';

/** Copies `text`, and says that it has copied `what`. */
export async function copy(text, what) {
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyBySelection(text);
    note(`Copied ${what}`);
  } catch {
    complain(new Error(`The browser does not let this page copy ${what}`));
  }
}

function copyBySelection(text) {
  const before = document.activeElement;
  const field = element('textarea', { class: 'hidden-text', readonly: true, 'aria-hidden': 'true' });
  field.value = text;
  // In a dialog, what stands outside of it cannot be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  before?.focus();
  if (!copied) throw new Error('not copied');
}
