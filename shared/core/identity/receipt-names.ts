/** Of the entries by which consumers report. Rules of the bus filter by it, and policies allow nothing else. */
export const receiptType = 'edge.receipt.v1';

const sourcePrefix = 'edge.receipts.';

/** Who reports. A consumer's policy allows this source alone, so that none can report for another. */
export const receiptSource = (consumer: string): string => sourcePrefix + consumer;

export const consumerOf = (source: string): string => source.slice(sourcePrefix.length);
