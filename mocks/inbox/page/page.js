// Brings the parts of the page together.
import { change, hasToken, useToken } from './api.js';
import { complain, note, say } from './announce.js';
import { ClockPanel } from './clock_panel.js';
import { Clocks } from './clocks.js';
import { channelOf } from './channels.js';
import { copy } from './copy.js';
import { DetailPane } from './detail_pane.js';
import { closeDialogs, prepareDialogs, toggleDialog } from './dialogs.js';
import { byId } from './element.js';
import { EventStream } from './events.js';
import { FaultsPanel } from './faults_panel.js';
import { Filters } from './filters.js';
import { prepareKeyboard } from './keyboard.js';
import { ListPane } from './list_pane.js';
import { currentRoute, followRoute, goTo } from './route.js';
import { prepareTheme } from './theme.js';
import { titleOf, useVendors } from './vendors.js';

const wide = matchMedia('(min-width: 801px)');
const clocks = new Clocks();
const session = () => filters.session.value;

const filters = new Filters(() => applyFilters());
const pane = new ListPane({ clocks, filters, onChoose: choose, onProblem: problemWith });
const { lists, views } = pane;
const detail = new DetailPane({
  clocks,
  lists,
  onCopy: copyCode,
  onOpenMessage: (id) => open('messages', id),
  onGone: () => goTo({ view: pane.view, id: null }),
  onProblem: problemWith,
});
const clockPanel = new ClockPanel({ clocks, session });
const faultsPanel = new FaultsPanel({ session, onActive: showFaultCount });
const events = new EventStream({ onEvent: take, onState: showConnection });

// ---- what arrives

let arrived = { messages: [], exchanges: [] };
let flushing = 0;
let newest = 0;
let toShow = null;
let showing = 0;
let followed = '';

function take(name, data) {
  const handlers = {
    hello: takeHello,
    message: (message) => collect('messages', message),
    exchange: (exchange) => collect('exchanges', exchange),
    faults: (faults) => faultsPanel.show(faults),
    clock: (reading) => clocks.take(reading.session ?? '', reading),
    cleared: takeCleared,
    lost: () => readAnew(),
  };
  handlers[name]?.(data);
  if (name === 'clock') tick();
}

function takeHello(hello) {
  clocks.forget();
  clocks.take(session(), hello);
  useVendors(hello.vendors ?? []);
  filters.showVendors();
  for (const list of Object.values(lists)) list.limit(hello.keep ?? Infinity);
  readAnew();
  faultsPanel.refresh();
  tick();
}

async function readAnew() {
  // What comes while the lists are read is taken afterwards.
  clearTimeout(flushing);
  flushing = -1;
  await pane.reload();
  newest = Math.max(0, lists.messages.at(0)?.number ?? 0);
  for (const message of firstOf(lists.messages, 200)) filters.offerSession(message.session);
  flushing = 0;
  flush();
  const nothingOpen = currentRoute().id === null && pane.view === 'messages';
  if (nothingOpen && lists.messages.total && following() && wide.matches) follow(true);
  else route();
  if (currentRoute().id !== null) detail.refresh(currentRoute());
}

function collect(kind, item) {
  arrived[kind].push(item);
  flushing ||= setTimeout(flush, 40);
}

// What comes in a short time is shown in one go.
function flush() {
  flushing = 0;
  const { messages, exchanges } = arrived;
  arrived = { messages: [], exchanges: [] };
  for (const item of [...messages, ...exchanges]) filters.offerSession(item.session);
  const fresh = messages.filter((message) => message.number > newest && message.state === 'pending' && !message.wrong_attempts);
  newest = messages.reduce((most, { number }) => Math.max(most, number), newest);
  const matching = messages.filter((message) => filters.takes(message, clocks.stateOf(message)));
  lists.messages.take(matching);
  lists.exchanges.take(exchanges.filter((exchange) => filters.takes(exchange)));
  // One that no longer matches leaves the list.
  if (messages.some((message) => !matching.includes(message) && lists.messages.indexOf(message.id) >= 0)) pane.reload();
  detail.takeMessages(messages);
  detail.takeExchanges(exchanges);
  if (fresh.length) welcome(fresh, matching);
}

function welcome(fresh, matching) {
  const last = fresh.at(-1);
  const channel = channelOf(last.channel).title;
  const more = fresh.length > 1 ? `${fresh.length} new messages. ` : '';
  say(`${more}New ${channel} from ${titleOf(last.vendor)} to ${last.to}: code ${[...last.code].join(' ')}`);
  document.title = document.hidden ? `${last.code} · OTP inbox` : 'OTP inbox';
  const shown = fresh.filter((message) => matching.includes(message)).at(-1);
  if (shown && following() && wide.matches && pane.view === 'messages') showSoon(shown.id);
  else route();
}

// Where hundreds come in a second, nobody reads each of them.
function showSoon(id) {
  toShow = id;
  if (showing) return;
  goTo({ view: 'messages', id });
  showing = setTimeout(() => {
    showing = 0;
    if (toShow !== id && following() && pane.view === 'messages') showSoon(toShow);
  }, 300);
}

function takeCleared(cleared) {
  const name = cleared.session;
  if (name === null || name === undefined || name === session()) {
    for (const list of Object.values(lists)) list.clear();
    if (!wide.matches || currentRoute().id) goTo({ view: pane.view, id: null });
    route();
  }
  readAnew();
}

function firstOf(list, count) {
  const items = [];
  for (let index = 0; index < Math.min(count, list.total); ++index) {
    if (list.at(index)) items.push(list.at(index));
  }
  return items;
}

// ---- where we are

function route() {
  const at = currentRoute();
  if (at.view !== pane.view) pane.show(at.view);
  views[at.view].select(at.id);
  detail.show(at);
}

function open(view, id, { focus = false } = {}) {
  goTo({ view, id }, { push: !wide.matches });
  if (focus) detail.focus();
}

function close() {
  if (currentRoute().id === null) return false;
  goTo({ view: pane.view, id: null });
  views[pane.view].focus();
  return true;
}

function choose(view, item, { open: into, target }) {
  if (target?.closest('.row-code')) copyCode(item);
  const isOpen = currentRoute().id !== null;
  if (!into && !wide.matches && !isOpen) return;
  if (item.id !== currentRoute().id) follow(false);
  open(view, item.id, { focus: into && (!target || !wide.matches) });
}

async function applyFilters() {
  if (session() !== followed) {
    followed = session();
    events.follow({ session: followed });
  }
  await pane.reload();
  views[pane.view].toTop();
  const { q } = filters.values();
  if (q) say(`${lists[pane.view].total} found`);
}

// ---- what one does

function following() {
  return byId('follow').getAttribute('aria-pressed') === 'true';
}

function follow(on) {
  byId('follow').setAttribute('aria-pressed', String(on));
  if (on && wide.matches) goTo({ view: 'messages', id: lists.messages.at(0)?.id ?? null });
}

function copyCode(message) {
  if (message) copy(message.code, `${message.code}, the code for ${message.to}`);
}

function copyCurrent() {
  copyCode(detail.message ?? (pane.view === 'messages' ? views.messages.active() : null));
}

function exchangesKey() {
  if (detail.message) detail.toggleExchanges();
  else goTo({ view: pane.view === 'messages' ? 'exchanges' : 'messages', id: null });
}

function move(by) {
  views[pane.view].move(by);
  if (wide.matches || currentRoute().id === null) views[pane.view].focus();
}

function enter(event) {
  if (event.target.closest('a, button, input, select, summary, [role="option"], dialog')) return false;
  const item = views[pane.view].active();
  if (item) choose(pane.view, item, { open: true });
  return item !== undefined;
}

function escape(event) {
  if (document.querySelector('dialog[open]')) return false;
  if (event.target === filters.search && filters.search.value) {
    filters.search.value = '';
    applyFilters();
    return true;
  }
  if (event.target === filters.search) views[pane.view].focus();
  return close();
}

function openFaults() {
  if (toggleDialog('faults-dialog')) faultsPanel.open();
}

async function clearInbox() {
  closeDialogs();
  try {
    await change('DELETE', 'messages', { parameters: { session: session() } });
    note('The inbox is empty');
  } catch (problem) {
    complain(problem);
  }
}

function askWhetherToClear() {
  const count = lists.messages.total;
  const of = session() ? `Session ${session()}` : 'All of it';
  byId('clear-note').textContent = `${of}: messages, exchanges, and what the vendors know of codes, limits and users. ${count.toLocaleString('en')} message${count === 1 ? '' : 's'} in sight.`;
  toggleDialog('clear-dialog');
}

// ---- what is seen of all this

function showConnection({ live, problem, retryIn }) {
  const status = byId('connection');
  const wasLost = status.dataset.live === 'lost';
  status.dataset.live = live ? 'live' : 'lost';
  byId('connection-text').textContent = live ? 'live' : 'offline';
  byId('lost').hidden = live;
  // A link carries no token.
  byId('openapi').hidden = hasToken();
  if (live) {
    if (wasLost) note('Connected again');
    return;
  }
  const told = problem.status ? problem.message : 'The connection to the inbox is lost.';
  // The same words each time: they are read out when they change.
  const text = retryIn === null ? told : `${told} Trying again.`;
  if (byId('lost-text').textContent !== text) byId('lost-text').textContent = text;
  problemWith(problem);
}

function problemWith(problem) {
  if (problem.status === 401) {
    if (!byId('token-dialog').open) toggleDialog('token-dialog');
  } else if (problem.status) complain(problem);
}

function showFaultCount(count) {
  byId('faults-count').textContent = count || '';
  byId('faults').classList.toggle('moved', count > 0);
}

function tick() {
  pane.tick();
  detail.tick();
  clockPanel.tick();
}

// ---- begin

prepareTheme();
prepareDialogs();
prepareKeyboard({
  '/': () => filters.search.focus(),
  j: () => move(1),
  k: () => move(-1),
  c: copyCurrent,
  e: exchangesKey,
  m: () => goTo({ view: 'messages', id: null }),
  l: () => follow(!following()),
  f: openFaults,
  t: () => { toggleDialog('clock-dialog'); },
  '?': () => { toggleDialog('help-dialog'); },
  Enter: enter,
  Escape: escape,
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  views[pane.view].focus();
});
byId('clock').addEventListener('click', () => toggleDialog('clock-dialog'));
byId('faults').addEventListener('click', openFaults);
byId('help').addEventListener('click', () => toggleDialog('help-dialog'));
byId('back').addEventListener('click', close);
byId('follow').addEventListener('click', () => follow(!following()));
byId('clear').addEventListener('click', askWhetherToClear);
byId('clear-yes').addEventListener('click', clearInbox);
byId('lost-retry').addEventListener('click', () => events.follow());
byId('tab-messages').addEventListener('click', () => goTo({ view: 'messages', id: null }));
byId('tab-exchanges').addEventListener('click', () => goTo({ view: 'exchanges', id: null }));
byId('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  useToken(byId('token').value);
  closeDialogs();
  events.follow();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) document.title = 'OTP inbox';
});
followRoute(route);
pane.show(currentRoute().view);
events.follow();
setInterval(tick, 1000);
