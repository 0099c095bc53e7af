import { Refusal } from '../../contract/field.ts';
import { minorUnitsOf } from './iso-4217.ts';
import { type Money, money } from './money.ts';

/**
 * An amount counted in a currency's smallest unit, such as cents. `decimals` says how many of its digits are decimals where a
 * sender counts otherwise than ISO 4217.
 * @example minorAmount(2999, 'EUR') // 29.99 EUR
 * @example minorAmount(500, 'JPY') // 500 JPY
 */
export function minorAmount(
  amount: number,
  currency: string,
  column?: string,
  decimals = minorUnitsOf(currency),
): Money | Refusal {
  if (decimals === undefined)
    return new Refusal('UNKNOWN_CODE', 'agreed form: a currency of ISO 4217', column);
  if (!Number.isSafeInteger(amount))
    return new Refusal('WRONG_FORM', 'agreed form: a whole number of the smallest unit', column);
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return money(amount < 0 ? `-${text}` : text, currency, column);
}
