// Makes elements. Text is always text: nothing that a message or an exchange says becomes markup.

/**
 * `element('p', { class: 'note', hidden: false, onclick: f }, 'text', child)`.
 * An attribute that is null, undefined or false is left out; one that is true is empty; a function
 * listens to the event that follows `on`. Children that are null, undefined or false are left out,
 * and arrays of children are taken apart.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...present(children));
  return made;
}

/** Gives `parent` these children in place of those that it has. */
export function replaceChildren(parent, ...children) {
  parent.replaceChildren(...present(children));
}

/** One of the symbols of index.html, for the eye only: name what it stands for in text. */
export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(namespace, 'svg');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(namespace, 'use');
  use.setAttribute('href', `#icon-${name}`);
  drawing.append(use);
  return drawing;
}

/** The element with this id, which index.html has. */
export function byId(id) {
  return document.getElementById(id);
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
