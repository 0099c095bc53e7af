import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { invokeFunction } from '#cli/redeliver/invoke-function.ts';

describe('a function', () => {
  const lambda = mockClient(LambdaClient);
  const bytes = (text: string) => Object.assign(Buffer.from(text), { transformToString: () => text });
  afterEach(() => lambda.reset());

  it('is called with the order and answers with its report', async () => {
    lambda.on(InvokeCommand).resolves({ Payload: bytes('{"seen":0}') });
    expect(await invokeFunction('fn', { region: 'eu-central-1' })({ dryRun: true })).toEqual({ seen: 0 });
    const [call] = lambda.commandCalls(InvokeCommand);
    expect(call!.args[0].input).toMatchObject({
      FunctionName: 'fn',
      Payload: Buffer.from('{"dryRun":true}'),
    });
  });

  it('is not taken for done when it fails', async () => {
    lambda
      .on(InvokeCommand)
      .resolves({ FunctionError: 'Unhandled', Payload: bytes('{"errorMessage":"no such table"}') });
    await expect(invokeFunction('fn', { region: 'eu-central-1' })({})).rejects.toThrow(
      'fn failed: {"errorMessage":"no such table"}',
    );
  });
});
