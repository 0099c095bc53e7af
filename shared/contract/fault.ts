import type { Kind } from './kind.ts';

/**
 * Faults are values. Each code is declared once here, with its class and the remedy that a partner or operator reads.
 * Runbooks and acknowledgements are rendered from this table.
 */
export type FaultClass =
  | 'BUSINESS_REJECTED'
  | 'IDEMPOTENT_SUCCESS'
  | 'DUPLICATE_CONFLICT'
  | 'UNKNOWN'
  | 'TECHNICAL_RETRYABLE'
  | 'SECURITY_CONFIGURATION_FAILURE'
  | 'UNCLASSIFIED';

interface FaultKind {
  /** The kinds of integration that can have it. Their runbooks list it. */
  readonly kinds: readonly Kind[];
  /** What the fault ends: the row of a field, a row (delivery, change), a whole file, or the current attempt. */
  readonly scope: 'field' | 'row' | 'file' | 'lane';
  readonly class: FaultClass;
  readonly meaning: string;
  readonly remedy: string;
}

const rejected = (scope: FaultKind['scope'], meaning: string, remedy: string): Omit<FaultKind, 'kinds'> => ({
  scope,
  class: 'BUSINESS_REJECTED',
  meaning,
  remedy,
});

/** The command that reprocesses a quarantined change. */
const reprocessIt = 'reprocess the change: `npm run edge -- plan resubmit <feed>`';

/** Gives each code of a group the kinds of integration that can have it. */
const metBy = <K extends string>(
  kinds: readonly Kind[],
  group: Readonly<Record<K, Omit<FaultKind, 'kinds'>>>,
): Readonly<Record<K, FaultKind>> =>
  Object.fromEntries(
    Object.entries<Omit<FaultKind, 'kinds'>>(group).map(([code, kind]) => [code, { ...kind, kinds }]),
  ) as Record<K, FaultKind>;

export const faultKinds = {
  // Of a value, or of a whole row, delivery or change.
  ...metBy(['file-lane', 'webhook-fence', 'cdc-feed'], {
    MISSING_VALUE: rejected(
      'field',
      'a required value is empty',
      'Fill in the value and send the input again.',
    ),
    NOT_A_NUMBER: rejected(
      'field',
      'the value is not a number in the agreed form',
      'Write the number in the agreed form and send the input again.',
    ),
    OUT_OF_RANGE: rejected('field', 'the value is outside the agreed range', 'Correct the value.'),
    NOT_A_DATE: rejected(
      'field',
      'the value is not a date or time in the agreed form',
      'Write the date or time in the agreed form and send the input again.',
    ),
    IMPOSSIBLE_TIME: rejected(
      'field',
      'the local time does not exist, or exists twice, because the clocks change',
      'Send a time that exists exactly once in that time zone.',
    ),
    UNKNOWN_CODE: rejected(
      'field',
      'the code is not one of the agreed codes',
      'Use an agreed code, or have the new code added to the contract.',
    ),
    WRONG_FORM: rejected('field', 'the value does not have the agreed form', 'Correct the value.'),
    SCHEMA_VIOLATION: rejected(
      'row',
      'the event made from the input does not fit its schema',
      'Correct the values that the detail names and send the input again.',
    ),
    TENANT_MISMATCH: {
      scope: 'row',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the input names a tenant that this integration may not send for',
      remedy: 'Send only data of your own tenant, or have the tenant added to the contract.',
    },
    EVENT_TOO_LARGE: rejected(
      'row',
      'the event made from the input is larger than the event bus accepts',
      'Shorten the input and send it again.',
    ),
    PUBLISH_REFUSED: {
      scope: 'row',
      class: 'UNCLASSIFIED',
      meaning: 'the event bus refused the event permanently',
      remedy: 'An operator must fix the error that the detail names. Then the input can be processed again.',
    },
    MAPPING_FAILED: {
      scope: 'row',
      class: 'UNCLASSIFIED',
      meaning: 'the mapping in the contract failed on the input',
      remedy: 'The owner of the integration must correct the mapping. Then the input can be processed again.',
    },
  }),

  // The same key and version, delivery or change comes again.
  ...metBy(['file-lane', 'webhook-fence', 'cdc-feed'], {
    DUPLICATE_CONFLICT: {
      scope: 'row',
      class: 'DUPLICATE_CONFLICT',
      meaning: 'the same key and version, or the same delivery, was already accepted with different content',
      remedy: 'Send the correction with a newer version or a new id.',
    },
  }),

  // A record, and the work on it. A fence answers 413 and 503 instead.
  ...metBy(['file-lane', 'cdc-feed'], {
    RECORD_TOO_LONG: rejected(
      'row',
      'the record is longer than allowed',
      'Shorten the record and send it again.',
    ),
    ACCESS_DENIED: {
      scope: 'lane',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the function’s role lacks a permission that it needs',
      remedy:
        'Correct the role or policy that the detail names. The work then continues from where it stopped.',
    },
    BUS_UNAVAILABLE: {
      scope: 'lane',
      class: 'TECHNICAL_RETRYABLE',
      meaning: 'the event bus did not accept events for a while',
      remedy:
        'Do nothing at first: the work is retried from where it stopped. If it continues, check the event bus.',
    },
    PUBLISH_UNKNOWN: {
      scope: 'lane',
      class: 'UNKNOWN',
      meaning: 'a call to the event bus got no answer',
      remedy: 'Do nothing: the events are sent again with the same ids.',
    },
  }),

  // A row, a file, the work of a lane.
  ...metBy(['file-lane'], {
    RAGGED_ROW: rejected(
      'row',
      'the row has more or fewer fields than the header',
      'Write one field for each column. Quote fields that contain the delimiter.',
    ),
    UNCLOSED_QUOTE: rejected(
      'row',
      'a quoted field begins on this line and never ends',
      'Close the quote. Double each quote that belongs to the text.',
    ),
    MISPLACED_QUOTE: rejected(
      'row',
      'a quote is inside an unquoted field, or text follows a closing quote',
      'Quote the whole field and double each quote inside it.',
    ),
    TOO_MANY_COLUMNS: rejected(
      'row',
      'the record has more columns than allowed',
      'Send only the agreed columns.',
    ),
    NUL_BYTE: rejected(
      'row',
      'the row contains a NUL byte',
      'Remove the NUL byte and check how the file was exported.',
    ),
    INVALID_ENCODING: rejected(
      'row',
      'the row contains bytes that are not valid in the agreed encoding',
      'Export the file in the agreed encoding.',
    ),
    REPEATED_HEADER: rejected(
      'row',
      'the row holds the names of the columns, not values',
      'Write the header once, in the first line. Remove it where files were joined.',
    ),
    ROW_NOT_REJECTED: rejected(
      'row',
      'the row in a file of corrections corrects no rejected row',
      'Leave fault_id as it is in the `.rejected.csv`, and put rows of one file into one file of corrections. Send new rows in a new file under `in/`.',
    ),
    ROW_CORRECTED_BEFORE: {
      scope: 'row',
      class: 'DUPLICATE_CONFLICT',
      meaning: 'the rejected row was corrected and published before, with other values',
      remedy:
        'If the new values are right, send the row in a new file under `in/`. Otherwise remove the row from the file.',
    },
    CELL_REWRITTEN: rejected(
      'field',
      'a spreadsheet rewrote a value, and what it was is not certain',
      'Write the value as it should be, with the column formatted as text, or correct the file in a text editor. Then drop it under `fixed/` again.',
    ),
    NOTHING_TO_CORRECT: rejected(
      'file',
      'the file of corrections belongs to no file of which single rows can be corrected',
      'Correct the `.rejected.csv` next to the answer, keep its column fault_id, and drop it under `fixed/`. If a file was rejected as a whole, correct it and send it under `in/` again.',
    ),
    WRONG_FILE_TYPE: rejected(
      'file',
      'the file is not CSV text but of another type, e.g. an Excel workbook or a gzip file',
      'Export the data as CSV, as agreed, and drop that file.',
    ),
    NAME_OUTSIDE_CONVENTION: rejected(
      'file',
      'the file’s name does not follow the agreed convention',
      'Rename the file as agreed and send it again.',
    ),
    EMPTY_FILE: rejected('file', 'the file is empty', 'Send the file again with its content.'),
    HEADER_ONLY: rejected(
      'file',
      'the file contains a header but no record',
      'Send the file again with its records. If there are no records, send no file.',
    ),
    CORRECTION_AS_NEW_FILE: rejected(
      'file',
      'the file is a file of rejected rows, and was dropped as a new file',
      'Drop it in the folder `fixed/`. Only its rows are read there, and none is published twice.',
    ),
    MISSING_COLUMN: rejected(
      'file',
      'the header lacks an agreed column',
      'Add the column, or check the delimiter and the spelling of the header.',
    ),
    DUPLICATE_COLUMN: rejected('file', 'the header names a column twice', 'Name each column once.'),
    WRONG_DELIMITER: rejected(
      'file',
      'the header uses a different delimiter than agreed',
      'Export the file with the agreed delimiter.',
    ),
    WRONG_ENCODING: rejected(
      'file',
      'the file is not in the agreed encoding',
      'Export the file in the agreed encoding.',
    ),
    TOO_MANY_UNCLOSED_QUOTES: rejected(
      'file',
      'so many quotes are not closed that the rows cannot be read',
      'Check how the file quotes its fields and export it again.',
    ),
    FILE_TOO_LARGE: rejected('file', 'the file is larger than allowed', 'Split the file and send the parts.'),
    EXPANDS_TOO_MUCH: {
      scope: 'file',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the file expands to more than is allowed',
      remedy: 'Check the archive. Send the file with less compression, or split it.',
    },
    BROKEN_ARCHIVE: rejected(
      'file',
      'the compressed file is truncated or corrupt',
      'Compress the file again, send it again, and check the transfer.',
    ),
    ARCHIVE_NOT_ONE_FILE: rejected(
      'file',
      'the archive does not contain exactly one file',
      'Put exactly one file into each archive.',
    ),
    CHECKSUM_MISMATCH: rejected(
      'file',
      'the file’s SHA-256 differs from the one in its sidecar or manifest',
      'Send the file and its checksum again. The transfer may have been cut off.',
    ),
    BROKEN_SIDECAR: rejected(
      'file',
      'the sidecar or manifest cannot be read',
      'Write it in the agreed form and send it again.',
    ),
    MANIFEST_MISMATCH: rejected(
      'file',
      'the file’s number of bytes or records differs from the one in its manifest or trailer',
      'Send the complete file again, with a manifest or trailer that matches it.',
    ),
    CONTROL_TOTAL_MISMATCH: rejected(
      'file',
      'a control total of the file differs from the declared one',
      'Check that the file contains all rows and that the total belongs to this file. Then send both again.',
    ),
    TOO_MANY_INVALID_ROWS: rejected(
      'file',
      'more rows are invalid than the contract allows, so none was published',
      'Correct the rows that the answer names and send the whole file again.',
    ),
    PROCESSED_BEFORE: {
      scope: 'file',
      class: 'IDEMPOTENT_SUCCESS',
      meaning: 'the same rows were processed before, so nothing was published again',
      remedy: 'Do nothing. If rows changed, send the file with the changes.',
    },
    NO_VALID_ROW: rejected(
      'file',
      'no row of the file could be accepted, so nothing was published',
      'Correct the rows that the answer names and send them again.',
    ),
    MISSING_TRAILER: rejected(
      'file',
      'the agreed trailer line is missing, so the file may be cut off',
      'Send the complete file again.',
    ),
    DATA_MISSING: rejected(
      'file',
      'the sidecar, manifest or signature arrived, but its data file did not',
      'Send the data file, then its sidecar, manifest or signature again.',
    ),
    ANNOUNCEMENT_MISSING: rejected(
      'file',
      'the data file arrived, but its sidecar or manifest did not, or belongs to an older version',
      'Send the sidecar or manifest of this file. The work starts when it arrives.',
    ),
    DECRYPTION_FAILED: {
      scope: 'file',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the file cannot be decrypted with our keys, or was changed after encryption',
      remedy: 'Encrypt the file with our current public key, send it again, and check the transfer.',
    },
    SIGNATURE_MISSING: {
      scope: 'file',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the agreed signature of the file is missing',
      remedy: 'Sign the file and send the file and its signature again.',
    },
    SIGNATURE_INVALID: {
      scope: 'file',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'no signature of the file is valid for the partner’s keys',
      remedy:
        'Sign exactly the file that you send, with the agreed key. Send the file and its signature again.',
    },
    OBJECT_GONE: rejected(
      'file',
      'the file was removed before it could be read',
      'Send the file again and leave it in place until its acknowledgement arrives.',
    ),
    KEYS_UNUSABLE: {
      scope: 'lane',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the secret does not contain usable keys for this lane',
      remedy:
        'Write the keys into the secret as `docs/guides/pgp-files.md` says. The work then continues by itself.',
    },
    CONTENT_IN_WORK: {
      scope: 'lane',
      class: 'TECHNICAL_RETRYABLE',
      meaning: 'the same content is in work under another name; this file waits for the result',
      remedy: 'Do nothing, unless the other hand-off is stuck. In that case fix the other one first.',
    },
    HANDED_ON_TOO_OFTEN: {
      scope: 'lane',
      class: 'UNCLASSIFIED',
      meaning: 'a chunk needed more invocations than is plausible',
      remedy: 'Find the record that takes too long and fix the cause. Then redrive the dead-letter queue.',
    },
    BOOKS_UNBALANCED: {
      scope: 'lane',
      class: 'UNCLASSIFIED',
      meaning: 'the number of records received differs from the number of records with an outcome',
      remedy:
        'Do not acknowledge the file by hand. Compare the chunks of the hand-off in the ledger with the file, as the runbook says.',
    },
  }),

  // A message of a lane's queue or of a fence's spill queue.
  ...metBy(['file-lane', 'webhook-fence'], {
    MESSAGE_UNREADABLE: {
      scope: 'lane',
      class: 'UNCLASSIFIED',
      meaning: 'the queue received a message that this release cannot read',
      remedy:
        'Find out who sent it. If a newer release did, deploy that release and redrive the dead-letter queue. Otherwise delete the message.',
    },
    WAITED_TOO_LONG: {
      scope: 'lane',
      class: 'TECHNICAL_RETRYABLE',
      meaning: 'the work waited for other work on the same file or delivery until its attempts were used up',
      remedy:
        'Find the other work by the correlation id, and fix what stops it. Then redrive the dead-letter queue.',
    },
    WORK_FAILED: {
      scope: 'lane',
      class: 'UNCLASSIFIED',
      meaning: 'the work failed with an unexpected error and is retried from where it stopped',
      remedy:
        'Find the error in the log by the correlation id and fix its cause. Then redrive the dead-letter queue.',
    },
  }),

  // A delivery to a webhook fence.
  ...metBy(['webhook-fence'], {
    UNREADABLE_PAYLOAD: rejected(
      'row',
      'the signed body is not JSON, or a form, that can be read without guessing',
      'Send the body in the agreed form: UTF-8, each name once.',
    ),
    INVALID_PAYLOAD: rejected(
      'row',
      'the signed body does not have the agreed shape',
      'Correct the fields that the detail names, or have the schema in the contract updated to the provider’s new version.',
    ),
    UNKNOWN_DELIVERY: rejected(
      'row',
      'the contract has no rule for a delivery of this type',
      'Add the type to the contract, as an event or as skipped, or stop sending it.',
    ),
  }),

  // A change of a database, as its log delivers it.
  ...metBy(['cdc-feed'], {
    UNDECODABLE_CHANGE: rejected(
      'row',
      'the record is not a change in the form that the contract declares',
      `Compare the connector’s converter and type settings with the contract. If the contract is wrong, correct and deploy it, then ${reprocessIt}.`,
    ),
    UNKNOWN_OPERATION: rejected(
      'row',
      'the record names an unknown operation',
      `Check the connector’s version. Deploy a version of this suite that knows the operation, then ${reprocessIt}.`,
    ),
    UNKNOWN_ENTITY: rejected(
      'row',
      'the record belongs to a table or collection that the contract does not name',
      'Stop capturing the table, or add it to the contract under the name that the detail gives.',
    ),
    UNKNOWN_COLUMN_TYPE: rejected(
      'row',
      'neither the record nor the contract gives the type of a column',
      'Declare the column’s type in the contract.',
    ),
    MISSING_KEY: rejected(
      'row',
      'the record does not contain the whole key of its row',
      'Give the table a primary key, or capture its key columns.',
    ),
    UNAVAILABLE_VALUE: rejected(
      'row',
      'the log does not contain the value of a column that the event needs',
      'Configure the log to contain whole rows (PostgreSQL: replica identity full; MongoDB: `capture.mode` change_streams_update_full), or declare in the contract that the column may be left out.',
    ),
    SCHEMA_DRIFT: rejected(
      'row',
      'the columns of the row differ from those in the contract',
      `Add the columns to the contract, or to its ignored columns, and deploy it. Then ${reprocessIt}.`,
    ),
    POSITION_FELL: {
      scope: 'lane',
      class: 'UNCLASSIFIED',
      meaning:
        'a new change has a position in the log that is below positions seen before, so consumers would take it for an old one',
      remedy:
        'Find out whether the database failed over, was restored or reset its log. Then raise `source.epoch` in the contract and deploy it. The feed continues at this change.',
    },
    SETTINGS_DIFFER: rejected(
      'row',
      'the probe row is read as other values than the contract says, so the connector is set otherwise',
      'Compare the connector’s settings with the guide “Connect a database”, and the types of the columns with the contract. Until then, events may have wrong values of these columns.',
    ),
    TABLE_TRUNCATED: rejected(
      'row',
      'a table was truncated, and the log does not name the removed rows',
      'Tell the consumers of the table’s events. If they must drop all old rows, raise `source.epoch`, deploy, then take a new snapshot.',
    ),
    UNKNOWN_EVENT_TYPE: rejected(
      'row',
      'the outbox row has an event type that the contract does not name',
      `Add the event type to the contract and deploy it. Then ${reprocessIt}.`,
    ),
  }),
} as const satisfies Record<string, FaultKind>;

export type FaultCode = keyof typeof faultKinds;

/** Where in the input the fault is. Lines, records and columns count from 1; `byteOffset` from 0. */
export interface Place {
  readonly line?: number;
  readonly record?: number;
  readonly byteOffset?: number;
  readonly column?: string;
}

export interface Fault {
  readonly code: FaultCode;
  readonly class: FaultClass;
  readonly at: Place;
  /** What was found and what was agreed. Never contains a value of the input, because faults are logged. */
  readonly detail: string;
  readonly remedy: string;
}

/** Every fault that `fault` made. Data of an event can have any property, so a look at the properties could be fooled. */
const made = new WeakSet<object>();

/** A fault of `code`; the remedy is the code's own unless a more exact one is known. */
export function fault(code: FaultCode, at: Place, detail: string, remedy?: string): Fault {
  const { class: faultClass, remedy: usual } = faultKinds[code];
  const created: Fault = { code, class: faultClass, at, detail, remedy: remedy ?? usual };
  made.add(created);
  return created;
}

/** Tells a fault from any other answer. True only of what `fault` made in this process: not of a copy, or of one read back. */
export const isFault = (answer: unknown): answer is Fault =>
  typeof answer === 'object' && answer !== null && made.has(answer);
