import { createHash } from 'node:crypto';

/** Hash keys are 128 bits. */
export const hashKeys = 2n ** 128n;

/** Where a partition key lies: its MD5, as a number. */
export const hashKeyOf = (partitionKey: string): bigint =>
  BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
