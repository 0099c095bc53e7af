import * as z from 'zod';
import type { Work } from './work.ts';

/** Points to a delivery that is archived and answered but not yet published. Holds no payload. */
const message = z.strictObject({
  kind: z.literal('edge.spilled'),
  correlationId: z.string(),
  /** In the raw bucket. */
  key: z.string(),
});

export type SpillPointer = Pick<z.infer<typeof message>, 'correlationId' | 'key'>;

/** @throws when the queue does not accept it: the delivery is then not answered 202. */
export const spillDelivery = ({ ports }: Work, pointer: SpillPointer): Promise<void> =>
  ports.spillQueue.send([{ kind: 'edge.spilled', ...pointer }]);

/** @throws when the text is no such message. The queue then keeps it, and moves it to the dead letters. */
export const parseSpilled = (text: string): SpillPointer => message.parse(JSON.parse(text));
