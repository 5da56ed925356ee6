// An exchange as a row of the list, and as a line behind its message.
import { element, replaceChildren } from './element.js';
import { highlighted } from './highlight.js';
import { timeOfDay } from './times.js';
import { monogram, titleOf } from './vendors.js';

export const exchangeRowHeight = 76;

export function makeExchangeRow() {
  return element('div', { class: 'row exchange-row' });
}

/** Shows a summary of an exchange; `sought` is what was searched for. */
export function fillExchangeRow(row, exchange, { sought }) {
  const shown = JSON.stringify([exchange, sought]);
  if (row.shown === shown) return;
  row.shown = shown;
  replaceChildren(
    row,
    monogram(exchange.vendor),
    element('span', { class: 'row-main' },
      element('span', { class: 'row-title mono' },
        element('b', {}, exchange.method), ' ', highlighted(exchange.path, sought)),
      element('span', { class: exchange.why ? 'row-note refused' : 'row-note' },
        exchange.why ? exchange.why.demands : noteOf(exchange, sought))),
    element('span', { class: 'row-side' },
      statusBadge(exchange),
      element('span', { class: 'row-note' }, timeOfDay(exchange.at))),
  );
}

/** The status, or what became of an exchange that has none. */
export function statusBadge({ status, outcome }) {
  const cut = { cut_before_response: 'cut', cut_in_response: 'cut', held: 'held' }[outcome];
  if (cut) return element('span', { class: 'status', 'data-kind': cut }, status ? `${status} ${cut}` : cut);
  const kind = status === null ? 'none' : String(status)[0];
  return element('span', { class: 'status', 'data-kind': kind }, status ?? 'no answer');
}

/** "cut before the answer", or null for an ordinary answer. */
export function outcomeText(outcome) {
  return {
    cut_before_response: 'The connection was cut before the answer.',
    cut_in_response: 'The connection was cut within the answer.',
    held: 'The answer is held back.',
  }[outcome] ?? null;
}

function noteOf(exchange, sought) {
  const parts = [titleOf(exchange.vendor)];
  if (exchange.to) parts.push(exchange.to);
  if (exchange.fault) parts.push('a fault you switched on');
  parts.push(`${exchange.took_ms} ms`);
  if (exchange.session) parts.push(exchange.session);
  return highlighted(parts.join(' · '), sought);
}
