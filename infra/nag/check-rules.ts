import { type App, Aspects, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import type { Stage } from '../stage.ts';
import { suppress } from '../suppress.ts';
import { nistExceptions } from './nist-exceptions.ts';

const pack = 'NIST.800.53.R5';

/**
 * Holds the app to the rules of AwsSolutions, except where a resource says why not, and of NIST 800-53 R5, except where `nistExceptions`
 * does.
 */
export function checkRules(app: App, stage: Stage): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
  Aspects.of(app).add({
    visit: resource => {
      for (const { rule, reason } of nistExceptions) {
        const text = reason(resource, stage);
        if (text !== undefined) suppress(resource, `${pack}-${rule}`, text);
      }
    },
  });
}
