import type { FileLane } from '../../contract/file-lane.ts';
import { stagedFacts } from '../correction/staged-row.ts';
import { isFields } from '../csv/reader.ts';
import type { FileOrigin } from './file-origin.ts';
import { type RowMaker, rowMaker } from './make-row.ts';

/**
 * Makes rows of records that are worked on again. Each is named and ordered as the row that it corrects, and stands in the line
 * where it lay in the file that is answered.
 */
export function correctionMaker(lane: FileLane, origin: FileOrigin, columnsAt: readonly number[]): RowMaker {
  const numberOf = (fields: readonly string[]): number => stagedFacts(fields).record;
  const make = rowMaker(lane, origin, { columnsAt, numberOf, compares: true });
  return (record, raw, length, at) => {
    if (!isFields(record)) return make(record, raw, length, at);
    const { line, id, refusal } = stagedFacts(record);
    const place = { ...at, line };
    return { ...make(refusal(place) ?? record, raw, length, place), corrects: id };
  };
}
