// The right side: a message, an exchange, or what to do next.
import { read } from './api.js';
import { byId, element, icon, replaceChildren } from './element.js';
import { nothingOpen, nothingYet } from './empty.js';
import { exchangeView } from './exchange_view.js';
import { MessageView } from './message_view.js';
import { monogram, titleOf } from './vendors.js';

/** `onGone()`: what is to be shown is not there any more. */
export class DetailPane {
  #place = byId('detail');
  #lists;
  #message;
  #shown = '';
  #onGone;
  #onProblem;

  constructor({ clocks, lists, onCopy, onOpenMessage, onGone, onProblem }) {
    this.#lists = lists;
    this.#onGone = onGone;
    this.#onProblem = onProblem;
    this.#message = new MessageView({ place: this.#place, clocks, onCopy, onProblem });
    this.onOpenMessage = onOpenMessage;
  }

  /** The message that is shown, or null. */
  get message() {
    return this.#message.message;
  }

  /** Shows what this route names. */
  async show({ view, id }) {
    document.body.toggleAttribute('data-open', id !== null);
    const wanted = `${view}/${id}/${id === null && document.body.hasAttribute('data-nothing') ? 'nothing' : ''}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    byId('detail-pane').scrollTop = 0;
    try {
      if (id === null) this.#showNothing(view);
      else if (view === 'messages') await this.#showMessage(id, wanted);
      else await this.#showExchange(id, wanted);
    } catch (problem) {
      if (this.#shown !== wanted) return;
      if (problem.status === 404) this.#onGone();
      else this.#onProblem(problem);
    }
  }

  /** Shows it once more, as the server may have been started anew. */
  refresh(route) {
    this.#shown = '';
    return this.show(route);
  }

  /** Takes messages that are new or have changed. */
  takeMessages(messages) {
    for (const message of messages) this.#message.update(message);
  }

  /** Takes exchanges that have just ended. */
  takeExchanges(exchanges) {
    for (const exchange of exchanges) {
      this.#message.takeExchange(exchange);
      if (this.#shown === `exchanges/${exchange.id}/`) this.#refreshExchange(exchange.id);
    }
  }

  toggleExchanges() {
    this.#message.toggleExchanges();
  }

  tick() {
    this.#message.tick();
  }

  /** Puts focus on the title of what is shown. */
  focus() {
    byId('detail-title')?.focus();
  }

  #showNothing(view) {
    this.#message.hide();
    const empty = document.body.hasAttribute('data-nothing');
    replaceChildren(this.#place, empty ? nothingYet() : nothingOpen(view));
  }

  async #showMessage(id, wanted) {
    const { messages } = this.#lists;
    const known = messages.at(messages.indexOf(id));
    const message = known ?? await read(`messages/${encodeURIComponent(id)}`, {});
    if (this.#shown === wanted) this.#message.show(message);
  }

  async #showExchange(id, wanted) {
    const exchange = await read(`exchanges/${encodeURIComponent(id)}`, {});
    if (this.#shown !== wanted) return;
    this.#message.hide();
    replaceChildren(this.#place,
      element('header', { class: 'detail-head' },
        monogram(exchange.vendor),
        element('div', { class: 'detail-names' },
          element('h2', { id: 'detail-title', tabindex: -1, class: 'mono' }, exchange.method, ' ', exchange.path),
          element('p', { class: 'detail-note' }, titleOf(exchange.vendor), exchange.to ? ` · ${exchange.to}` : null)),
        exchange.message ? this.#messageButton(exchange.message) : null),
      exchangeView(exchange, 'h3'));
  }

  async #refreshExchange(id) {
    const wanted = this.#shown;
    await this.#showExchange(id, wanted).catch(this.#onProblem);
  }

  #messageButton(id) {
    return element('button', { type: 'button', class: 'button', onclick: () => this.onOpenMessage(id) },
      icon('sms'), 'Its message');
  }
}
