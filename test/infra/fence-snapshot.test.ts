import { fenceContracts } from './fixtures/fences.ts';
import { fixtureApp, templatesOf } from './fixtures/synthesised.ts';

/** Of the content of a bundle only its hash is in a template, and it is of no interest here. */
const withoutHashes = (template: object): object =>
  JSON.parse(JSON.stringify(template).replaceAll(/[0-9a-f]{64}\.zip/g, '<bundle>.zip'));

describe('the stack of a webhook fence', () => {
  it('is as it was when somebody last looked', () => {
    const [, fence] = templatesOf(fixtureApp({}, fenceContracts));
    expect(withoutHashes(fence!.toJSON())).toMatchSnapshot();
  });
});
