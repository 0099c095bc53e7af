import { fixtureTemplates } from './fixtures/synthesised.ts';

/** Of the content of a bundle only its hash is in a template, and in the name of a version; it is of no interest here. */
const withoutHashes = (template: object): object =>
  JSON.parse(
    JSON.stringify(template)
      .replaceAll(/[0-9a-f]{64}\.zip/g, '<bundle>.zip')
      .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>'),
  );

describe('the whole app', () => {
  it('is as it was when somebody last looked', () => {
    const { platform, byRow, byFile } = fixtureTemplates({ sftp: ['dev'] });
    expect({
      platform: withoutHashes(platform.toJSON()),
      byRow: withoutHashes(byRow.toJSON()),
      byFile: withoutHashes(byFile.toJSON()),
    }).toMatchSnapshot();
  });
});
