// Channels, as people call them.
const channels = {
  sms: { title: 'SMS', icon: 'sms' },
  email: { title: 'Email', icon: 'email' },
  whatsapp: { title: 'WhatsApp', icon: 'whatsapp' },
};

/** `{ title, icon }`, also of a channel that the page does not know. */
export function channelOf(name) {
  return channels[name] ?? { title: name, icon: 'sms' };
}
