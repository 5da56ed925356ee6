// A request and its answer, as they went over the wire.
import { bodyView } from './body_view.js';
import { element, icon } from './element.js';
import { faultName } from './fault_names.js';
import { outcomeText, statusBadge } from './exchange_row.js';
import { dayAndTime } from './times.js';
import { brokenPlace, verdictCard, whyCard } from './why_card.js';

const answerTitles = {
  cut_before_response: 'Answer, of which nothing was sent',
  cut_in_response: 'Answer, of which a part was sent',
  held: 'Answer, which is held back',
};

/** The whole of an exchange (`GET /api/exchanges/{id}`); `heading`: `h3` or `h4`, as it stands. */
export function exchangeView(exchange, heading) {
  const broken = brokenPlace(exchange.why);
  const outcome = outcomeText(exchange.outcome);
  return element('div', { class: 'exchange' },
    element('div', { class: 'cards' },
      exchange.why ? whyCard(exchange.why, heading) : null,
      exchange.verdict ? verdictCard(exchange.verdict, heading) : null),
    exchange.fault ? element('p', { class: 'note-line' }, icon('bolt'), 'Answered by a fault that was switched on: ', element('code', {}, faultName(exchange.fault))) : null,
    outcome ? element('p', { class: 'note-line' }, icon('alert'), outcome) : null,
    element('div', { class: 'wire' }, requestSide(exchange, broken, heading), answerSide(exchange, heading)),
    element('dl', { class: 'facts' },
      fact('at', dayAndTime(exchange.at)), fact('took', `${exchange.took_ms} ms`),
      exchange.session ? fact('session', exchange.session) : null,
      exchange.traceparent ? fact('traceparent', exchange.traceparent) : null,
      fact('id', exchange.id)));
}

function requestSide({ method, path, request }, broken, heading) {
  const line = broken.place === 'path' || broken.place === 'method' ? 'request-line broken' : 'request-line';
  return element('section', { class: 'side', 'aria-label': 'Request' },
    element(heading, { class: 'label' }, 'Request'),
    element('p', { class: line }, element('b', {}, method), ' ', path),
    queryView(request.query, broken),
    headersView(request.headers, broken.place === 'header' ? broken.name : null),
    bodyView(request.body, request.body_kind, broken.place === 'body' ? broken.name : null));
}

function answerSide(exchange, heading) {
  const { answer } = exchange;
  return element('section', { class: 'side', 'aria-label': 'Answer' },
    element(heading, { class: 'label' }, answerTitles[exchange.outcome] ?? 'Answer'),
    element('p', { class: 'request-line' }, statusBadge(exchange)),
    answer ? headersView(answer.headers, null) : null,
    answer ? bodyView(answer.body, answer.body_kind, null) : element('p', { class: 'nothing' }, 'none'));
}

function queryView(query, broken) {
  const name = broken.place === 'query' ? broken.name : null;
  const fields = [...new URLSearchParams((query ?? '').replaceAll('+', '%2B'))];
  if (name && !fields.some(([key]) => key === name)) fields.push([name, null]);
  return fields.length ? namedValues('Query', fields, name) : null;
}

function headersView(headers, broken) {
  const lowered = broken?.toLowerCase() ?? null;
  const fields = (headers ?? []).map(([name, value]) => [name, value]);
  if (broken && !fields.some(([name]) => name.toLowerCase() === lowered)) fields.push([broken, null]);
  return element('details', { class: 'headers', open: broken !== null },
    element('summary', {}, icon('chevron'), `${fields.length} header${fields.length === 1 ? '' : 's'}`),
    namedValues('Headers', fields, lowered));
}

// A value that is null is one that is missing.
function namedValues(label, fields, broken) {
  return element('dl', { class: 'named', 'aria-label': label }, fields.map(([name, value]) => element('div',
    { class: name.toLowerCase() === broken ? 'broken' : null },
    element('dt', {}, name),
    element('dd', {}, value === null ? '← missing' : maskedText(value)))));
}

function maskedText(value) {
  return value.split(/(\*{3,})/).map((part) => (/^\*{3,}$/.test(part)
    ? element('span', { class: 'masked', title: 'A secret, which the inbox does not keep' }, part) : part));
}

function fact(name, value) {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}
