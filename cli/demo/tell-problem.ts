import { SamplesProblem } from './samples-problem.ts';

/** What was handed in has no outcome yet, and nobody waits any longer; the message says what. */
export class Unsettled extends Error {
  override readonly name = 'Unsettled';
}

/** Does an integration's work; what is wrong with its samples, or never settled, is told instead, so that the others go on. */
export const tellProblem = (work: Promise<unknown>, tell: (problem: string) => void): Promise<unknown> =>
  work.catch(error => {
    if (!(error instanceof SamplesProblem || error instanceof Unsettled)) throw error;
    tell(error.message);
  });
