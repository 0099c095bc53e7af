import * as z from 'zod';
import { about, eventShape, tallyShape } from './sample-shapes.ts';

/** A quarantined row with its first fault; without a column where the fault is of the whole row. */
const rowShape = z.strictObject({ line: z.int().min(1), column: z.string().optional(), code: z.string() });

const outcomeShape = z
  .strictObject({
    file: z.string(),
    state: z.enum(['complete', 'partial', 'rejected', 'duplicate']),
    tally: tallyShape,
    /** Of the file as a whole. */
    fault: z.string().optional(),
    /** Default: none. */
    rows: z.array(rowShape).optional(),
  })
  .check(({ value, issues }) => {
    const { tally, rows = [] } = value;
    if (rows.length === tally.quarantined) return;
    const message = `${tally.quarantined} are quarantined, but ${rows.length} listed with line and code`;
    issues.push({ code: 'custom', input: value, path: ['rows'], message });
  });

/** What a sample's file should come to. */
export type ExpectedOutcome = z.infer<typeof outcomeShape>;

const correctionShape = z.strictObject({
  /** The file whose rejected rows are corrected. */
  of: z.string(),
  /** By the row's line in that file. Rows without one are left out. */
  cells: z.array(z.strictObject({ line: z.int().min(1), column: z.string(), value: z.string() })).min(1),
  /** Of the corrected file. */
  outcome: outcomeShape,
  events: z.array(eventShape),
});

/** Rejected rows that are corrected and dropped under `fixed/`, after the files of the sample. */
export type Correction = z.infer<typeof correctionShape>;

/** Whether it goes with a file: the file itself, or one that is named after it, such as its `.sha256`. */
export const belongsTo = (drop: string, file: string): boolean =>
  drop === file || drop.startsWith(`${file}.`);

/** `expected.json` of a lane's sample: what is dropped, in this order, and what becomes of it. */
export const fileSampleShape = z
  .strictObject({
    about,
    drops: z.array(z.string()).min(1),
    outcomes: z.array(outcomeShape),
    events: z.array(eventShape),
    /** Default: none. */
    corrections: z.array(correctionShape).optional(),
  })
  .check(({ value: { drops, outcomes }, issues }) => {
    for (const { file } of outcomes.filter(outcome => !drops.includes(outcome.file)))
      issues.push({
        code: 'custom',
        input: drops,
        path: ['drops'],
        message: `${file} has an outcome, but is not dropped`,
      });
    for (const drop of drops.filter(one => !outcomes.some(({ file }) => belongsTo(one, file))))
      issues.push({
        code: 'custom',
        input: outcomes,
        path: ['outcomes'],
        message: `${drop} is dropped, but has no outcome`,
      });
  });
