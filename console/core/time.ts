const two = (value: number): string => String(value).padStart(2, '0');

/** In the viewer's zone: `28 Nov 20:12:04`, with the year where it is another one. */
export function localTime(at: string, now: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const year = date.getFullYear() === new Date(now).getFullYear() ? '' : ` ${date.getFullYear()}`;
  const month = months[date.getMonth()];
  return `${date.getDate()} ${month}${year} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-11-28 20:12:04 UTC` */
export const utcTime = (at: string): string => {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
};

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `250 ms`, `4 s`, `2 h 10 min` */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const first = units.findIndex(([, size]) => milliseconds >= size);
  const [name, size] = units[first] ?? units[3];
  const count = Math.floor(milliseconds / size);
  const next = units[first + 1];
  const rest = next ? Math.floor((milliseconds % size) / next[1]) : 0;
  return next && rest > 0 && count < 10 ? `${count} ${name} ${rest} ${next[0]}` : `${count} ${name}`;
}

export const ago = (at: string, now: number): string => {
  const passed = now - Date.parse(at);
  return passed < 0 ? `in ${duration(-passed)}` : passed < 1_000 ? 'now' : `${duration(passed)} ago`;
};

/** As a field for a time takes it: in the viewer's zone, without naming it. */
export function fieldTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export function isoTime(field: string): string {
  const date = new Date(field);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
