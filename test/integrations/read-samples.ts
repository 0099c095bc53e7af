import { SamplesProblem } from '#cli/demo/samples-problem.ts';

/** The samples, or what is wrong with them: a value, so that the tests of other integrations run. */
export function readSamples<T>(samplesOf: (id: string) => T, id: string): T | SamplesProblem {
  try {
    return samplesOf(id);
  } catch (problem) {
    if (problem instanceof SamplesProblem) return problem;
    throw problem;
  }
}
