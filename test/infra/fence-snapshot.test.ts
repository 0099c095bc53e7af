import { fenceContracts } from './fixtures/fences.ts';
import { fixtureApp, templatesOf } from './fixtures/synthesised.ts';

/** Of the content of a bundle only its hash is in a template, and in the name of a version; it is of no interest here. */
const withoutHashes = (template: object): object =>
  JSON.parse(
    JSON.stringify(template)
      .replaceAll(/[0-9a-f]{64}\.zip/g, '<bundle>.zip')
      .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>'),
  );

describe('the stack of a webhook fence', () => {
  it('is as it was when somebody last looked', () => {
    const [, fence] = templatesOf(fixtureApp({}, fenceContracts));
    expect(withoutHashes(fence!.toJSON())).toMatchSnapshot();
  });
});
