// A message as a row of the list.
import { channelOf } from './channels.js';
import { element, icon, replaceChildren } from './element.js';
import { highlighted } from './highlight.js';
import { stateChip } from './states.js';
import { age, countdown } from './times.js';
import { monogram, titleOf } from './vendors.js';

export const messageRowHeight = 76;

export function makeMessageRow() {
  return element('div', { class: 'row message-row' });
}

/** Shows a message; `sought` is what was searched for. */
export function fillMessageRow(row, message, { clocks, sought }) {
  const now = clocks.now(message.session ?? '');
  const state = clocks.stateOf(message);
  const rest = state === 'pending' && message.expires_at ? countdown(Date.parse(message.expires_at) - now) : '';
  const since = age(now - Date.parse(message.sent_at));
  // The rows are looked at each second; what stays the same is left alone.
  const shown = JSON.stringify([message, state, sought]);
  if (row.shown !== shown) {
    row.shown = shown;
    draw(row, message, state, sought);
  }
  setText(row.querySelector('.age'), since);
  setText(row.querySelector('.rest'), rest);
}

function draw(row, message, state, sought) {
  const channel = channelOf(message.channel);
  row.dataset.state = state;
  replaceChildren(
    row,
    monogram(message.vendor),
    element('span', { class: 'row-main' },
      element('span', { class: 'row-title' }, highlighted(message.to, sought)),
      element('span', { class: 'row-note' },
        icon(channel.icon), highlighted(titleOf(message.vendor), sought),
        element('span', { class: 'row-channel' }, ' · ', channel.title),
        ' · ', element('span', { class: 'age' }),
        message.session ? [' · ', message.session] : null)),
    element('span', { class: 'row-side' },
      element('span', { class: 'row-code', title: 'Copy this code' }, highlighted(message.code, sought)),
      element('span', { class: 'row-state' },
        element('span', { class: 'rest' }), stateChip(message, state, { short: true }))),
  );
}

function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
