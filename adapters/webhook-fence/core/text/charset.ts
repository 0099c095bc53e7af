/** The character sets in which a body can be read. */
export type Charset = 'utf-8' | 'windows-1252';
