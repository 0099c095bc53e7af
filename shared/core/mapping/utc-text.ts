import { daySeconds, twoDigits } from './calendar.ts';

/**
 * The one spelling of a UTC time in canonical events, so that the same instant is the same text: no fraction when it
 * is zero, else 3, 6 or 9 digits, e.g. `2026-11-02T08:15:00Z`, `2026-11-02T08:15:00.250Z`.
 * @param seconds epoch seconds, whole
 * @param fraction up to 9 digits of a second, as written
 * @returns undefined outside the years 0000 to 9999, which RFC 3339 cannot write
 */
export function utcText(seconds: number, fraction = ''): string | undefined {
  const day = dayText(Math.floor(seconds / daySeconds));
  if (day === undefined) return undefined;
  const rest = seconds - Math.floor(seconds / daySeconds) * daySeconds;
  const hour = twoDigits[Math.floor(rest / 3_600)];
  const minute = twoDigits[Math.floor(rest / 60) % 60];
  return `${day}T${hour}:${minute}:${twoDigits[rest % 60]}${fractionText(fraction)}Z`;
}

/** Days remembered, because Date's own text costs most of a time's reading; beyond it memory is started afresh. */
const daysMax = 4_096;
const days = new Map<number, string | undefined>();

/** `yyyy-MM-dd` of a day counted from 1970-01-01; undefined when its year does not have four digits. */
export function dayText(day: number): string | undefined {
  if (days.has(day)) return days.get(day);
  const iso = new Date(day * daySeconds * 1000).toISOString();
  const text = iso.length === 24 ? iso.slice(0, 10) : undefined;
  if (days.size >= daysMax) days.clear();
  days.set(day, text);
  return text;
}

function fractionText(digits: string): string {
  let length = digits.length;
  while (length > 0 && digits.charCodeAt(length - 1) === 48) length--;
  if (length === 0) return '';
  return `.${digits.slice(0, length).padEnd(Math.ceil(length / 3) * 3, '0')}`;
}
