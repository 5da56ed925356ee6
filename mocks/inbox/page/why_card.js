// Why a request was refused, and what the SDK made of the answer.
import { element, icon } from './element.js';

/** What `broken_by` means: `{ place: 'body'|'header'|'query'|'path'|'method', name }`. */
export function brokenPlace(why) {
  const [place, ...name] = (why?.broken_by ?? '').split(' ');
  return { place, name: name.join(' ') || null };
}

/** What the vendor's document demands, and which member broke it; `heading` is its element's name. */
export function whyCard(why, heading) {
  return element('section', { class: 'card why', 'aria-label': 'Why it was refused' },
    element(heading, { class: 'label' }, icon('alert'), 'Why it was refused'),
    element('p', { class: 'demands' }, why.demands),
    element('p', {}, 'Broken by ', element('code', {}, why.broken_by)),
    why.document ? element('p', {}, documentLink(why.document)) : null);
}

function documentLink(address) {
  // Only a web page is linked: what else an address may be is shown as text.
  if (!/^https?:\/\//.test(address)) return address;
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' },
    icon('link'), 'The vendor’s document', element('span', { class: 'hidden-text' }, ' (opens a new tab)'));
}

/** The SDK's own verdict: an event of its JsonLineObserver. */
export function verdictCard(verdict, heading) {
  const failed = verdict.failure !== null && verdict.failure !== undefined;
  const facts = [
    ['delivery', verdict.delivery], ['then', verdict.decision], ['because', verdict.reason],
    ['vendor’s code', verdict.vendor_code], ['instance', verdict.instance],
    ['attempt', verdict.attempt],
    ['took', verdict.latency_ms === undefined ? null : `${verdict.latency_ms} ms`],
  ];
  return element('section', { class: failed ? 'card verdict failed' : 'card verdict', 'aria-label': 'What the SDK concluded' },
    element(heading, { class: 'label' }, icon(failed ? 'alert' : 'check'), 'What the SDK concluded'),
    element('p', { class: 'demands' }, element('code', {}, verdict.failure ?? verdict.outcome ?? 'accepted')),
    factList(facts));
}

function factList(facts) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return element('dl', { class: 'facts' }, known.map(([name, value]) => element('div', {},
    element('dt', {}, name), element('dd', {}, String(value)))));
}
