// Which view is open, kept in the fragment of the address: `#/messages/message-12`, `#/exchanges`.

/** `{ view: 'messages'|'exchanges', id }`; `id` is null if nothing is open. */
export function currentRoute() {
  const [, view, id] = location.hash.split('/');
  return { view: view === 'exchanges' ? 'exchanges' : 'messages', id: id ? decodeURIComponent(id) : null };
}

/** Goes there; `push`: so that the browser's Back returns. */
export function goTo({ view, id }, { push = false } = {}) {
  const address = `#/${view}${id ? `/${encodeURIComponent(id)}` : ''}`;
  if (address !== location.hash) history[push ? 'pushState' : 'replaceState'](null, '', address);
  dispatchEvent(new Event('route'));
}

/** Calls `onRoute()` after each change. */
export function followRoute(onRoute) {
  addEventListener('route', onRoute);
  addEventListener('popstate', onRoute);
}
