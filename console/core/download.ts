/** A file that the viewer chose. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), character => character.charCodeAt(0));

/** Saves a file from the page. `parts`: in base64, one after the other. */
export function download({
  name,
  parts,
}: {
  readonly name: string;
  readonly parts: readonly string[];
}): void {
  const url = URL.createObjectURL(new Blob(parts.map(bytesOf), { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
