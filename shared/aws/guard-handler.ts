import type { Context } from 'aws-lambda';
import { describeError } from '../core/log/describe-error.ts';
import { EdgeError } from '../core/log/edge-error.ts';
import type { Log } from '../ports.ts';

type Handler<E, A> = (event: E, context: Context) => Promise<A>;

/**
 * Lambda writes an error that leaves a handler into its log as it is, and that may quote the input. So an unexpected error is
 * logged by us and leaves as an error of ours, which names its kind only. Our own errors leave as they are.
 */
export const guardHandler =
  <E, A>(log: Log, handler: Handler<E, A>): Handler<E, A> =>
  async (event, context) => {
    try {
      return await handler(event, context);
    } catch (error) {
      if (error instanceof EdgeError) throw error;
      log.error('function failed', { requestId: context.awsRequestId, error });
      throw new EdgeError(`the function failed with ${describeError(error).name}; its log says where`);
    }
  };
