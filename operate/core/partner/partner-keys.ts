/** The partition of links in the operators' table. */
export const partnerLinksKey = 'partner-links';

/** Begins the keys of what was uploaded by a link. */
export const partnerUsesPrefix = 'partner-use#';

/** Begins both, and no other key of that table. */
export const partnerPrefix = 'partner-';
