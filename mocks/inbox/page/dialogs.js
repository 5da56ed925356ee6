// Dialogs: they hold focus, end with Escape, and give focus back, as the browser's own do.
import { byId, element } from './element.js';

/** Opens the dialog with this id, or closes it; another one that is open is closed. */
export function toggleDialog(id) {
  const dialog = byId(id);
  const wasOpen = dialog.open;
  closeDialogs();
  if (!wasOpen) dialog.showModal();
  return !wasOpen;
}

export function closeDialogs() {
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
}

/** Lets a click beside a dialog, and its buttons to close it, close it, and what happens be read out in it. */
export function prepareDialogs() {
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.append(element('div', { class: 'hidden-text', role: 'status' }));
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog || event.target.closest('[data-close]')) dialog.close();
    });
  }
}
