// A body as people want to read it: JSON with colours, a form as its fields, everything else as text.
import { element, replaceChildren } from './element.js';
import { layOut } from './json_text.js';

// A box of so many lines is long enough; the rest is cut, as the server cuts what is over 64 KB.
const mostLines = 2000;

/** `body` with the member at `broken` (a JSON pointer or a field's name, or null) marked. */
export function bodyView(body, kind, broken) {
  if (!body) return element('p', { class: 'nothing' }, 'no body');
  if (kind === 'json') return jsonView(body, broken);
  if (kind === 'form') return formView(body, broken);
  return codeBox([body]);
}

function jsonView(text, broken) {
  const { lines, rest, complete } = layOut(text);
  const shown = lines.slice(0, mostLines).map((line) => lineOf(line, marks(line.pointer, broken)));
  if (broken && !lines.some((line) => line.pointer === broken)) addMissing(shown, lines, broken);
  if (lines.length > mostLines) shown.push(element('span', { class: 'line cut' }, `… ${lines.length - mostLines} more lines`));
  if (!complete && !rest) shown.push(element('span', { class: 'line cut' }, '← ends here'));
  if (rest) shown.push(element('span', { class: 'line cut' }, `${rest}  ← not JSON from here`));
  return codeBox(shown);
}

function marks(pointer, broken) {
  return broken !== null && broken !== '' && (pointer === broken || pointer.startsWith(`${broken}/`));
}

function lineOf({ depth, tokens }, broken) {
  return element('span', { class: broken ? 'line broken' : 'line' },
    '  '.repeat(depth), tokens.map(tokenOf), '\n');
}

function tokenOf({ kind, text }) {
  if (kind === 'mark') return text;
  const masked = text.includes('***');
  return element('span', { class: masked ? 'masked' : `json-${kind}` }, text);
}

// A member that the document demands and that is not there gets a line of its own, in the object that
// should have it.
function addMissing(shown, lines, broken) {
  const parent = broken.slice(0, broken.lastIndexOf('/'));
  const end = lines.findLastIndex((line) => line.pointer === parent);
  if (end < 0 || end >= shown.length) return;
  const name = broken.slice(parent.length + 1).replaceAll('~1', '/').replaceAll('~0', '~');
  const blanks = '  '.repeat(lines[end].depth + 1);
  const line = element('span', { class: 'line broken missing' }, `${blanks}"${name}"  ← missing\n`);
  shown.splice(end, 0, line);
}

function formView(text, broken) {
  const name = broken?.replace(/^\//, '');
  const fields = [...new URLSearchParams(text)];
  const lines = fields.map(([key, value]) => fieldLine(key, value, key === name));
  if (name && !fields.some(([key]) => key === name)) {
    lines.push(element('span', { class: 'line broken missing' }, `${name}  ← missing\n`));
  }
  return codeBox(lines);
}

function fieldLine(key, value, broken) {
  const kind = value.includes('***') ? 'masked' : 'json-string';
  return element('span', { class: broken ? 'line broken' : 'line' },
    element('span', { class: 'json-key' }, key), ' = ', element('span', { class: kind }, value), '\n');
}

function codeBox(lines) {
  const box = element('pre', { class: 'code-box', tabindex: 0, role: 'group', 'aria-label': 'Body' });
  replaceChildren(box, element('code', {}, lines));
  return box;
}
