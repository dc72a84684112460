import { expect, test } from 'vitest'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { claimCustomer } from '../../../domain/parties/ownership/claim-customer.ts'
import { firmName } from '../../support/firm-names.ts'
import { setPoolRules } from '../../support/pool.ts'
import { newTenant } from '../../support/tenant.ts'

/** Zones far on both sides of Greenwich, and one of half an hour; with the midnight (UTC) at which their 3 December begins. */
const zones = [
  ['Pacific/Kiritimati', '2026-12-02T10:00:00.000Z'],
  ['Asia/Kolkata', '2026-12-02T18:30:00.000Z'],
  ['America/Los_Angeles', '2026-12-03T08:00:00.000Z'],
] as const

test.each(zones)('the quota of a day is used up until midnight in %s, whatever day it is in Greenwich', async (timeZone, midnight) => {
  const tenant = await newTenant({ timeZone })
  await setPoolRules(tenant, { quotaPerDay: 2 })
  const [admin, rep] = [await tenant.as(tenant.admin), await tenant.as(await tenant.user('rep'))]
  /** A claim of another customer so many minutes from the midnight. */
  const claimAt = async (minutes: number) => {
    const { id } = await createCustomer(admin, { name: firmName(), ownerId: null })
    const now = new Date(Date.parse(midnight) + minutes * 60_000).toISOString()
    const told = await claimCustomer({ ...rep, now: () => now }, { id }).catch((problem: Error & { code: string }) => problem)
    return 'code' in told ? [told.code, told.message] : 'claimed'
  }

  const before = [await claimAt(-1439), await claimAt(-600), await claimAt(-1)]
  const after = [await claimAt(0), await claimAt(1), await claimAt(1439), await claimAt(1440)]

  expect(localDate(midnight, timeZone)).toBe('2026-12-03')
  const full = (day: string) => ['pool.quota-reached', expect.stringContaining(`from ${day} on`)]
  expect(before).toEqual(['claimed', 'claimed', full('2026-12-03')])
  expect(after).toEqual(['claimed', 'claimed', full(addDays('2026-12-03', 1)), 'claimed'])
})
