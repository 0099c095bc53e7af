import type { SourceBlock } from './debezium-source-block.ts';
import type { Json, JsonObject } from './lossless-json.ts';

/** What every form of a Debezium record comes down to, before any value is read. */
export interface DebeziumParts {
  /** The operation's letter. */
  readonly op: string;
  readonly block: SourceBlock;
  readonly before: Json;
  readonly after: Json;
  /** MongoDB only: what an update changed, where the whole document is not captured. */
  readonly updateDescription?: Json | undefined;
  readonly beforeFields?: ReadonlyMap<string, JsonObject> | undefined;
  readonly afterFields?: ReadonlyMap<string, JsonObject> | undefined;
  readonly transactionId?: string | undefined;
  /** Connector time in ms since the epoch, where the database's own is missing. */
  readonly connectorMillis?: string | undefined;
}
