import type { Context } from 'aws-lambda';
import { proofAlias } from '../core/identity/resource-names.ts';

/** Whether the auditor of the bus calls: by its own alias, and by no other name. */
export const isProofCall = ({ invokedFunctionArn }: Context): boolean =>
  invokedFunctionArn?.endsWith(`:${proofAlias}`) ?? false;
