// Shows a PagedList of any length with the few rows that can be seen, as a listbox whose rows are
// reached with the arrow keys.
import { element } from './element.js';

const spareRows = 6;
// Browsers draw no element that is higher than some ten million pixels.
const highest = 8_000_000;

/**
 * - `box`: an element with role `listbox` that scrolls.
 * - `makeRow()` makes an empty row, `fillRow(row, item)` shows an item in it, also again.
 * - `onChoose(item, { open })`: somebody went to a row; `open`: and wants to go into it.
 * - `onScroll()`: the user has scrolled.
 */
export class WindowedList {
  #list;
  #box;
  #canvas = element('div', { class: 'canvas', role: 'presentation' });
  #rowHeight;
  #makeRow;
  #fillRow;
  #onChoose;
  #rows = new Map();
  // The row that Tab reaches; it is kept even when it is scrolled away, so that focus is not lost.
  #activeId = null;
  #selectedId = null;
  #drawing = 0;
  // What the box says of itself, which it is not asked each time: each question may cost a layout.
  #top = 0;
  #height = 0;

  constructor({ list, box, rowHeight, makeRow, fillRow, onChoose, onScroll }) {
    this.#list = list;
    this.#box = box;
    this.#rowHeight = rowHeight;
    this.#makeRow = makeRow;
    this.#fillRow = fillRow;
    this.#onChoose = onChoose;
    box.append(this.#canvas);
    box.addEventListener('scroll', () => {
      this.#top = box.scrollTop;
      this.draw();
      onScroll?.();
    }, { passive: true });
    box.addEventListener('keydown', (event) => this.#press(event));
    this.#canvas.addEventListener('click', (event) => this.#click(event));
    list.addEventListener('change', (event) => this.#take(event.arrivals));
    new ResizeObserver(() => {
      this.#height = box.clientHeight;
      this.#top = box.scrollTop;
      this.draw();
    }).observe(box);
  }

  /** Marks the row that is open beside the list; null: none. */
  select(id) {
    this.#selectedId = id;
    if (id !== null) this.#activeId = id;
    this.draw();
  }

  /** The item that Tab reaches, or the first one. */
  active() {
    return this.#list.at(this.#activeIndex());
  }

  /** Goes `by` rows down (or up), or to the first or last one with -Infinity and Infinity. */
  move(by, { open = false } = {}) {
    if (!this.#list.total) return;
    const from = this.#activeId === null ? (by > 0 ? -1 : 0) : this.#activeIndex();
    const index = Math.max(0, Math.min(this.#list.total - 1, from + by));
    this.#go(index, open);
  }

  /** Puts focus on the active row. */
  focus() {
    const index = this.#activeIndex();
    this.#scrollTo(index);
    this.#draw();
    this.#rows.get(this.#list.at(index)?.id)?.focus({ preventScroll: true });
  }

  toTop() {
    this.#scroll(0);
    this.draw();
  }

  /** Whether the newest row is in sight. */
  atTop() {
    return this.#top < this.#rowHeight / 2;
  }

  /** Draws before the next frame: rows that are seen, and none while the box is hidden. */
  draw() {
    this.#drawing ||= requestAnimationFrame(() => this.#draw());
  }

  #take(arrivals) {
    const above = !this.atTop();
    // What somebody reads further down stays where it is.
    if (arrivals && above && this.#ratio() === 1) {
      this.#stretch();
      this.#scroll(this.#top + arrivals * this.#rowHeight);
    }
    this.#canvas.classList.toggle('settling', arrivals > 0 && arrivals < 4 && !above);
    this.draw();
  }

  #draw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    const total = this.#box.hidden ? 0 : this.#list.total;
    this.#stretch();
    const top = this.#top * this.#ratio();
    const first = Math.max(0, Math.floor(top / this.#rowHeight) - spareRows);
    const last = Math.min(
      total - 1, Math.ceil((top + this.#height) / this.#rowHeight) + spareRows,
    );
    if (total) this.#list.need(first, last);
    const indexes = new Set();
    for (let index = first; index <= last; ++index) indexes.add(index);
    if (total) indexes.add(this.#activeIndex());
    this.#drawRows(indexes, this.#top - top);
  }

  #drawRows(indexes, shift) {
    const before = this.#rows;
    this.#rows = new Map();
    const active = this.#activeIndex();
    this.#removeOthers(before, indexes);
    // From the end, so that each new row finds its place: screen readers read in the order of the
    // elements. Those that are there are not moved, as that would take focus away.
    let next = null;
    for (const index of [...indexes].sort((left, right) => right - left)) {
      const item = this.#list.at(index);
      const key = this.#keyAt(index);
      const row = before.get(key) ?? this.#newRow();
      this.#rows.set(key, row);
      row.dataset.index = index;
      row.style.transform = `translateY(${index * this.#rowHeight + shift}px)`;
      row.setAttribute('aria-posinset', index + 1);
      row.setAttribute('aria-setsize', this.#list.total);
      row.setAttribute('aria-selected', item !== undefined && item.id === this.#selectedId);
      row.tabIndex = index === active ? 0 : -1;
      row.classList.toggle('waiting', !item);
      if (item) this.#fillRow(row, item);
      if (!row.isConnected) this.#canvas.insertBefore(row, next);
      next = row;
    }
  }

  #removeOthers(rows, indexes) {
    const staying = new Set([...indexes].map((index) => this.#keyAt(index)));
    for (const [key, row] of rows) {
      if (!staying.has(key)) row.remove();
    }
  }

  #keyAt(index) {
    return this.#list.at(index)?.id ?? `waiting-${index}`;
  }

  #newRow() {
    const row = this.#makeRow();
    row.setAttribute('role', 'option');
    row.style.height = `${this.#rowHeight}px`;
    if (this.#canvas.classList.contains('settling')) row.classList.add('arriving');
    return row;
  }

  #activeIndex() {
    return Math.max(0, this.#activeId === null ? 0 : this.#list.indexOf(this.#activeId));
  }

  // Above 1, if the list would be higher than what a browser draws.
  #ratio() {
    const full = this.#list.total * this.#rowHeight;
    if (full <= highest) return 1;
    return (full - this.#height) / (highest - this.#height);
  }

  #scrollTo(index) {
    const ratio = this.#ratio();
    const top = index * this.#rowHeight;
    const seen = this.#top * ratio;
    if (top < seen) this.#scroll(top / ratio);
    else if (top + this.#rowHeight > seen + this.#height) {
      this.#scroll((top + this.#rowHeight - this.#height) / ratio);
    }
  }

  #scroll(top) {
    this.#box.scrollTop = top;
    this.#top = this.#box.scrollTop;
  }

  #stretch() {
    const height = `${Math.min(this.#list.total * this.#rowHeight, highest)}px`;
    if (this.#canvas.style.height !== height) this.#canvas.style.height = height;
  }

  #go(index, open) {
    const item = this.#list.at(index);
    this.#scrollTo(index);
    if (item) {
      this.#activeId = item.id;
      this.#onChoose(item, { open });
    }
    const focused = this.#box.contains(document.activeElement);
    this.#draw();
    if (focused) this.#rows.get(item?.id)?.focus({ preventScroll: true });
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
    const moves = {
      ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity,
    };
    const index = Number(document.activeElement?.dataset.index);
    if (event.key in moves) {
      if (!Number.isNaN(index)) this.#activeId = this.#list.at(index)?.id ?? this.#activeId;
      this.move(moves[event.key]);
    } else if (event.key === 'Enter' || event.key === ' ') {
      const item = this.active();
      if (item) this.#onChoose(item, { open: true });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #click(event) {
    const row = event.target.closest('[role="option"]');
    const item = row && this.#list.at(Number(row.dataset.index));
    if (!item) return;
    this.#activeId = item.id;
    this.#onChoose(item, { open: true, target: event.target });
    this.draw();
  }
}
