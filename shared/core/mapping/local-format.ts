import { ContractError } from '../../contract/options.ts';
import { isDay, isTime } from './calendar.ts';

/** A date and time as a clock on the wall shows it, as if it were UTC: epoch milliseconds of its whole second. */
export interface WallTime {
  readonly seconds: number;
  /** Digits of the fraction of a second. */
  readonly fraction: string;
}

/** `undefined`: not in this format. `impossible`: in it, but no such day or hour. */
export type LocalFormat = (text: string) => WallTime | 'impossible' | undefined;

const tokens: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<fraction>\\d{3})',
};

/**
 * Compiles the numeric tokens of luxon's formats (yyyy MM M dd d HH H mm ss SSS; text in 'quotes') once, because
 * parsing with luxon costs tens of microseconds a value.
 * @throws ContractError on any other token, and on a format without year, month and day
 */
export function localFormat(format: string): LocalFormat {
  const pattern = new RegExp(`^${patternOf(format)}$`);
  for (const needed of ['year', 'month', 'day']) {
    if (!pattern.source.includes(`<${needed}>`))
      throw new ContractError(`date format "${format}" has no ${needed}`);
  }
  return text => {
    const found = pattern.exec(text)?.groups;
    return found && wallTime(found);
  };
}

function patternOf(format: string): string {
  const parts = format.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  return parts
    .map(part => {
      if (part.startsWith("'")) return literal(part.slice(1, -1));
      if (!/^[A-Za-z]/.test(part)) return literal(part);
      const token = tokens[part];
      if (!token)
        throw new ContractError(
          `date format "${format}": "${part}" is none of ${Object.keys(tokens).join(', ')}`,
        );
      return token;
    })
    .join('');
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

function wallTime(found: Readonly<Record<string, string | undefined>>): WallTime | 'impossible' {
  const [year, month, day] = [+found.year!, +found.month!, +found.day!];
  const [hour, minute, second] = [+(found.hour ?? 0), +(found.minute ?? 0), +(found.second ?? 0)];
  if (!isDay(year, month, day) || !isTime(hour, minute, second)) return 'impossible';
  return { seconds: Date.UTC(year, month - 1, day, hour, minute, second), fraction: found.fraction ?? '' };
}
