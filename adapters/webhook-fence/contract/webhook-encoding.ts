/** How a signature is written. Compared as text: `hex` is lower case, base64 is canonical with its padding. */
export const signatureEncodings = ['hex', 'hex-upper', 'base64', 'base64url'] as const;

export type SignatureEncoding = (typeof signatureEncodings)[number];
