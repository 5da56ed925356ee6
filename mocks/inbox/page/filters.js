// What of the inbox is to be seen: search, vendor, state, session.
import { byId, element } from './element.js';
import { allVendors } from './vendors.js';

const pause = 120;

export class Filters {
  #onChange;
  #timer = 0;
  #sessions = new Set();
  search = byId('search');
  vendor = byId('vendor');
  state = byId('state');
  session = byId('session');

  /** `onChange()` is called when somebody has chosen something else, after they have stopped typing. */
  constructor(onChange) {
    this.#onChange = onChange;
    this.search.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(onChange, pause);
    });
    for (const choice of [this.vendor, this.state, this.session]) choice.addEventListener('change', onChange);
  }

  /** The parameters of the API; what is chosen by nobody is empty. */
  values() {
    return {
      q: this.search.value.trim(),
      vendor: this.vendor.value,
      state: this.state.value,
      session: this.session.value,
    };
  }

  any() {
    return Object.values(this.values()).some((value) => value !== '');
  }

  clear() {
    for (const field of [this.search, this.vendor, this.state, this.session]) field.value = '';
    this.#onChange();
  }

  /** Offers the vendors that there are. */
  showVendors() {
    const before = this.vendor.value;
    const options = allVendors().map(([name, title]) => element('option', { value: name }, title));
    this.vendor.replaceChildren(element('option', { value: '' }, 'All vendors'), ...options);
    this.vendor.value = before;
  }

  /** Offers a session to choose; the chooser is there as soon as there is one with a name. */
  offerSession(name) {
    if (!name || this.#sessions.has(name)) return;
    this.#sessions.add(name);
    this.session.append(element('option', { value: name }, name));
    this.session.closest('.choice').hidden = false;
  }

  /** Whether a message is among those that are to be seen; `state` is the one that it has now. */
  takes(item, state) {
    const { q, vendor, state: wanted, session } = this.values();
    if (vendor && item.vendor !== vendor) return false;
    if (session && item.session !== session) return false;
    if (wanted && state !== undefined && state !== wanted) return false;
    return !q || this.#texts(item, state).some((text) => text?.toLowerCase().includes(q.toLowerCase()));
  }

  #texts(item, state) {
    return [item.to, item.code, item.vendor, item.channel, item.text, state, item.method, item.path];
  }
}
