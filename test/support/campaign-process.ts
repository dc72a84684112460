/** A worker of campaigns in a process of its own, which can be killed: it sends the blocks that it is given, one after the other. */
import { setTimeout as wait } from 'node:timers/promises'
import type { BlockWork } from '../../domain/marketing/campaign/plan-later.ts'
import { type BlockOutcome, sendBlock } from '../../domain/marketing/delivery/send-block.ts'
import { retryStale } from '../../domain/store/commit.ts'
import { mail } from '../../functions/clients/mail.ts'
import { systemActor, systemContext, tenantContext } from '../../functions/runtime.ts'
import { memoryFiles } from './files.ts'

export interface Asked {
  work: BlockWork
  /** How far the time of the experiment is ahead of the clock, in milliseconds. */
  ahead: number
  /** The file of the audience, by its key. */
  audience: [key: string, text: string]
}

async function send({ work, ahead, audience: [key, text] }: Asked): Promise<BlockOutcome> {
  const now = () => new Date(Date.now() + ahead).toISOString()
  const files = memoryFiles()
  files.contents.set(key, Buffer.from(text))
  const ctx = { ...(await tenantContext(work.tenantId, systemActor, undefined, { mail })), files, now }
  const system = { ...systemContext(), now }
  const sleep = async (milliseconds: number) => void (milliseconds > 0 && (await wait(milliseconds)))
  const sender = { system, account: work.tenantId, accountRate: async () => 1_000_000, sleep }
  return retryStale(() => sendBlock(ctx, sender, work))
}

process.on('message', async (asked: Asked) => process.send?.(await send(asked)))
// Whoever runs the experiment may be stopped at any time.
process.on('disconnect', () => process.exit())
