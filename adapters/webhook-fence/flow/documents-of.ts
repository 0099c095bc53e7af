import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { WebhookFencePorts } from '../ports.ts';
import { KeyDocuments } from './key-documents.ts';

export const documentsOf = ({ id }: WebhookFence, ports: WebhookFencePorts): KeyDocuments =>
  new KeyDocuments(ports, id);
