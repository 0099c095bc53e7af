import pc from 'picocolors';
import { type Output, showProgress } from '../show-progress.ts';

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
  const end = (mark: string) =>
    output.write(`${mark} ${title} ${pc.dim(`(${((Date.now() - begun) / 1_000).toFixed(1)} s)`)}\n`);
  try {
    const result = await showProgress(show => {
      show(`  ${title} ...`);
      return work(progress => show(`  ${title}: ${progress}`));
    }, output);
    end(pc.green('✓'));
    return result;
  } catch (problem) {
    end(pc.red('✗'));
    throw problem;
  }
}
