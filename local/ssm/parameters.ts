import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';

export interface Parameter {
  readonly name: string;
  readonly value: string;
}

const shape = z.object({ Name: z.string(), Value: z.string() });

/** The declared parameters, by name. Nothing changes them while the local cloud runs. */
export const parametersIn = (blueprint: Blueprint): readonly Parameter[] =>
  blueprint
    .ofType('AWS::SSM::Parameter')
    .map(resource => shape.parse(blueprint.properties(resource)))
    .map(({ Name: name, Value: value }) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
