import { isFault } from '#shared/contract/fault.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { matchDataName } from '../core/file/data-name.ts';
import { isPeriod, namePartsOf } from '../core/file/name-pattern.ts';

/** Periods of simulated files begin here, long before those of real ones, and take about a hundred years. */
const firstYear = 1900;
const periods = 1_200;

/** A name by the lane's convention. A higher number has a later period; there are `periods` of them. */
export function simulatedName({ name }: Pick<FileLane['delivery'], 'name'>, number: number): string {
  const date = new Date(Date.UTC(firstYear, number % periods));
  return namePartsOf(name)
    .map(part => {
      if (part.placeholder === undefined) return part.text;
      return isPeriod(part) ? written(date, part.placeholder) : String(number);
    })
    .join('');
}

/** `form`: such as `yyyy-MM-dd`. */
function written(date: Date, form: string): string {
  const [yyyy = '', MM = '', dd = '', HH = '', mm = '', ss = ''] = date.toISOString().split(/\D/);
  const parts: Readonly<Record<string, string>> = { yyyy, MM, dd, HH, mm, ss };
  return form.replace(/yyyy|MM|dd|HH|mm|ss/g, part => parts[part] ?? '');
}

/** A name by no convention of the lane. */
export function misnamed(delivery: FileLane['delivery'], number: number): string {
  const names = [`simulated-${number}.dat`, `~~simulated-${number}~~.dat`];
  const name = names.find(each => isFault(matchDataName(delivery, each)));
  if (name === undefined) throw new Error(`${delivery.name} fits every name`);
  return name;
}
