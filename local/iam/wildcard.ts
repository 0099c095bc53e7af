/** Whether a policy's pattern, with `*` for any text and `?` for any one character, is all of `text`. */
export const matchesPattern = (pattern: string, text: string): boolean => {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${source}$`, 'u').test(text);
};

/** Actions are compared whatever their case. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesPattern(pattern.toLowerCase(), action.toLowerCase());
