import { contextFrom } from '#infra/command-line.ts';

describe('the command line of synth', () => {
  it('takes context as the CDK does', () => {
    expect(contextFrom(['-c', 'stage=prod', '--context', 'colour=red', '-c', 'note=a=b'])).toEqual({
      stage: 'prod',
      colour: 'red',
      note: 'a=b',
    });
    expect(contextFrom([])).toEqual({});
  });

  it('refuses what it does not know', () => {
    expect(() => contextFrom(['-c', 'prod'])).toThrow('-c prod: write name=value');
    expect(() => contextFrom(['--stage', 'prod'])).toThrow("Unknown option '--stage'");
  });
});
