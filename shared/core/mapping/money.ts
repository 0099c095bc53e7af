import { Refusal } from '../../contract/field.ts';
import { minorUnitsOf } from './iso-4217.ts';

export interface Money {
  /** Decimal text with exactly the currency's minor units, e.g. `12.50` EUR, `12` JPY. */
  readonly amount: string;
  readonly currency: string;
}

/**
 * A canonical decimal (as `decimal()` reads it) in a currency: padded to its minor units, and refused when it has
 * more decimals than the currency, unless those are zeros. Nothing is rounded.
 */
export function money(amount: string, currency: string, column?: string): Money | Refusal {
  const units = minorUnitsOf(currency);
  if (units === undefined) return new Refusal('UNKNOWN_CODE', 'agreed form: a currency of ISO 4217', column);
  const point = amount.indexOf('.');
  const whole = point < 0 ? amount : amount.slice(0, point);
  const fraction = point < 0 ? '' : amount.slice(point + 1);
  if (!onlyZeros(fraction, units)) {
    return new Refusal('WRONG_FORM', `an amount of ${currency} has at most ${units} decimals`, column);
  }
  const kept = fraction.slice(0, units).padEnd(units, '0');
  return { amount: units === 0 ? whole : `${whole}.${kept}`, currency };
}

const onlyZeros = (digits: string, from: number): boolean => {
  for (let i = from; i < digits.length; i++) if (digits.charCodeAt(i) !== 48) return false;
  return true;
};
