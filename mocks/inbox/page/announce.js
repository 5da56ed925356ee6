// Says what has happened: to those who look with a small note, and to those who listen.
import { byId, element, icon } from './element.js';

const noteLasts = 3500;
const pause = 400;
let waiting = [];
let timer = 0;
let hiding = 0;

/** Reads `text` out; several in a short time are one. */
export function say(text) {
  waiting.push(text);
  timer ||= setTimeout(() => {
    timer = 0;
    const [last] = waiting.slice(-1);
    livePlace().textContent = waiting.length > 3 ? `${waiting.length} changes, the last one: ${last}` : waiting.join('. ');
    waiting = [];
  }, pause);
}

// Behind an open dialog nothing is read out.
function livePlace() {
  return document.querySelector('dialog[open] [role="status"]') ?? byId('live');
}

/** Shows a note for some seconds, and reads it out. */
export function note(text, { kind = 'good', symbol = 'check' } = {}) {
  const notes = byId('notes');
  notes.replaceChildren(element('div', { class: 'note', 'data-kind': kind }, icon(symbol), text));
  // Shown anew, it stands above a dialog that was opened in the meantime.
  notes.hidePopover();
  notes.showPopover();
  clearTimeout(hiding);
  hiding = setTimeout(() => notes.hidePopover(), noteLasts);
  say(text);
}

/** Tells of what went wrong, in the server's words. */
export function complain(problem) {
  note(problem.message, { kind: 'bad', symbol: 'alert' });
}
