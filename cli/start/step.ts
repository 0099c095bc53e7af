import pc from 'picocolors';

/** Where steps are shown: a terminal, or a pipe. */
type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/**
 * Shows one line for one step: on a terminal the line is rewritten in place until the step is done, elsewhere it is written once.
 * `tell` changes the end of the line. @throws what the work throws.
 */
export async function showStep<T>(
  title: string,
  work: (tell: (progress: string) => void) => Promise<T>,
  output: Output = process.stdout,
): Promise<T> {
  const begun = Date.now();
  const show = (text: string) => {
    if (output.isTTY) output.write(`\r\u001b[K${text.slice(0, (output.columns || 80) - 1)}`);
  };
  const end = (mark: string) => {
    show('');
    output.write(`${mark} ${title} ${pc.dim(`(${((Date.now() - begun) / 1_000).toFixed(1)} s)`)}\n`);
  };
  show(`  ${title} ...`);
  try {
    const result = await work(progress => show(`  ${title}: ${progress}`));
    end(pc.green('✓'));
    return result;
  } catch (problem) {
    end(pc.red('✗'));
    throw problem;
  }
}
