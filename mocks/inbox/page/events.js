// Follows what happens in the inbox, and comes back by itself when the connection is lost.
import { ask } from './api.js';

const pauses = [250, 500, 1000, 2000, 4000];
// The server writes a comment every 15 s: a connection that says nothing for so long is dead.
const longestSilence = 40_000;

/**
 * Calls `onEvent(name, data)` for each event of `GET /api/events`, and `onState` with
 * `{ live: true }` when it follows, and `{ live: false, problem, retryIn }` when it does not:
 * milliseconds, or null if it does not try again by itself.
 */
export class EventStream {
  #onEvent;
  #onState;
  #running = null;
  #failures = 0;
  #timer = 0;
  #parameters = {};

  constructor({ onEvent, onState }) {
    this.#onEvent = onEvent;
    this.#onState = onState;
  }

  /** Follows these from now on, in place of what it followed; without any, tries again at once. */
  follow(parameters = this.#parameters) {
    this.#parameters = parameters;
    clearTimeout(this.#timer);
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#read(running).catch((problem) => {
      if (this.#running === running) this.#retry(problem);
    });
  }

  async #read(running) {
    const { signal } = running;
    const response = await ask('GET', 'events', { parameters: this.#parameters, signal });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser((name, data) => this.#take(name, data));
    for (;;) {
      const silence = setTimeout(() => running.abort(new Error('silence')), longestSilence);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (this.#running !== running) return;
      if (done) throw new Error('the inbox ended the connection');
      parser.push(value);
    }
  }

  #take(name, data) {
    if (name === 'hello') {
      this.#failures = 0;
      this.#onState({ live: true });
    }
    this.#onEvent(name, data);
  }

  #retry(problem) {
    // Another try would be refused, too: somebody has to tell the token first.
    if (problem.status === 401) {
      this.#onState({ live: false, problem, retryIn: null });
      return;
    }
    const retryIn = pauses[Math.min(this.#failures, pauses.length - 1)];
    this.#failures += 1;
    this.#onState({ live: false, problem, retryIn });
    this.#timer = setTimeout(() => this.follow(), retryIn);
  }
}

/** Reads text/event-stream, however it comes in pieces. */
export class EventParser {
  #deliver;
  #rest = '';
  #name = '';
  #data = [];

  constructor(deliver) {
    this.#deliver = deliver;
  }

  push(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.#takeLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }

  #takeLine(line) {
    if (line === '') {
      if (this.#data.length) this.#deliver(this.#name, JSON.parse(this.#data.join('\n')));
      this.#name = '';
      this.#data = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#data.push(value);
  }
}
