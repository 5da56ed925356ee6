// Light, dark, or as the system: remembered in this browser, and by no cookie.
import { byId } from './element.js';
import { note } from './announce.js';

const themes = ['system', 'light', 'dark'];
const texts = { system: 'as the system', light: 'light', dark: 'dark' };

/** Lets the button switch from one theme to the next. */
export function prepareTheme() {
  const button = byId('theme');
  button.addEventListener('click', () => {
    const next = themes[(themes.indexOf(chosen()) + 1) % themes.length];
    localStorage.setItem('otp-inbox-theme', next);
    show(button);
    note(`Colours: ${texts[next]}`, { symbol: `theme-${next}` });
  });
  show(button);
}

function chosen() {
  const kept = localStorage.getItem('otp-inbox-theme');
  return themes.includes(kept) ? kept : 'system';
}

function show(button) {
  const theme = chosen();
  document.documentElement.dataset.theme = theme;
  button.querySelector('use').setAttribute('href', `#icon-theme-${theme}`);
  button.querySelector('.hidden-text').textContent = `Colours: ${texts[theme]}`;
}
