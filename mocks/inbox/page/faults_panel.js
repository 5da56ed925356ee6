// Switches: makes vendors fail while one watches.
import { change, read } from './api.js';
import { complain, note } from './announce.js';
import { byId, element, icon, replaceChildren } from './element.js';
import { rememberFaults } from './fault_names.js';
import { highlighted } from './highlight.js';
import { allVendors, hueOf, titleOf } from './vendors.js';

const steps = { send: 'when a code is sent', verify: 'when a code is checked', token: 'when a token is asked for' };

/** `session()` is the one whose faults are meant; `onActive(count)` hears how many there are. */
export class FaultsPanel {
  #session;
  #onActive;
  #known = [];
  #form = byId('faults-form');

  constructor({ session, onActive }) {
    this.#session = session;
    this.#onActive = onActive;
    byId('fault-vendor').addEventListener('change', () => this.#learn());
    byId('fault-search').addEventListener('input', () => this.#drawKnown());
    byId('fault-list').addEventListener('change', () => this.#showChoice());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#switchOn();
    });
    byId('faults-end').addEventListener('click', () => this.#end('faults'));
    byId('held-release').addEventListener('click', () => this.#release());
  }

  /** Reads what there is, when the panel is opened. */
  async open() {
    const vendor = byId('fault-vendor');
    const before = vendor.value;
    replaceChildren(vendor, element('option', { value: '' }, 'Any vendor'),
      allVendors().map(([name, title]) => element('option', { value: name }, title)));
    vendor.value = before;
    await Promise.all([this.#learn(), this.refresh()]);
  }

  /** Reads the active faults anew. */
  async refresh() {
    try {
      this.show(await read('faults', { session: this.#session() }));
    } catch (problem) {
      complain(problem);
    }
  }

  /** Shows the active ones: of the session, or of all if none is chosen. */
  show(faults) {
    rememberFaults(faults);
    const session = this.#session();
    const shown = faults.filter((fault) => (fault.session ?? '') === session);
    this.#onActive(shown.length);
    byId('faults-active').hidden = shown.length === 0;
    replaceChildren(byId('faults-chips'), shown.map((fault) => this.#activeFault(fault)));
  }

  async #learn() {
    try {
      const vendor = byId('fault-vendor').value;
      const known = await read('faults/known', { vendor });
      // Somebody has chosen another vendor in the meantime.
      if (byId('fault-vendor').value !== vendor) return;
      this.#known = known.filter((fault) => !fault.vendor || fault.vendor === vendor);
      this.#drawKnown();
    } catch (problem) {
      complain(problem);
    }
  }

  #drawKnown() {
    const sought = byId('fault-search').value.trim();
    const chosen = this.#chosenValue();
    const matching = this.#known.filter((fault) => `${fault.fault} ${fault.title} ${fault.status ?? ''}`.toLowerCase().includes(sought.toLowerCase()));
    const groups = Map.groupBy
      ? Map.groupBy(matching, groupOf)
      : matching.reduce((all, fault) => all.set(groupOf(fault), [...(all.get(groupOf(fault)) ?? []), fault]), new Map());
    replaceChildren(byId('fault-list'), [...groups].map(([name, faults]) => element('div', { role: 'group', 'aria-label': name },
      element('p', { class: 'group-name', 'aria-hidden': 'true' }, name),
      faults.map((fault) => faultChoice(fault, sought, valueOf(fault) === chosen)))),
    matching.length ? null : element('p', { class: 'nothing' }, 'No fault is called that. “Any vendor” has those that all vendors share.'));
    this.#showChoice();
  }

  #chosenValue() {
    return new FormData(this.#form).get('fault');
  }

  #chosen() {
    const value = this.#chosenValue();
    return this.#known.find((fault) => valueOf(fault) === value);
  }

  #showChoice() {
    byId('fault-submit').disabled = !this.#chosen();
    byId('fault-problem').textContent = '';
  }

  async #switchOn() {
    const fault = this.#chosen();
    if (!fault) return;
    const fields = new FormData(this.#form);
    const body = { fault: fault.fault };
    const vendor = byId('fault-vendor').value;
    if (vendor) body.vendor = vendor;
    if (fault.step) body.step = fault.step;
    const to = fields.get('to').trim();
    if (to) body.to = to;
    const percent = Number(fields.get('percent'));
    if (percent && percent !== 100) body.percent = percent;
    const count = Number(fields.get('count'));
    if (count) body.count = count;
    const delay = Number(fields.get('delay'));
    if (delay) body.delay = `${Math.round(delay * 1000)}ms`;
    if (this.#session()) body.session = this.#session();
    try {
      await change('POST', 'faults', { body });
      note(`Switched on: ${fault.fault}`, { symbol: 'bolt' });
      await this.refresh();
    } catch (problem) {
      byId('fault-problem').textContent = problem.message;
    }
  }

  async #end(path) {
    try {
      await change('DELETE', path, { parameters: path === 'faults' ? { session: this.#session() } : {} });
      await this.refresh();
      note(path === 'faults' ? 'All faults are ended' : 'The fault is ended');
    } catch (problem) {
      complain(problem);
    }
  }

  async #release() {
    try {
      await change('POST', 'held/release');
      note('Held answers are released');
    } catch (problem) {
      complain(problem);
    }
  }

  #activeFault(fault) {
    const conditions = [
      fault.step ? steps[fault.step] : null,
      fault.to ? `to ${fault.to}` : null,
      fault.percent < 100 ? `${fault.percent} %` : null,
      fault.remaining !== null && fault.remaining !== undefined ? `the next ${fault.remaining}` : null,
      fault.delay_ms ? `after ${fault.delay_ms / 1000} s` : null,
      fault.session ? `session ${fault.session}` : null,
    ].filter(Boolean);
    return element('li', { class: 'active-fault', 'data-hue': fault.vendor ? hueOf(fault.vendor) : null },
      icon('bolt'),
      element('div', {},
        element('p', {}, element('b', {}, fault.fault), ' · ', fault.vendor ? titleOf(fault.vendor) : 'any vendor'),
        element('p', { class: 'row-note' }, [...conditions, `${fault.hits} hit${fault.hits === 1 ? '' : 's'}`].join(' · '))),
      element('button', { type: 'button', class: 'button small', onclick: () => this.#end(`faults/${encodeURIComponent(fault.id)}`) },
        'End', element('span', { class: 'hidden-text' }, ` ${fault.fault}`)));
  }
}

function valueOf({ fault, vendor, step }) {
  return [fault, vendor ?? '', step ?? ''].join('|');
}

function groupOf({ vendor, step }) {
  if (!vendor) return 'Troubles that any vendor may have';
  return `${titleOf(vendor)}, ${steps[step] ?? 'at any step'}`;
}

// The status stands beside it already.
function withoutStatus({ title, status }) {
  return status && title.startsWith(`${status}`) ? title.slice(`${status}`.length).replace(/^[:,]? */, '') : title;
}

function faultChoice(fault, sought, checked) {
  const radio = element('input', { type: 'radio', name: 'fault', value: valueOf(fault) });
  radio.checked = checked;
  return element('label', { class: 'fault-choice' },
    radio,
    element('span', { class: 'status', 'data-kind': fault.status ? String(fault.status)[0] : 'none' }, fault.status ?? '—'),
    element('span', {},
      element('b', {}, highlighted(fault.fault, sought)),
      element('span', { class: 'row-note' }, highlighted(withoutStatus(fault), sought))));
}
