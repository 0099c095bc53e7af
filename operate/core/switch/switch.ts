/** Whether an integration takes its input, as the last plan set it. One that was never set takes it. */
export interface Switch {
  readonly to: SwitchState;
  /** Id of the plan. Ids sort as their plans were made. */
  readonly plan: string;
  /** ARN of who made the plan. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export type SwitchState = 'enabled' | 'disabled';

/** States of an event source mapping. Source: AWS Lambda API, EventSourceMappingConfiguration. */
export type MappingState =
  | 'Creating'
  | 'Enabling'
  | 'Enabled'
  | 'Disabling'
  | 'Disabled'
  | 'Updating'
  | 'Deleting';

export interface Mapping {
  readonly uuid: string;
  readonly state: MappingState;
}

const wantedStates = { enabled: 'Enabled', disabled: 'Disabled' } as const satisfies Record<
  SwitchState,
  MappingState
>;

export const isAt = ({ state }: Mapping, to: SwitchState): boolean => state === wantedStates[to];

/** Lambda refuses to change a mapping that is changing. */
export const canBeSet = ({ state }: Mapping): boolean => state === 'Enabled' || state === 'Disabled';
