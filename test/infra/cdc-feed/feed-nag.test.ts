import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feedContracts } from '../fixtures/feeds.ts';
import { fixtureApp } from '../fixtures/synthesised.ts';

describe('the AwsSolutions rules', () => {
  it.each([{}, { stage: 'prod' }])('are kept by feeds of every kind of stream, with %j', context => {
    const app = fixtureApp(context, feedContracts);
    expect(() => app.synth()).not.toThrow();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });
});
