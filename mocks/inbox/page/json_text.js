// Lays JSON out line by line from its text. Not by JSON.parse: what the vendor really wrote is to be
// seen, with members that stand there twice, numbers beyond any type, and JSON that ends too early.

const token = /("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([{}[\],:])/y;
const kinds = ['string', 'number', 'word', 'mark'];

/**
 * Answers `{ lines, rest, complete }`. A line is `{ depth, pointer, tokens: [{ kind, text }] }`, where `pointer`
 * is the JSON pointer of the value that stands there, and `kind` one of `key`, `string`, `number`,
 * `word` and `mark`. `complete`: all that was begun is ended. `rest` is what no JSON reader understands, from there to the end.
 */
export function layOut(text) {
  const tokens = tokensOf(text);
  const writer = new LineWriter();
  tokens.list.forEach((one, index) => writer.put(one, tokens.list[index + 1]?.text));
  return { lines: writer.lines, rest: tokens.rest, complete: writer.complete() };
}

function tokensOf(text) {
  const list = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) break;
    list.push({ kind: kinds[found.slice(1).findIndex((part) => part !== undefined)], text: found[0] });
    at = skipBlanks(text, token.lastIndex);
  }
  return { list, rest: text.slice(at) };
}

function skipBlanks(text, at) {
  while (at < text.length && ' \t\r\n'.includes(text[at])) ++at;
  return at;
}

class LineWriter {
  lines = [];
  #line = null;
  // For each open bracket: its pointer, and the member or number that comes next.
  #open = [];

  put({ kind, text }, next) {
    const inside = this.#open.at(-1);
    if (text === '}' || text === ']') this.#close(text);
    else if (text === ',') {
      this.#add('mark', ',');
      this.#line = null;
      if (inside && inside.index !== null) inside.index += 1;
    } else if (text === ':') this.#add('mark', ': ');
    else if (kind === 'string' && next === ':') {
      if (inside) inside.key = keyOf(text);
      this.#add('key', text);
    } else if (text === '{' || text === '[') this.#begin(text, next);
    else this.#add(kind, text);
  }

  complete() {
    return this.#open.length === 0;
  }

  #begin(text, next) {
    const pointer = this.#pointer();
    this.#add('mark', text);
    this.#open.push({ pointer, key: '', index: text === '[' ? 0 : null });
    if (next !== '}' && next !== ']') this.#line = null;
  }

  #close(text) {
    const closed = this.#open.pop();
    const begun = this.#line?.tokens.at(-1)?.text;
    if (begun !== '{' && begun !== '[') this.#line = null;
    this.#add('mark', text);
    if (closed) this.#line.pointer = closed.pointer;
  }

  #add(kind, text) {
    if (!this.#line) {
      this.#line = { depth: this.#open.length, pointer: this.#pointer(), tokens: [] };
      this.lines.push(this.#line);
    }
    if (kind === 'key') this.#line.pointer = this.#pointer();
    this.#line.tokens.push({ kind, text });
  }

  #pointer() {
    const inside = this.#open.at(-1);
    if (!inside) return '';
    const step = inside.index ?? inside.key;
    return `${inside.pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
}

function keyOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(1, -1);
  }
}
