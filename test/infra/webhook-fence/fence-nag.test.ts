import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fenceContracts } from '../fixtures/fences.ts';
import { fixtureApp } from '../fixtures/synthesised.ts';

describe('the AwsSolutions rules', () => {
  it.each([{}, { stage: 'prod' }])('are kept by webhook fences with %j', context => {
    const app = fixtureApp(context, fenceContracts);
    app.synth();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });
});
