// Names and colours of the vendors. The colours themselves are in page.css, by `data-hue`.
import { element } from './element.js';

const hues = ['spherepay', 'loyaltydog', '10npay', 'eko', 'stytch'];
const furtherHues = 3;

let titles = new Map([
  ['spherepay', 'SpherePay'], ['loyaltydog', 'LoyaltyDog'], ['10npay', '10nPay'], ['eko', 'Eko'],
  ['stytch', 'Stytch'],
]);

/** Takes `[{ name, title }]` of the server. */
export function useVendors(vendors) {
  titles = new Map(vendors.map(({ name, title }) => [name, title || name]));
}

/** All vendors as `[name, title]`, in the server's order. */
export function allVendors() {
  return [...titles];
}

export function titleOf(vendor) {
  return titles.get(vendor) ?? vendor;
}

/** What `data-hue` has to be for this vendor's colours: the same each time, also for a stranger. */
export function hueOf(vendor) {
  if (hues.includes(vendor)) return vendor;
  let sum = 0;
  for (const letter of vendor) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return `other-${sum % furtherHues}`;
}

/** Two letters in the vendor's colour, for the eye only. */
export function monogram(vendor) {
  const title = titleOf(vendor);
  const capitals = title.match(/[A-Z0-9]+/g) ?? [];
  const letters = capitals.length > 1 ? capitals[0][0] + capitals[1][0] : title.slice(0, 2);
  const text = /^\d+/.test(title) ? title.match(/^\d+/)[0].slice(0, 2) : letters;
  return element('span', { class: 'monogram', 'data-hue': hueOf(vendor), 'aria-hidden': 'true' }, text);
}
