/** What a text says as JSON, or undefined where it is none. Nothing of the text is in an error: what V8 says quotes it. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
