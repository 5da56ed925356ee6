// One message, large: its code, how it looks, and the exchanges behind it.
import { read } from './api.js';
import { channelOf } from './channels.js';
import { element, icon, replaceChildren } from './element.js';
import { ExchangeList } from './exchange_list.js';
import { letter } from './letter.js';
import { attemptsText, stateChip } from './states.js';
import { countdown, dayAndTime, timeOfDay } from './times.js';
import { monogram, titleOf } from './vendors.js';

/** `onCopy(message)` is called when somebody wants the code. */
export class MessageView {
  #place;
  #clocks;
  #onCopy;
  #onProblem;
  #message = null;
  #parts = null;
  #exchanges = null;

  constructor({ place, clocks, onCopy, onProblem }) {
    this.#place = place;
    this.#clocks = clocks;
    this.#onCopy = onCopy;
    this.#onProblem = onProblem;
  }

  /** The message that is shown, or null. */
  get message() {
    return this.#message;
  }

  show(message) {
    if (this.#message?.id === message.id) {
      this.update(message);
      return;
    }
    this.#message = message;
    this.#exchanges = new ExchangeList({ onProblem: this.#onProblem });
    this.#parts = {
      state: element('span', { class: 'state-place' }),
      code: element('div', { class: 'code-card' }),
      expiry: element('p', { class: 'expiry' }),
      bar: element('span', { class: 'bar' }),
    };
    this.#draw();
    this.tick();
    this.#learnExchanges(message.id);
  }

  /** Takes a message that has changed; another one than what is shown is left alone. */
  update(message) {
    if (this.#message?.id !== message.id) return;
    this.#message = message;
    this.tick();
  }

  /** Takes an exchange that has just ended. */
  takeExchange(exchange) {
    if (exchange.message && exchange.message === this.#message?.id) this.#exchanges.take([exchange]);
  }

  hide() {
    this.#message = null;
    this.#parts = null;
    replaceChildren(this.#place);
  }

  /** Opens or closes the exchanges. */
  toggleExchanges() {
    this.#exchanges?.toggle();
  }

  /** Shows the time that has passed. */
  tick() {
    if (!this.#message) return;
    const message = this.#message;
    const state = this.#clocks.stateOf(message);
    const { code, expiry, bar } = this.#parts;
    const shown = `${state} ${message.wrong_attempts}`;
    if (code.dataset.shown !== shown) {
      code.dataset.shown = shown;
      code.dataset.state = state;
      replaceChildren(this.#parts.state, stateChip(message, state));
    }
    const now = this.#clocks.now(message.session ?? '');
    const text = expiryText(message, state, now);
    if (expiry.textContent !== text) expiry.textContent = text;
    bar.style.transform = `scaleX(${state === 'pending' ? leftOf(message, now) : 0})`;
  }

  async #learnExchanges(id) {
    try {
      const { exchanges } = await read(`messages/${encodeURIComponent(id)}`, {});
      if (this.#message?.id === id) this.#exchanges.take(exchanges);
    } catch (problem) {
      if (this.#message?.id === id) this.#onProblem(problem);
    }
  }

  #draw() {
    const message = this.#message;
    const channel = channelOf(message.channel);
    this.#drawCode();
    replaceChildren(
      this.#place,
      element('header', { class: 'detail-head' },
        monogram(message.vendor),
        element('div', { class: 'detail-names' },
          element('h2', { id: 'detail-title', tabindex: -1, class: message.to.length > 26 ? 'long' : null }, message.to),
          element('p', { class: 'detail-note' },
            titleOf(message.vendor), ' · ', icon(channel.icon), channel.title, ' · ',
            element('time', { datetime: message.sent_at }, dayAndTime(message.sent_at)),
            message.session ? [' · session ', element('b', {}, message.session)] : null)),
        this.#parts.state),
      this.#parts.code,
      letter(message),
      this.#exchanges.element,
    );
  }

  #drawCode() {
    const message = this.#message;
    const digits = [...message.code].map((digit) => element('span', {}, digit));
    replaceChildren(
      this.#parts.code,
      element('div', { class: 'code-line' },
        element('p', { class: 'code', 'data-testid': 'code' },
          element('span', { class: 'hidden-text' }, `Code ${message.code}`),
          element('span', { class: 'digits', 'aria-hidden': 'true', 'data-length': digits.length }, digits)),
        element('button', { type: 'button', class: 'button primary', onclick: () => this.#onCopy(this.#message) },
          icon('copy'), 'Copy', element('span', { class: 'hidden-text' }, ` the code ${message.code}`),
          element('kbd', { 'aria-hidden': 'true' }, 'c'))),
      element('span', { class: 'track', 'aria-hidden': 'true' }, this.#parts.bar),
      this.#parts.expiry,
    );
  }
}

function leftOf({ sent_at: sent, expires_at: expires }, now) {
  if (!expires) return 0;
  const whole = Date.parse(expires) - Date.parse(sent);
  return whole > 0 ? Math.max(0, Math.min(1, (Date.parse(expires) - now) / whole)) : 0;
}

function expiryText(message, state, now) {
  const tried = attemptsText(message);
  const sentences = [];
  if (state === 'pending' && message.expires_at) {
    sentences.push(`Expires in ${countdown(Date.parse(message.expires_at) - now)}, at ${timeOfDay(message.expires_at)}`);
  } else if (state === 'pending') sentences.push('Does not expire');
  else if (state === 'expired') sentences.push(`Expired ${countdown(now - Date.parse(message.expires_at))} ago, at ${timeOfDay(message.expires_at)}`);
  else if (state === 'verified') sentences.push('Used: a code can be verified once');
  else if (state === 'superseded') sentences.push('A newer code has taken its place');
  else if (state === 'locked') sentences.push('Locked: too many wrong codes were tried');
  // The chip says it of one that is pending.
  if (tried && state !== 'pending') sentences.push(tried);
  return sentences.join(' · ');
}
