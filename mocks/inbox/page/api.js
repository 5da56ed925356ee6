// The JSON API of the inbox (docs/inbox-api.md), and nothing else: no state but the token.

/** An answer that is not a success, with the server's own words, or no answer (`status` 0). */
export class ApiProblem extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

const tokenKey = 'otp-inbox-token';
let token = takeToken();

/** Keeps a token for this tab. */
export function useToken(text) {
  token = text;
  sessionStorage.setItem(tokenKey, text);
}

/** Whether requests carry one. */
export function hasToken() {
  return Boolean(token);
}

/** Asks, and answers what came; `signal` ends the wait, `parameters` without a value are left out. */
export async function ask(method, path, { parameters = {}, body, signal } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response;
  try {
    response = await fetch(address(path, parameters), {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new ApiProblem(0, 'The inbox does not answer.');
  }
  if (!response.ok) throw new ApiProblem(response.status, await reasonOf(response));
  return response;
}

/** The JSON of a GET. */
export async function read(path, parameters, signal) {
  return (await ask('GET', path, { parameters, signal })).json();
}

/** One page of a list, and how many there are in all. */
export async function readPage(path, parameters, signal) {
  const response = await ask('GET', path, { parameters, signal });
  const items = await response.json();
  const total = Number(response.headers.get('X-Total-Count') ?? items.length);
  return { items, total };
}

/** POST, PUT or DELETE; answers the JSON of the answer, or null if it has no body. */
export async function change(method, path, { parameters, body } = {}) {
  const response = await ask(method, path, { parameters, body });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

function address(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, value);
  }
  // The server takes a `+` for itself, and so a blank must not be written as one.
  const text = query.toString().replaceAll('+', '%20');
  return `api/${path}${text ? `?${text}` : ''}`;
}

async function reasonOf(response) {
  const text = await response.text();
  try {
    const problem = JSON.parse(text);
    return problem.error ?? problem.detail ?? problem.title ?? text;
  } catch {
    return text || `The inbox answered with status ${response.status}.`;
  }
}

// It comes in the fragment, which no server sees, and is taken out of the address, which people show
// each other.
function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B')).get('token');
  if (!given) return sessionStorage.getItem(tokenKey);
  sessionStorage.setItem(tokenKey, given);
  history.replaceState(null, '', location.pathname + location.search);
  return given;
}
