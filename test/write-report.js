import { writeFileSync } from 'node:fs';

/** A jest reporter that leaves the counts where JEST_REPORT says, for `.ci/run`. */
export default class WriteReport {
  onRunComplete(_, results) {
    if (!process.env.JEST_REPORT) return;
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = results;
    writeFileSync(
      process.env.JEST_REPORT,
      JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }),
    );
  }
}
