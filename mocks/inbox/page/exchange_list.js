// The exchanges behind a message, each a line that opens.
import { read } from './api.js';
import { element, icon, replaceChildren } from './element.js';
import { statusBadge } from './exchange_row.js';
import { exchangeView } from './exchange_view.js';
import { timeOfDay } from './times.js';

export class ExchangeList {
  #onProblem;
  #list = element('ol', { class: 'exchange-list' });
  #lines = new Map();
  /** What is shown. */
  element = element('section', { class: 'exchanges', 'aria-label': 'Exchanges' },
    element('h3', {}, 'Exchanges', element('kbd', { 'aria-hidden': 'true' }, 'e')), this.#list);

  constructor({ onProblem }) {
    this.#onProblem = onProblem;
  }

  /** Takes summaries, oldest first; one that is there already is shown anew. */
  take(exchanges) {
    for (const exchange of exchanges) {
      const line = this.#lines.get(exchange.id) ?? this.#add(exchange);
      line.show(exchange);
    }
  }

  /** Opens the first one, or closes all if one is open. */
  toggle() {
    const lines = [...this.#lines.values()];
    const open = lines.filter((line) => line.isOpen());
    if (open.length) open.forEach((line) => line.set(false));
    else lines[0]?.set(true, { focus: true });
  }

  #add(exchange) {
    const line = new ExchangeLine(exchange.id, this.#onProblem);
    this.#lines.set(exchange.id, line);
    this.#list.append(line.element);
    return line;
  }
}

class ExchangeLine {
  #id;
  #onProblem;
  #content = element('div', { class: 'exchange-place', hidden: true });
  #button = element('button', { type: 'button', class: 'exchange-line', 'aria-expanded': 'false', onclick: () => this.set(!this.isOpen()) });
  element = element('li', {}, this.#button, this.#content);

  constructor(id, onProblem) {
    this.#id = id;
    this.#onProblem = onProblem;
  }

  isOpen() {
    return !this.#content.hidden;
  }

  show(exchange) {
    replaceChildren(
      this.#button,
      icon('chevron'), statusBadge(exchange),
      element('span', { class: 'mono path' }, element('b', {}, exchange.method), ' ', exchange.path),
      exchange.why ? element('span', { class: 'refused-note' }, icon('alert'), 'refused') : null,
      element('span', { class: 'row-note' }, `${timeOfDay(exchange.at)} · ${exchange.took_ms} ms`),
    );
    if (this.isOpen()) this.#fill();
  }

  set(open, { focus = false } = {}) {
    this.#content.hidden = !open;
    this.#button.setAttribute('aria-expanded', String(open));
    if (open) this.#fill();
    if (focus) this.#button.focus();
  }

  async #fill() {
    try {
      const whole = await read(`exchanges/${encodeURIComponent(this.#id)}`, {});
      replaceChildren(this.#content, exchangeView(whole, 'h4'));
    } catch (problem) {
      this.#onProblem(problem);
    }
  }
}
