/** Where progress is shown: a terminal, or a pipe. */
export type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/**
 * Gives the work a way to show one line, which each call rewrites in place, and clears the line when the work ends. Elsewhere than
 * on a terminal nothing is shown. @throws what the work throws.
 */
export async function showProgress<T>(
  work: (show: (text: string) => void) => Promise<T>,
  output: Output = process.stdout,
): Promise<T> {
  const show = (text: string) => {
    if (output.isTTY) output.write(`\r\u001b[K${text.slice(0, (output.columns || 80) - 1)}`);
  };
  try {
    return await work(show);
  } finally {
    show('');
  }
}
