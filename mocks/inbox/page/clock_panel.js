// The vendors' clock: shown whenever it was moved, and moved so that codes expire now.
import { change } from './api.js';
import { complain, note } from './announce.js';
import { byId } from './element.js';
import { difference, dayAndTime } from './times.js';

/** `session()` is the one whose clock is meant. */
export class ClockPanel {
  #clocks;
  #session;

  constructor({ clocks, session }) {
    this.#clocks = clocks;
    this.#session = session;
    byId('clock-dialog').addEventListener('click', (event) => {
      const by = event.target.closest('[data-advance]')?.dataset.advance;
      if (by) this.#advance(by);
    });
    byId('clock-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#advance(byId('clock-by').value.trim());
    });
    byId('clock-normal').addEventListener('click', () => this.#ask('DELETE', undefined));
  }

  /** Shows the time that it is. */
  tick() {
    const session = this.#session();
    const moved = this.#clocks.moved(session);
    byId('clock-moved').textContent = moved ? difference(moved) : '';
    byId('clock').classList.toggle('moved', moved !== 0);
    byId('clock-normal').disabled = moved === 0;
    byId('clock-state').textContent = moved ? `${difference(moved)} from the real time` : 'The real time';
    const now = dayAndTime(this.#clocks.now(session));
    if (byId('clock-now').textContent !== now) byId('clock-now').textContent = now;
  }

  #advance(by) {
    if (/^-?\d+(ms|s|m|h|d)$/.test(by)) return this.#ask('PUT', { advance: by });
    const problem = byId('clock-problem');
    problem.textContent = 'A whole number and a unit: 90s, 10m, 2h, 1d';
    byId('clock-by').setAttribute('aria-invalid', 'true');
    return undefined;
  }

  async #ask(method, body) {
    byId('clock-problem').textContent = '';
    byId('clock-by').removeAttribute('aria-invalid');
    try {
      const session = this.#session();
      const reading = await change(method, 'clock', { parameters: { session }, body });
      if (reading) this.#clocks.take(session, reading);
      else this.#clocks.take(session, { now: new Date(this.#clocks.now(session) - this.#clocks.moved(session)).toISOString(), moved_ms: 0 });
      const moved = this.#clocks.moved(session);
      note(moved ? `The clock is ${difference(moved)}` : 'The clock is back to normal', { symbol: 'clock' });
      this.tick();
    } catch (problem) {
      complain(problem);
    }
  }
}
