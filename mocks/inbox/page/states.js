// The states of a code, as people read them.
import { element, icon } from './element.js';

const states = {
  pending: { text: 'pending', icon: 'hourglass' },
  wrong: { text: 'wrong code', icon: 'alert' },
  verified: { text: 'verified', icon: 'check' },
  expired: { text: 'expired', icon: 'clock' },
  superseded: { text: 'superseded', icon: 'layers' },
  locked: { text: 'locked', icon: 'lock' },
};

/** "wrong code tried 2 of 3", or null if none was tried. */
export function attemptsText({ wrong_attempts: wrong, max_attempts: most }) {
  if (!wrong) return null;
  return most ? `wrong code tried ${wrong} of ${most}` : `wrong code tried ${wrong === 1 ? 'once' : `${wrong} times`}`;
}

/** The chip that shows a message's state; `short` leaves out how often wrong codes were tried. */
export function stateChip(message, state, { short = false } = {}) {
  const wrong = state === 'pending' ? attemptsText(message) : null;
  const shown = wrong ? 'wrong' : state;
  const { text, icon: symbol } = states[shown] ?? { text: shown, icon: 'alert' };
  const { wrong_attempts: tried, max_attempts: most } = message;
  const shortly = most ? `wrong ${tried}/${most}` : `${tried} wrong`;
  const label = !wrong ? text : short ? shortly : wrong;
  return element('span', { class: 'chip', 'data-state': shown }, icon(symbol), label);
}
