/*
 * The Gregorian calendar, also before it was introduced and without a year's limit: databases reach from 4713 BC to the year
 * 5,874,897, beyond what a Date can hold on one side.
 */

/** Days of 400 years, after which the calendar repeats itself. */
const daysPerEra = 146_097;
/** From 0000-03-01 to 1970-01-01. Years are counted from March, so that the leap day is their last. */
const daysToEpoch = 719_468;

/** Days from 1970-01-01 to a day that exists. Year 0 is 1 BC, as in ISO 8601. */
export function daysOf(year: number, month: number, day: number): number {
  const fromMarch = month > 2 ? year : year - 1;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - daysToEpoch;
}

/** The ISO date of so many days since 1970-01-01; outside the years 0 to 9999 with a sign and at least six digits. */
export function dayText(days: number): string {
  const fromMarch = days + daysToEpoch;
  const era = Math.floor(fromMarch / daysPerEra);
  const dayOfEra = fromMarch - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fifth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fifth + 2) / 5) + 1;
  const month = fifth < 10 ? fifth + 3 : fifth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${yearText(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export const yearText = (year: number): string =>
  year >= 0 && year <= 9_999
    ? String(year).padStart(4, '0')
    : `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
