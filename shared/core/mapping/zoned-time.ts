import { IANAZone } from 'luxon';
import { type Field, Refusal } from '../../contract/field.ts';
import { ContractError } from '../../contract/options.ts';
import { choice, type Shape, words } from '../../contract/shape.ts';
import { daySeconds } from './calendar.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { localFormat } from './local-format.ts';
import { checkReaderOptions } from './reader-options.ts';
import { utcText } from './utc-text.ts';

export interface ZonedTimeOptions extends FieldOptions {
  /** Luxon's numeric tokens, e.g. `dd.MM.yyyy HH:mm`. */
  readonly format: string;
  /** IANA zone, e.g. `Europe/Berlin`. */
  readonly zone: string;
  /** Which of the two instants a local time means in the hour that is repeated when clocks go back. */
  readonly ambiguous: 'earlier' | 'later' | 'refuse';
}

const shape: Shape = { format: words, zone: words, ambiguous: choice('earlier', 'later', 'refuse') };

/** A local time of the partner's zone, as UTC text. Local times that clocks skip are refused (IMPOSSIBLE_TIME). */
export function zonedTime(options: ZonedTimeOptions): Field<string> {
  checkReaderOptions('zonedTime', options, shape);
  const { format, zone, ambiguous, aliases } = options;
  if (!IANAZone.isValidZone(zone)) throw new ContractError(`zonedTime: "${zone}" is not an IANA time zone`);
  const form = `a local time of ${zone} like ${format}`;
  const parse = localFormat(format);
  const offsetsOf = offsetFinder(IANAZone.create(zone));
  const notATime = new Refusal('NOT_A_DATE', `agreed form: ${form}`);
  const noSuchDay = new Refusal('NOT_A_DATE', 'there is no such day or hour');
  const skipped = new Refusal('IMPOSSIBLE_TIME', `clocks in ${zone} skip this time`);
  const repeated = new Refusal('IMPOSSIBLE_TIME', `clocks in ${zone} show this time twice`);
  const read = (raw: string) => {
    const wall = parse(raw.trim());
    if (wall === undefined) return notATime;
    if (wall === 'impossible') return noSuchDay;
    const offsets = offsetsOf(wall.seconds);
    const [earlier, later = earlier] = offsets;
    if (earlier === undefined || later === undefined) return skipped;
    if (offsets.length > 1 && ambiguous === 'refuse') return repeated;
    const ahead = ambiguous === 'later' ? later : earlier;
    return utcText(wall.seconds - ahead * 60, wall.fraction) ?? noSuchDay;
  };
  return defineField({ form, read, type: 'time', aliases });
}

const quarterHour = 900;
/** Quarter hours remembered for one zone; about a year of distinct times. Beyond it memory is started afresh. */
const rememberedMax = 35_000;

/**
 * Finds the offsets (minutes ahead of UTC) under which a wall time exists: none in a gap, two when it is repeated, the
 * earlier instant first. Remembered by quarter hour, for zones change at quarter hours and a look-up costs microseconds.
 */
function offsetFinder(zone: IANAZone): (wall: number) => readonly number[] {
  const remembered = new Map<number, readonly number[]>();
  return wall => {
    const slot = Math.floor(wall / quarterHour);
    const known = remembered.get(slot);
    if (known) return known;
    if (remembered.size >= rememberedMax) remembered.clear();
    const found = offsetsAt(zone, slot * quarterHour);
    remembered.set(slot, found);
    return found;
  };
}

function offsetsAt(zone: IANAZone, wall: number): readonly number[] {
  const offsetAt = (seconds: number) => zone.offset(seconds * 1000);
  const around = new Set([offsetAt(wall - daySeconds), offsetAt(wall + daySeconds)]);
  return [...around].filter(ahead => offsetAt(wall - ahead * 60) === ahead).sort((a, b) => b - a);
}
