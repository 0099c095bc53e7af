/**
 * An attribute of a line of the bus log. A line is not read as JSON: there are millions. Quotes within a text are escaped there, so that a
 * name in quotes is an attribute's. Attributes stand before the event's data.
 */
export function attributeIn(line: string, name: string): string | undefined {
  const before = `"${name}":"`;
  const start = line.indexOf(before);
  if (start === -1) return undefined;
  const from = start + before.length;
  const text = line.slice(from, endOfText(line, from));
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}

/** Where the quote stands that ends a text. */
function endOfText(line: string, from: number): number {
  for (let end = line.indexOf('"', from); end !== -1; end = line.indexOf('"', end + 1)) {
    let slashes = 0;
    while (line[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return line.length;
}
