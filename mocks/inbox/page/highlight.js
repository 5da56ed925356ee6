// Marks what was searched for.
import { element } from './element.js';

/** `text` in pieces, with a <mark> around each place where `sought` stands, whatever its case. */
export function highlighted(text, sought) {
  if (!sought || !text) return [text ?? ''];
  const pieces = [];
  const lowered = text.toLowerCase();
  const part = sought.toLowerCase();
  // Lower case may be longer than the text itself; then its places are not the text's.
  if (lowered.length !== text.length) return [text];
  let from = 0;
  for (let at = lowered.indexOf(part); at >= 0; at = lowered.indexOf(part, from)) {
    pieces.push(text.slice(from, at), element('mark', {}, text.slice(at, at + part.length)));
    from = at + part.length;
  }
  pieces.push(text.slice(from));
  return pieces;
}
