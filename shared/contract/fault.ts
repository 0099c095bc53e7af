import type { Kind } from './kind.ts';

/**
 * Faults are values. Each code is declared once here, with the class it is normalised to and the
 * remedy a partner or operator reads; runbooks and acknowledgements are rendered from this table.
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
  /** Kinds of integration that can meet it: their runbooks list it. */
  readonly kinds: readonly Kind[];
  /** What a fault of this code ends: a field's row, a row (delivery, change), a whole file, or the work under way. */
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

/** How a change is taken again that was put aside. */
const takesItAgain = '`npm run redeliver -- <feed> --quarantined` takes it again';

/** Gives each code of a group the kinds of integration that can meet it. */
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
    MISSING_VALUE: rejected('field', 'a required value is empty', 'Fill in the value and send it again.'),
    NOT_A_NUMBER: rejected(
      'field',
      'the value is not a number in the agreed form',
      'Write the number in the agreed form.',
    ),
    OUT_OF_RANGE: rejected('field', 'the value is outside the agreed range', 'Correct the value.'),
    NOT_A_DATE: rejected(
      'field',
      'the value is not a date or time in the agreed form',
      'Write the date in the agreed form.',
    ),
    IMPOSSIBLE_TIME: rejected(
      'field',
      'the local time does not exist or is ambiguous (clock change)',
      'Send a time that exists in that zone.',
    ),
    UNKNOWN_CODE: rejected(
      'field',
      'the code is not one of the agreed codes',
      'Use an agreed code, or have the new code added to the contract.',
    ),
    WRONG_FORM: rejected('field', 'the value does not have the agreed form', 'Correct the value.'),
    SCHEMA_VIOLATION: rejected(
      'row',
      'the mapped event does not fit its schema',
      'Correct the values named.',
    ),
    TENANT_MISMATCH: {
      scope: 'row',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the input names a tenant that this integration may not speak for',
      remedy: 'Send only what is of your own tenant, or have the tenant added to the contract.',
    },
    EVENT_TOO_LARGE: rejected(
      'row',
      'the event made of the input is larger than the bus takes',
      'Shorten the input.',
    ),
    PUBLISH_REFUSED: {
      scope: 'row',
      class: 'UNCLASSIFIED',
      meaning: 'the bus refused the event for good',
      remedy: 'An operator must look at the error named; the input can be taken again afterwards.',
    },
    MAPPING_FAILED: {
      scope: 'row',
      class: 'UNCLASSIFIED',
      meaning: 'the contract’s mapping failed on the input',
      remedy: 'The integration’s owner must correct the mapping; the input can be taken again afterwards.',
    },
  }),

  // What names a version, a delivery or a change comes again.
  ...metBy(['file-lane', 'webhook-fence', 'cdc-feed'], {
    DUPLICATE_CONFLICT: {
      scope: 'row',
      class: 'DUPLICATE_CONFLICT',
      meaning: 'the same key and version, or the same delivery, was already accepted with other content',
      remedy: 'Send a correction under a newer version or a new id.',
    },
  }),

  // A record, and the work on it. A fence has answers for these: 413 and 503.
  ...metBy(['file-lane', 'cdc-feed'], {
    RECORD_TOO_LONG: rejected('row', 'the record is longer than allowed', 'Shorten the record.'),
    ACCESS_DENIED: {
      scope: 'lane',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the function may not do what it must',
      remedy: 'Correct the role or policy named; the work goes on from where it stopped.',
    },
    BUS_UNAVAILABLE: {
      scope: 'lane',
      class: 'TECHNICAL_RETRYABLE',
      meaning: 'the bus did not take events for a while',
      remedy: 'Nothing to do: the work is retried from where it stopped. Look at the bus if it lasts.',
    },
    PUBLISH_UNKNOWN: {
      scope: 'lane',
      class: 'UNKNOWN',
      meaning: 'a publish call got no answer',
      remedy: 'Nothing to do: the same event ids are sent again.',
    },
  }),

  // A row, a file, the work of a lane.
  ...metBy(['file-lane'], {
    RAGGED_ROW: rejected(
      'row',
      'the row has more or fewer fields than the header',
      'Write one field for each column; quote fields that hold the delimiter.',
    ),
    UNCLOSED_QUOTE: rejected(
      'row',
      'a quoted field that begins on this line does not end',
      'Close the quote; double a quote that belongs to the text.',
    ),
    MISPLACED_QUOTE: rejected(
      'row',
      'a quote stands inside a field, or text follows a closing quote',
      'Quote the whole field and double the quotes inside it.',
    ),
    TOO_MANY_COLUMNS: rejected(
      'row',
      'the record has more columns than allowed',
      'Send only the agreed columns.',
    ),
    NUL_BYTE: rejected(
      'row',
      'the row holds a NUL byte',
      'Remove the NUL byte; check how the file was exported.',
    ),
    INVALID_ENCODING: rejected(
      'row',
      'the row holds bytes that the agreed encoding does not have',
      'Export the file in the agreed encoding.',
    ),
    REPEATED_HEADER: rejected(
      'row',
      'the row holds the names of the columns, not values',
      'Write the header once, in the first line. Remove it where files were joined.',
    ),
    WRONG_FILE_TYPE: rejected(
      'file',
      'the file is not CSV text but of another type, e.g. an Excel workbook or a gzip file',
      'Export the data as CSV, as agreed, and drop that file.',
    ),
    NAME_OUTSIDE_CONVENTION: rejected(
      'file',
      'the file’s name does not follow the agreed convention',
      'Rename the file as agreed and drop it again.',
    ),
    EMPTY_FILE: rejected('file', 'the file is empty', 'Drop the file again with its content.'),
    HEADER_ONLY: rejected(
      'file',
      'the file holds a header but no record',
      'Drop the file again with its records; when there are none, drop no file.',
    ),
    MISSING_COLUMN: rejected(
      'file',
      'the header lacks an agreed column',
      'Add the column, or check the delimiter and the header’s spelling.',
    ),
    DUPLICATE_COLUMN: rejected('file', 'the header names a column twice', 'Name each column once.'),
    WRONG_DELIMITER: rejected(
      'file',
      'the header is separated by another delimiter than agreed',
      'Export the file with the agreed delimiter.',
    ),
    WRONG_ENCODING: rejected(
      'file',
      'the file is not in the agreed encoding',
      'Export the file in the agreed encoding.',
    ),
    TOO_MANY_UNCLOSED_QUOTES: rejected(
      'file',
      'unclosed quotes all over the file make its rows unreadable',
      'Check how the file quotes its fields and export it again.',
    ),
    FILE_TOO_LARGE: rejected('file', 'the file is larger than allowed', 'Split the file.'),
    EXPANDS_TOO_MUCH: {
      scope: 'file',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the compressed file expands beyond what is allowed',
      remedy: 'Check the archive; send the file less compressed or split.',
    },
    BROKEN_ARCHIVE: rejected(
      'file',
      'the compressed file is truncated or corrupt',
      'Compress and send the file again, and check the transfer.',
    ),
    ARCHIVE_NOT_ONE_FILE: rejected(
      'file',
      'the archive does not hold exactly one file',
      'Send one file an archive.',
    ),
    CHECKSUM_MISMATCH: rejected(
      'file',
      'the file’s SHA-256 is not the one in its sidecar or manifest',
      'Send the file and its checksum again; the transfer may have been cut.',
    ),
    BROKEN_SIDECAR: rejected(
      'file',
      'the sidecar or manifest cannot be read',
      'Write it as the contract says and drop it again.',
    ),
    MANIFEST_MISMATCH: rejected(
      'file',
      'the file’s bytes or records are not those in the manifest or trailer',
      'Send the file again complete, with a manifest that describes it.',
    ),
    CONTROL_TOTAL_MISMATCH: rejected(
      'file',
      'a control total of the file is not the one declared',
      'Check that all rows are in the file and the total is of this file.',
    ),
    TOO_MANY_INVALID_ROWS: rejected(
      'file',
      'more rows are invalid than the contract allows, so none was published',
      'Correct the rows named and drop the whole file again.',
    ),
    MISSING_TRAILER: rejected(
      'file',
      'the agreed trailer line is missing, so the file may be cut',
      'Send the file again complete.',
    ),
    DATA_MISSING: rejected(
      'file',
      'the sidecar or manifest arrived but its data file did not',
      'Drop the data file, then its sidecar again.',
    ),
    ANNOUNCEMENT_MISSING: rejected(
      'file',
      'the data file arrived, but nothing announced it: its sidecar or manifest did not come, or is of an older version',
      'Drop the sidecar or manifest of this file; the work begins with it.',
    ),
    DECRYPTION_FAILED: {
      scope: 'file',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the file cannot be decrypted with our keys, or was changed after it was encrypted',
      remedy: 'Encrypt the file for our current public key and send it again; check the transfer.',
    },
    SIGNATURE_MISSING: {
      scope: 'file',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the file came without the signature that was agreed',
      remedy: 'Sign the file and send both again.',
    },
    SIGNATURE_INVALID: {
      scope: 'file',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'no signature of the file is valid under the partner’s keys',
      remedy: 'Sign the file as it is sent, with the key that was agreed, and send both again.',
    },
    OBJECT_GONE: rejected(
      'file',
      'the file was removed before it could be read',
      'Drop the file again and leave it in place until its acknowledgement arrives.',
    ),
    KEYS_UNUSABLE: {
      scope: 'lane',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      meaning: 'the secret with the lane’s keys cannot be used',
      remedy: 'Write the keys into the secret as the guide to PGP says; the work goes on by itself.',
    },
    CONTENT_IN_WORK: {
      scope: 'lane',
      class: 'TECHNICAL_RETRYABLE',
      meaning:
        'the same content is being worked on under another name; this file waits for what becomes of it',
      remedy: 'Nothing to do, unless the other hand-off is stuck: then mend that one first.',
    },
    WORK_FAILED: {
      scope: 'lane',
      class: 'UNCLASSIFIED',
      meaning: 'the work failed unexpectedly and is tried again from its checkpoint',
      remedy: 'Look for the error in the log of the same hand-off; redrive the DLQ when its cause is gone.',
    },
    HANDED_ON_TOO_OFTEN: {
      scope: 'lane',
      class: 'UNCLASSIFIED',
      meaning: 'a chunk was handed on more often than is plausible',
      remedy: 'Look for a record that takes too long, then redrive the DLQ.',
    },
    BOOKS_UNBALANCED: {
      scope: 'lane',
      class: 'UNCLASSIFIED',
      meaning: 'records received do not equal records with an outcome',
      remedy:
        'Do not acknowledge by hand. Compare the hand-off’s chunks in the ledger with the file; see the runbook.',
    },
  }),

  // A delivery to a webhook fence.
  ...metBy(['webhook-fence'], {
    UNREADABLE_PAYLOAD: rejected(
      'row',
      'the signed body is not JSON, or a form, that can be read without guessing',
      'Send the body as agreed: UTF-8, no doubled names, no numbers beyond 2^53.',
    ),
    INVALID_PAYLOAD: rejected(
      'row',
      'the signed body does not have the agreed shape',
      'Correct the fields named, or have the contract’s schema follow the provider’s new version.',
    ),
    UNKNOWN_DELIVERY: rejected(
      'row',
      'no rule of the contract says what a delivery of this kind means',
      'Have the kind added to the contract, as an event or to be skipped; or have the partner not send it.',
    ),
  }),

  // A change of a database, as its log delivers it.
  ...metBy(['cdc-feed'], {
    UNDECODABLE_CHANGE: rejected(
      'row',
      'the record is not a change in the form the contract declares',
      `Compare the connector’s converter and type settings with the contract. Once a contract is deployed that reads the record, ${takesItAgain}.`,
    ),
    UNKNOWN_OPERATION: rejected(
      'row',
      'the record names an operation that is not known',
      `Check the connector’s version. Once a version of ours is deployed that knows the operation, ${takesItAgain}.`,
    ),
    UNKNOWN_ENTITY: rejected(
      'row',
      'the record is of a table or collection that the contract does not name',
      'Leave the table out of the capture, or have it added to the contract by the name told.',
    ),
    UNKNOWN_COLUMN_TYPE: rejected(
      'row',
      'the type of a column is known neither from the record nor from the contract',
      'Declare the column’s type in the contract.',
    ),
    MISSING_KEY: rejected(
      'row',
      'the record does not carry the whole key of its row',
      'Give the table a primary key, or capture its key columns.',
    ),
    UNAVAILABLE_VALUE: rejected(
      'row',
      'the log does not carry the value of a column that the event needs',
      'Let the log carry whole rows (PostgreSQL: replica identity full; MongoDB: `capture.mode` change_streams_update_full), or let the contract say that the column may be left out.',
    ),
    SCHEMA_DRIFT: rejected(
      'row',
      'the row has other columns than the contract knows',
      `Add the columns to the contract, or to those that it ignores, and deploy it; then ${takesItAgain}.`,
    ),
    TABLE_TRUNCATED: rejected(
      'row',
      'a table was truncated, and no event says which rows that were',
      'Tell the consumers of the table’s events. Where they drop newer rows with the old, raise `source.epoch`, deploy, then take a new snapshot.',
    ),
    UNKNOWN_EVENT_TYPE: rejected(
      'row',
      'the outbox row is of an event type that the contract does not name',
      `Have the event type added to the contract, and that deployed; then ${takesItAgain}.`,
    ),
  }),
} as const satisfies Record<string, FaultKind>;

export type FaultCode = keyof typeof faultKinds;

/** Where in the input a fault lies. Lines, records and columns count from 1; `byteOffset` from 0. */
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
  /** What was found and what was agreed. Never holds a value of the input: faults are logged. */
  readonly detail: string;
  readonly remedy: string;
}

/** A fault of `code`; the remedy is the code's own unless a more exact one is known. */
export const fault = (code: FaultCode, at: Place, detail: string, remedy?: string): Fault => ({
  code,
  class: faultKinds[code].class,
  at,
  detail,
  remedy: remedy ?? faultKinds[code].remedy,
});
