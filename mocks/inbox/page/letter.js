// The message as the person would see it: an SMS, an email, a WhatsApp message.
import { channelOf } from './channels.js';
import { element, icon } from './element.js';
import { dayAndTime, timeOfDay } from './times.js';
import { monogram, titleOf } from './vendors.js';

/** The message on its own stage. */
export function letter(sent) {
  const message = { ...sent, text: sent.text || sent.code };
  const kinds = { email: emailSheet, whatsapp: whatsappBubble };
  const { title } = channelOf(message.channel);
  return element('figure', { class: `letter letter-${message.channel}` },
    element('figcaption', { class: 'hidden-text' }, `${title} as the person would see it`),
    (kinds[message.channel] ?? smsBubble)(message));
}

function smsBubble(message) {
  return [
    element('p', { class: 'stage-note' }, 'Text message · ', timeOfDay(message.sent_at)),
    element('blockquote', { class: 'bubble' }, withCode(message)),
  ];
}

function whatsappBubble(message) {
  return [
    element('p', { class: 'stage-note' }, dayAndTime(message.sent_at).split(',')[0]),
    element('blockquote', { class: 'bubble' },
      element('span', { class: 'business' }, titleOf(message.vendor), icon('verified')),
      withBold(message),
      element('span', { class: 'bubble-foot' }, timeOfDay(message.sent_at).slice(0, 5))),
  ];
}

function emailSheet(message) {
  return element('div', { class: 'sheet' },
    element('div', { class: 'sheet-head' },
      monogram(message.vendor),
      element('div', {},
        element('p', { class: 'subject' }, message.subject || 'Your code'),
        element('p', { class: 'envelope' },
          element('b', {}, titleOf(message.vendor)), ' to ', message.to)),
      element('time', { datetime: message.sent_at }, timeOfDay(message.sent_at).slice(0, 5))),
    element('blockquote', { class: 'sheet-body' }, withCode(message)));
}

// WhatsApp shows what stands between asterisks bold.
function withBold(message) {
  return message.text.split(/(\*[^*\n]+\*)/).map((part) => (/^\*.+\*$/.test(part)
    ? element('b', {}, withCode({ text: part.slice(1, -1), code: message.code }))
    : withCode({ text: part, code: message.code })));
}

// The text with the code standing out, as phones show it.
function withCode({ text, code }) {
  const at = code ? text.indexOf(code) : -1;
  if (at < 0) return text;
  return [text.slice(0, at), element('strong', { class: 'code-inside' }, code), text.slice(at + code.length)];
}
