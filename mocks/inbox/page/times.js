// Durations and times for people.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
// Made once: making one takes longer than a hundred uses of it.
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** "1:43", "1:02:03", "2 d 3 h". Of what is less than nothing, the amount. */
export function countdown(milliseconds) {
  const left = Math.abs(milliseconds);
  if (left >= day) return `${Math.floor(left / day)} d ${Math.floor((left % day) / hour)} h`;
  const parts = [Math.floor(left / minute) % 60, Math.floor(left / second) % 60];
  const hours = Math.floor(left / hour);
  if (hours) return [hours, ...parts.map(twoDigits)].join(':');
  return `${parts[0]}:${twoDigits(parts[1])}`;
}

/** "now", "12 s", "3 min", "2 h", "5 d". */
export function age(milliseconds) {
  if (milliseconds < 2 * second) return 'now';
  if (milliseconds < minute) return `${Math.floor(milliseconds / second)} s`;
  if (milliseconds < hour) return `${Math.floor(milliseconds / minute)} min`;
  if (milliseconds < day) return `${Math.floor(milliseconds / hour)} h`;
  return `${Math.floor(milliseconds / day)} d`;
}

/** "+1 h 5 min", "−10 min", "+30 s": by how much a clock was moved. */
export function difference(milliseconds) {
  const parts = [];
  let left = Math.abs(milliseconds);
  for (const [unit, name] of [[day, 'd'], [hour, 'h'], [minute, 'min'], [second, 's']]) {
    const count = Math.floor(left / unit);
    left -= count * unit;
    if (count) parts.push(`${count} ${name}`);
  }
  if (!parts.length) parts.push(`${left} ms`);
  return `${milliseconds < 0 ? '−' : '+'}${parts.slice(0, 2).join(' ')}`;
}

/** "22:31:09", in this machine's time zone. */
export function timeOfDay(time) {
  return timeFormat.format(new Date(time));
}

/** "Fri 27 Nov, 22:31:09". */
export function dayAndTime(time) {
  const date = new Date(time);
  return `${dayFormat.format(date).replace(',', '')}, ${timeOfDay(date)}`;
}

function twoDigits(number) {
  return String(number).padStart(2, '0');
}
