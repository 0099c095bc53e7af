import { EventBridgeServiceException } from '@aws-sdk/client-eventbridge';
import * as fc from 'fast-check';
import * as z from 'zod';
import { describeError } from '#shared/core/log/describe-error.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import { safeFields } from '#shared/core/log/log-fields.ts';

const personal = 'lena.vogel@example.com';

const thrownBy = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('an error in a log line', () => {
  it.each([
    ['a parser', () => JSON.parse(`{"email": ${personal}`)],
    ['a schema', () => z.object({ email: z.literal('x') }).parse({ email: personal, [personal]: 1 })],
    [
      'a contract',
      () => {
        throw new TypeError(`no customer ${personal}\n    at ${personal}`, { cause: new Error(personal) });
      },
    ],
    [
      'a contract that throws a text',
      () => {
        throw personal;
      },
    ],
  ])('of %s quotes nothing of the input', (_, run) => {
    const described = JSON.stringify(safeFields({ error: thrownBy(run) }));
    expect(described).not.toContain('lena');
    expect(described).toContain('"name":');
  });

  it('of ours says what it says', () => {
    const described = describeError(new EdgeError('the bus refused us', { cause: new Error(personal) }));
    expect(described).toMatchObject({
      name: 'EdgeError',
      message: 'the bus refused us',
      cause: { name: 'Error' },
    });
    expect(described.location[0]).toContain('describe-error.test.ts');
    expect(JSON.stringify(described)).not.toContain(personal);
  });

  it('of an AWS service or of the network says what it says', () => {
    const service = new EventBridgeServiceException({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      $fault: 'client',
      $metadata: {},
    });
    expect(describeError(service)).toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    const reset = Object.assign(new Error('read ECONNRESET'), { syscall: 'read' });
    expect(describeError(reset).message).toBe('read ECONNRESET');
  });

  it('holds no part of its message or name, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (before, after) => {
        const message = `${before}${personal}${after}`;
        const error = Object.assign(new Error(message), { name: message });
        expect(JSON.stringify(safeFields({ error, other: error }))).not.toContain(personal);
      }),
    );
  });
});
