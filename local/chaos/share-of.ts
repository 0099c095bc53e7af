import { hash } from 'node:crypto';

/** A number from 0 to below 1 that a text decides alone. */
export const shareOf = (text: string): number =>
  Number.parseInt(hash('sha256', text, 'hex').slice(0, 12), 16) / 0x1_0000_0000_0000;
