import * as z from 'zod';
import { jsonOf } from '#shared/core/json-of.ts';
import { type PartnerQuestion, partnerQuestions } from '../../core/partner/partner-questions.ts';
import { invalid, notFound, Problem } from '../../core/problem.ts';
import type { Answer } from '../answer-request.ts';
import { openLink } from './open-link.ts';
import { partnerHandlers } from './partner-handlers.ts';
import type { PartnerWork } from './partner-work.ts';
import { takeUpload } from './take-upload.ts';

/** A call of the page of a partner. */
export interface PartnerCall {
  readonly name: string;
  /** Of the link. */
  readonly token: string;
  readonly body: Uint8Array;
  /** Of an upload: the lane that it is for. */
  readonly integration: string;
}

/** Answers one call, and logs which link asked for what. Neither token nor content is logged. */
export async function answerPartner(
  work: Omit<PartnerWork, 'link'>,
  { name, token, body, integration }: PartnerCall,
): Promise<Answer> {
  const { log } = work.ports;
  const known = isQuestion(name) || name === 'upload' ? name : 'unknown';
  let link: string | undefined;
  try {
    const open = await openLink(work.ports, token);
    link = open.id;
    const done = await perform({ ...work, link: open }, { name, body, integration });
    log.info('partner answered', { link, call: known, status: 200 });
    return { status: 200, body: done };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { status, code } = error.text;
    log.info('partner answered', { link, call: known, status, code });
    return { status, body: error.text };
  }
}

const isQuestion = (name: string): name is PartnerQuestion => Object.hasOwn(partnerQuestions, name);

function perform(
  work: PartnerWork,
  { name, body, integration }: Omit<PartnerCall, 'token'>,
): Promise<object> {
  if (name === 'upload') return takeUpload(work, integration, body);
  if (!isQuestion(name)) throw notFound('there is no such call', 'Load the page again.');
  return ask(work, name, body);
}

function ask<Q extends PartnerQuestion>(work: PartnerWork, name: Q, body: Uint8Array): Promise<object> {
  const read = partnerQuestions[name].safeParse(jsonOf(new TextDecoder().decode(body)));
  if (!read.success) throw invalid(z.prettifyError(read.error), 'Load the page again.');
  return partnerHandlers[name](work, read.data as never);
}
