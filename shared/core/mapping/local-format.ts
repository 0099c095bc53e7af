import { ContractError } from '../../contract/options.ts';
import { epochSeconds } from './calendar.ts';

/** A date and time as a clock on the wall shows it, as if it were UTC: epoch seconds. */
export interface WallTime {
  readonly seconds: number;
  /** Digits of the fraction of a second. */
  readonly fraction: string;
}

/** `undefined`: not in this format. `impossible`: in it, but no such day or hour. */
export type LocalFormat = (text: string) => WallTime | 'impossible' | undefined;

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction';

const tokens: Readonly<Record<string, readonly [Part, string]>> = {
  yyyy: ['year', '\\d{4}'],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  d: ['day', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  ss: ['second', '\\d{2}'],
  SSS: ['fraction', '\\d{3}'],
};

/**
 * Compiles the numeric tokens of luxon's formats (yyyy MM M dd d HH H mm ss SSS; text in 'quotes') once, because
 * parsing with luxon costs tens of microseconds a value.
 * @throws ContractError on any other token, a part given twice, and a format without year, month and day
 */
export function localFormat(format: string): LocalFormat {
  const { pattern, parts } = compile(format);
  for (const needed of ['year', 'month', 'day'] as const) {
    if (!parts.includes(needed)) throw new ContractError(`date format "${format}" has no ${needed}`);
  }
  if (new Set(parts).size < parts.length)
    throw new ContractError(`date format "${format}" gives a part twice`);
  const number = (part: Part) => {
    const group = parts.indexOf(part) + 1;
    return (found: RegExpExecArray) => (group === 0 ? 0 : Number(found[group]));
  };
  const [year, month, day] = [number('year'), number('month'), number('day')] as const;
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')] as const;
  const fraction = parts.indexOf('fraction') + 1;
  return text => {
    const found = pattern.exec(text);
    if (!found) return undefined;
    const seconds = epochSeconds(
      year(found),
      month(found),
      day(found),
      hour(found),
      minute(found),
      second(found),
    );
    if (seconds === undefined) return 'impossible';
    return { seconds, fraction: fraction === 0 ? '' : (found[fraction] ?? '') };
  };
}

function compile(format: string): { readonly pattern: RegExp; readonly parts: readonly Part[] } {
  const parts: Part[] = [];
  const pieces = format.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  const pattern = pieces.map(piece => {
    if (piece.startsWith("'")) return literal(piece.slice(1, -1));
    if (!/^[A-Za-z]/.test(piece)) return literal(piece);
    const token = tokens[piece];
    if (!token) {
      const known = Object.keys(tokens).join(', ');
      throw new ContractError(`date format "${format}": "${piece}" is none of ${known}`);
    }
    parts.push(token[0]);
    return `(${token[1]})`;
  });
  return { pattern: new RegExp(`^${pattern.join('')}$`), parts };
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
