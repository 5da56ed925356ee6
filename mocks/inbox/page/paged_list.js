// A long list of the server's, newest first, of which only the pages that are looked at are here.

const pageSize = 200;
const mostKept = 6000;
const keptAround = 2000;

/**
 * `load(offset, limit, signal)` answers `{ items, total }`. Items have an `id` and a `number` that
 * grows. Tells `change` after anything has changed; `arrivals` has how many came in front then.
 */
export class PagedList extends EventTarget {
  #load;
  #cap = Infinity;
  // Items stand at positions that stay when others come in front: index = position - #front.
  #front = 0;
  #items = new Map();
  #positions = new Map();
  #newest = 0;
  #loading = new Map();
  #reading = new AbortController();
  /** How many there are in all. */
  total = 0;
  /** Whether the server has answered since the last `reload`. */
  known = false;

  constructor(load) {
    super();
    this.#load = load;
  }

  /** No more than this many are kept by the server. */
  limit(count) {
    this.#cap = count;
  }

  /** The item there, or undefined if it is not loaded. */
  at(index) {
    return this.#items.get(index + this.#front);
  }

  /** Where the item with this id stands, or -1 if it is not loaded. */
  indexOf(id) {
    const position = this.#positions.get(id);
    return position === undefined ? -1 : position - this.#front;
  }

  /** Forgets what is here, and reads the first page; what was shown stays until that has come. */
  async reload() {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#loading.clear();
    try {
      const page = await this.#load(0, pageSize, reading.signal);
      if (this.#reading !== reading) return;
      this.#forget();
      this.total = page.total;
      this.known = true;
      page.items.forEach((item, index) => this.#place(index, item));
      this.#tell(0);
    } catch (failure) {
      if (!reading.signal.aborted) throw failure;
    }
  }

  /** Nothing is left. */
  clear() {
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#loading.clear();
    this.#forget();
    this.total = 0;
    this.#tell(0);
  }

  /** Loads what is missing of this range; `last` is included. */
  need(first, last) {
    for (let index = Math.max(0, first); index <= Math.min(last, this.total - 1); ++index) {
      if (this.at(index)) continue;
      const offset = index - (index % pageSize);
      this.#fetch(offset);
      index = offset + pageSize - 1;
    }
    this.#trim(first, last);
  }

  /**
   * Takes items that are new or have changed, in the order in which they came. Those that are older
   * than what is here and not loaded are left out.
   */
  take(items) {
    let arrivals = 0;
    let changed = false;
    for (const item of items) {
      const position = this.#positions.get(item.id);
      if (position !== undefined) {
        this.#items.set(position, item);
        changed = true;
      } else if (item.number > this.#newest) {
        this.#front -= 1;
        this.total = Math.min(this.total + 1, this.#cap);
        this.#place(0, item);
        arrivals += 1;
      }
    }
    if (arrivals || changed) this.#tell(arrivals);
  }

  async #fetch(offset) {
    if (this.#loading.has(offset)) return;
    const reading = this.#reading;
    this.#loading.set(offset, reading);
    try {
      const page = await this.#load(offset, pageSize, reading.signal);
      if (this.#reading !== reading) return;
      const shift = this.#shiftOf(page, offset);
      page.items.forEach((item, index) => this.#place(offset + index - shift, item));
      this.#tell(0);
    } catch {
      // It is asked for again when somebody looks there again.
    } finally {
      if (this.#loading.get(offset) === reading) this.#loading.delete(offset);
    }
  }

  // What has arrived at the server and not here, or the other way round, moves a page. An item that
  // is known tells by how much; else the totals do, until the oldest ones go.
  #shiftOf({ items, total }, offset) {
    const known = items.findIndex((item) => this.#positions.has(item.id));
    if (known >= 0) return offset + known - this.indexOf(items[known].id);
    return this.total < this.#cap ? total - this.total : 0;
  }

  #place(index, item) {
    const position = index + this.#front;
    const elsewhere = this.#positions.get(item.id);
    if (elsewhere !== undefined && elsewhere !== position) this.#items.delete(elsewhere);
    const other = this.#items.get(position);
    if (other && other.id !== item.id) this.#positions.delete(other.id);
    this.#items.set(position, item);
    this.#positions.set(item.id, position);
    this.#newest = Math.max(this.#newest, item.number);
  }

  #forget() {
    this.#items.clear();
    this.#positions.clear();
    this.#front = 0;
    // A server that was started anew counts from the beginning.
    this.#newest = 0;
  }

  #trim(first, last) {
    if (this.#items.size <= mostKept) return;
    for (const [position, item] of this.#items) {
      const index = position - this.#front;
      if (index >= first - keptAround && index <= last + keptAround) continue;
      this.#items.delete(position);
      this.#positions.delete(item.id);
    }
  }

  #tell(arrivals) {
    this.dispatchEvent(Object.assign(new Event('change'), { arrivals }));
  }
}
