import { defaultMailRate, readTenant, type Tenant } from '../../identity/index.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { holdTurns, reserveTurns } from '../../store/pace.ts'
import { atTime } from '../at-time.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { mailMaker } from './compose-mail.ts'

export interface Sender {
  system: SystemContext
  /** Whose rate it is: all that send by it draw from one pace. */
  account: string
  /** Mails that the account may send in a second, as SES says it now. */
  accountRate(): Promise<number>
  sleep(milliseconds: number): Promise<void>
}

/** Turns of one worker, in milliseconds. */
export interface Turns {
  start: number
  apart: number
}

/** What a worker needs for one campaign. */
export interface Sending {
  ctx: Context
  tenant: Tenant
  campaign: Campaign
  compose: ReturnType<typeof mailMaker>
  /** Reserves turns under the rate of the tenant and of the account; when they begin, or undefined when none is near. */
  turns(count: number): Promise<Turns | undefined>
  /** SES asked for less. */
  hold(): Promise<void>
  sleep(milliseconds: number): Promise<void>
  /** The moment by which hours are judged: that of the run of the schedule, or by now. */
  moment(): string
  told: { sent: number; again: number; unknown: number; refusedInARow: number }
}

/** What stays free of a rate, since mails that are sent evenly do not arrive evenly. */
const share = 0.9
export const tenantPace = 'marketing-mail'
const pauseMs = 1000

/** Turns of the tenant first, then of the account: the later of both holds, the slower rate sets the distance. */
function turnsOf(ctx: Context, { system, account: name, accountRate }: Sender, mailRate: number): Sending['turns'] {
  return async (count) => {
    const [tenant, account] = [mailRate * share, (await accountRate()) * share]
    const now = Date.parse(ctx.now())
    if (tenant <= 0 || account <= 0) return undefined
    const own = await reserveTurns(ctx, { name: tenantPace, perSecond: tenant }, count, now)
    const all = own === undefined ? undefined : await reserveTurns(system, { name, perSecond: account }, count, now)
    return own === undefined || all === undefined ? undefined : { start: Math.max(own, all), apart: 1000 / Math.min(tenant, account) }
  }
}

/** What sending a campaign takes; `time` is that of the schedule which started it. */
export async function sendingOf(ctx: Context, sender: Sender, campaign: Campaign, time?: string): Promise<Sending> {
  const tenant = await readTenant(ctx)
  return {
    ...{ ctx, tenant, campaign, compose: mailMaker(ctx, tenant, campaign), sleep: sender.sleep },
    turns: turnsOf(ctx, sender, tenant.mailRate ?? defaultMailRate),
    hold: () => holdTurns(sender.system, sender.account, Date.parse(ctx.now()) + pauseMs),
    moment: atTime(ctx, time).now,
    told: { sent: 0, again: 0, unknown: 0, refusedInARow: 0 },
  }
}
