import {
  type EventSourceMappingConfiguration,
  type LambdaClient,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { deniedOr, nameOf, permitted } from '#shared/aws/aws-errors.ts';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import { liveAlias, workFunctionName } from '#shared/core/identity/resource-names.ts';
import type { Mapping, MappingState } from '../core/switch/switch.ts';
import type { Mappings } from '../switch-ports.ts';

export const lambdaMappings = (client: LambdaClient, stage: NamedStage): Mappings => ({
  async list(integration) {
    // A mapping of an alias is listed by the alias alone.
    const FunctionName = `${workFunctionName(stage, integration)}:${liveAlias}`;
    const pages = paginateListEventSourceMappings({ client }, { FunctionName });
    const found: Mapping[] = [];
    try {
      for await (const { EventSourceMappings = [] } of pages)
        found.push(...EventSourceMappings.flatMap(mappingOf));
    } catch (error) {
      if (nameOf(error) === 'ResourceNotFoundException') return [];
      throw deniedOr(`listing event source mappings of ${FunctionName}`, error);
    }
    return found;
  },

  async set(UUID, to) {
    const update = new UpdateEventSourceMappingCommand({ UUID, Enabled: to === 'enabled' });
    try {
      await permitted(`setting event source mapping ${UUID}`, client.send(update));
    } catch (error) {
      if (nameOf(error) !== 'ResourceInUseException') throw error;
    }
  },
});

const mappingOf = ({ UUID: uuid, State }: EventSourceMappingConfiguration): readonly Mapping[] =>
  uuid === undefined ? [] : [{ uuid, state: State as MappingState }];
