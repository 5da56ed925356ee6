// The left side: messages and exchanges as lists, one of them to be seen.
import { readPage } from './api.js';
import { byId, replaceChildren } from './element.js';
import { nothingFound } from './empty.js';
import { exchangeRowHeight, fillExchangeRow, makeExchangeRow } from './exchange_row.js';
import { fillMessageRow, makeMessageRow, messageRowHeight } from './message_row.js';
import { PagedList } from './paged_list.js';
import { WindowedList } from './windowed_list.js';

/**
 * `lists.messages` and `lists.exchanges` are PagedLists, `views` shows them.
 * `onChoose(view, item, how)` as WindowedList says; `onProblem(problem)` hears what went wrong.
 */
export class ListPane {
  #filters;
  #onProblem;
  #unseen = 0;
  view = 'messages';
  lists = {};
  views = {};

  constructor({ clocks, filters, onChoose, onProblem }) {
    this.#filters = filters;
    this.#onProblem = onProblem;
    const show = {
      messages: (row, item) => fillMessageRow(row, item, { clocks, sought: filters.values().q }),
      exchanges: (row, item) => fillExchangeRow(row, item, { sought: filters.values().q }),
    };
    this.#make('messages', messageRowHeight, makeMessageRow, show.messages, onChoose);
    this.#make('exchanges', exchangeRowHeight, makeExchangeRow, show.exchanges, onChoose);
    byId('newer').addEventListener('click', () => this.views[this.view].toTop());
  }

  /** Reads both lists anew. */
  async reload() {
    try {
      await Promise.all([this.lists.messages.reload(), this.lists.exchanges.reload()]);
    } catch (problem) {
      this.#onProblem(problem);
    }
  }

  /** Shows this list, `messages` or `exchanges`. */
  show(view) {
    this.view = view;
    this.#unseen = 0;
    document.body.dataset.view = view;
    byId('list-title').textContent = view === 'messages' ? 'Messages' : 'Exchanges';
    byId('tab-messages').setAttribute('aria-pressed', view === 'messages');
    byId('tab-exchanges').setAttribute('aria-pressed', view === 'exchanges');
    byId('state-choice').hidden = view !== 'messages';
    this.#refresh();
  }

  /** Shows the time that has passed. */
  tick() {
    this.views[this.view].draw();
  }

  #make(view, rowHeight, makeRow, fillRow, onChoose) {
    const list = new PagedList((offset, limit, signal) => readPage(view, this.#parameters(view, offset, limit), signal));
    list.addEventListener('change', (event) => this.#take(view, event.arrivals));
    this.lists[view] = list;
    this.views[view] = new WindowedList({
      list,
      box: byId(view),
      rowHeight,
      makeRow,
      fillRow,
      onChoose: (item, how) => onChoose(view, item, how),
      onScroll: () => this.#showUnseen(),
    });
  }

  #parameters(view, offset, limit) {
    const { state, ...values } = this.#filters.values();
    return view === 'messages' ? { ...values, state, offset, limit } : { ...values, offset, limit };
  }

  #take(view, arrivals) {
    if (view === this.view) this.#unseen += arrivals;
    this.#refresh();
  }

  #refresh() {
    for (const view of ['messages', 'exchanges']) {
      const { total, known } = this.lists[view];
      byId(`count-${view}`).textContent = known ? total.toLocaleString('en') : '';
      byId(view).hidden = view !== this.view || total === 0;
    }
    // Where only one pane fits, what to do next takes the list's place.
    const nothing = this.view === 'messages' && this.lists.messages.known && this.lists.messages.total === 0;
    document.body.toggleAttribute('data-nothing', nothing && !this.#filters.any());
    this.#showEmpty();
    this.#showUnseen();
    this.views[this.view].draw();
  }

  #showEmpty() {
    const { total, known } = this.lists[this.view];
    const empty = byId('list-empty');
    empty.hidden = total > 0 || !known;
    if (empty.hidden) return;
    if (this.#filters.any()) replaceChildren(empty, nothingFound(() => this.#filters.clear()));
    else empty.textContent = this.view === 'messages' ? 'Waiting for the first message' : 'Waiting for the first request';
  }

  #showUnseen() {
    const button = byId('newer');
    if (this.views[this.view].atTop()) this.#unseen = 0;
    button.hidden = this.#unseen === 0;
    button.textContent = `${this.#unseen.toLocaleString('en')} new`;
  }
}
