import Sequencer from '@jest/test-sequencer';

/** Suites that start a cloud first: they are the longest, and others run while they wait. */
export default class CloudsFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isCloud = ({ path }) => path.includes('/test/e2e/');
    return [...sorted.filter(isCloud), ...sorted.filter(test => !isCloud(test))];
  }
}
