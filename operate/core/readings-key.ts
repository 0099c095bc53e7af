/** Begins the keys of readings in the operators' table. */
export const readingsPrefix = 'reading#';
