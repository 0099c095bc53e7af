/** A part of a text keeps the whole text in memory; its copy does not. */
export const ownCopy = (id: string): string => Buffer.from(id, 'latin1').toString('latin1');
