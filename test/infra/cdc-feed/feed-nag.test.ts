import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRules } from '#infra/nag/check-rules.ts';
import { stageOf } from '#infra/stage.ts';
import { feedContracts } from '../fixtures/feeds.ts';
import { fixtureApp } from '../fixtures/synthesised.ts';

describe('the rules of AwsSolutions and of NIST 800-53', () => {
  it.each([{}, { stage: 'prod' }])('are kept by feeds of every kind of stream, with %j', context => {
    const app = fixtureApp(context, feedContracts);
    checkRules(app, stageOf(app, {}));
    expect(() => app.synth()).not.toThrow();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });
});
