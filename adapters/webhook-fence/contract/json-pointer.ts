/** RFC 6901, to a part of a document: not the empty pointer. */
export const isJsonPointer = (text: string): boolean => /^(?:\/(?:[^~/]|~[01])+)+$/.test(text);
