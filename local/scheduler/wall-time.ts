import type { IANAZone } from 'luxon';

const dayMilliseconds = 86_400_000;

/** The first instant at which clocks of the zone show a time, in milliseconds; undefined when they skip it. */
export function instantOf(wall: number, zone: IANAZone): number | undefined {
  const offsets = [wall - dayMilliseconds, wall + dayMilliseconds].map(near => zone.offset(near));
  const instants = offsets.map(minutes => wall - minutes * 60_000);
  const shown = instants.filter(instant => instant + zone.offset(instant) * 60_000 === wall);
  return shown.length > 0 ? Math.min(...shown) : undefined;
}
