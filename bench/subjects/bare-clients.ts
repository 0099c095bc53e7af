import { awsClients } from '#shared/aws/aws-clients.ts';

/** The AWS clients that every lane needs, made as it makes them, and nothing else. */
export const handler = awsClients(process.env);
