// The vendors' time, as the server tells it: each session has a clock of its own, which can be moved.
import { read } from './api.js';

// After a question without an answer.
const pause = 5000;

export class Clocks {
  // Milliseconds from this machine's clock to the server's, before anything is moved.
  #difference = 0;
  #moved = new Map();
  #asked = new Set();

  /** Forgets all of it: the server may be another one. */
  forget() {
    this.#moved.clear();
    this.#asked.clear();
  }

  /** Takes what `hello` or `clock` tells about a session; "" is the one without a name. */
  take(session, { now, moved_ms: moved }) {
    this.#difference = Date.parse(now) - moved - Date.now();
    this.#moved.set(session, moved);
    this.#asked.add(session);
  }

  /** Milliseconds since 1970, by the clock of this session. */
  now(session) {
    return Date.now() + this.#difference + this.moved(session);
  }

  /** By how many milliseconds it was moved. */
  moved(session) {
    if (!this.#asked.has(session)) this.#learn(session);
    return this.#moved.get(session) ?? 0;
  }

  /** Whether a message can still be verified: `expired` comes with time and without an event. */
  stateOf(message) {
    if (message.state !== 'pending' || !message.expires_at) return message.state;
    return this.now(message.session ?? '') >= Date.parse(message.expires_at) ? 'expired' : 'pending';
  }

  #learn(session) {
    this.#asked.add(session);
    read('clock', { session }).then(
      (reading) => this.take(session, reading),
      () => setTimeout(() => this.#asked.delete(session), pause),
    );
  }
}
